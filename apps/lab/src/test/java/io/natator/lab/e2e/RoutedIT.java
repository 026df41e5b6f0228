package io.natator.lab.e2e;

import io.natator.lab.net.SwitchKind;
import io.natator.lab.net.Wait;
import io.natator.lab.topology.Variant;
import io.natator.lab.traffic.Pinger;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Routed, on Open vSwitch. */
class RoutedIT extends RoutedTests {
    @RegisterExtension
    static final Live LIVE = new Live(Variant.ROUTED, SwitchKind.OVS);

    @Override
    Live live() {
        return LIVE;
    }

    /** Long before a next hop is asked for again, which is after a minute. */
    @ParameterizedTest
    @EnumSource(Family.class)
    void noticesAHostThatAnnouncesAnotherMac(Family family) {
        assertNothingLost(network().client(), family.h1Outside);
        String before = network().h1().mac("eth0");
        // Until then the controller itself forwards, and no rule hears what the host announces.
        Wait.until(
                "rules that lead to the host",
                () -> LIVE.lab().dataplane().flows().stream()
                        .anyMatch(flow -> flow.contains("_dst=" + family.h1) && flow.contains(before)));
        String _ = network().h1().run("sysctl", "-qw", "net.ipv4.conf.eth0.arp_notify=1");
        String _ = network().h1().run("sysctl", "-qw", "net.ipv6.conf.eth0.ndisc_notify=1");
        network().h1().ip("link", "set", "eth0", "address", "02:00:00:00:aa:10");
        try {
            Wait.until("the rules to lead to the new MAC", () -> reaches(family));
        } finally {
            network().h1().ip("link", "set", "eth0", "address", before);
        }
        Wait.until("the rules to lead to the old MAC", () -> reaches(family));
    }

    private boolean reaches(Family family) {
        return Pinger.ping(network().client(), family.h1Outside, 1).received() == 1;
    }
}
