package io.natator.lab.e2e;

import io.natator.lab.net.SwitchKind;
import io.natator.lab.net.Wait;
import io.natator.lab.topology.Variant;
import io.natator.lab.traffic.Pinger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Routed, on Open vSwitch. */
class RoutedIT extends RoutedTests {
    @RegisterExtension
    static final Live LIVE = new Live(Variant.ROUTED, SwitchKind.OVS);

    @Override
    Live live() {
        return LIVE;
    }

    /** Long before a next hop is asked for again, which is after a minute. */
    @Test
    void noticesAHostThatAnnouncesAnotherMac() {
        assertNothingLost(network().client(), Family.IPV4.h1Outside);
        String before = network().h1().mac("eth0");
        String _ = network().h1().run("sysctl", "-qw", "net.ipv4.conf.eth0.arp_notify=1");
        network().h1().ip("link", "set", "eth0", "address", "02:00:00:00:aa:10");
        try {
            Wait.until("the rules to lead to the new MAC", this::reachesH1);
        } finally {
            network().h1().ip("link", "set", "eth0", "address", before);
        }
        Wait.until("the rules to lead to the old MAC", this::reachesH1);
    }

    private boolean reachesH1() {
        return Pinger.ping(network().client(), Family.IPV4.h1Outside, 1).received() == 1;
    }
}
