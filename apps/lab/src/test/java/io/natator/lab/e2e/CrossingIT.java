package io.natator.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.lab.net.SwitchKind;
import io.natator.lab.topology.Variant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Between IPv6 and IPv4 on Open vSwitch, with a software switch at its SERVICE port. */
class CrossingIT extends CrossingTests {
    @RegisterExtension
    static final Live LIVE = new Live(Variant.ROUTED, SwitchKind.OVS);

    @BeforeAll
    static void build() {
        var _ = ServedDevice.start(LIVE);
        LIVE.lab().describedBy("ipv6-only.yaml");
        start(LIVE);
    }

    @Override
    Live live() {
        return LIVE;
    }

    @Test
    void theSoftwareSwitchDoesIt() {
        assertThat(placement("server")).isEqualTo("devices/ss1: SIIT changes the IP version");
        assertThat(placement("hosts")).isEqualTo("devices/ss1: NAT64 needs sessions");
    }
}
