package io.natator.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.lab.net.Namespace;
import io.natator.lab.net.SwitchKind;
import io.natator.lab.topology.Variant;
import io.natator.lab.traffic.Download;
import io.natator.lab.traffic.HttpSite;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.onlab.packet.IpAddress;

/** One host with an old and a new outside address, behind Open vSwitch as a bump in the wire with a software switch beside it. */
@Tag("e2e")
class TransparentAffinityIT {
    @RegisterExtension
    static final Live LIVE = new Live(Variant.TRANSPARENT, SwitchKind.OVS);

    private static String translations(Family family) {
        return """
                name: translations/%s
                inside: "%s"
                outside: "%s"
                devices: [devices/s1]
                announce: {routes: NONE}
                ---
                name: translations/new-%s
                inside: "%s"
                outside: "%s"
                devices: [devices/s1]
                announce: {routes: NONE}
                """.formatted(
                        family.translation,
                        family.insideBlock,
                        family.outsideBlock,
                        family.translation,
                        family.h1,
                        newAddress(family));
    }

    /** Of another group than the inside address: who asks for it by neighbour discovery asks others. */
    private static String newAddress(Family family) {
        return family == Family.IPV4 ? "198.51.100.77" : "2001:db8:100::77";
    }

    @BeforeAll
    static void build() {
        var _ = ServedDevice.start(LIVE);
        LIVE.apply(ServedDevice.bridge(Variant.TRANSPARENT));
        LIVE.network().router().address("s1", "198.51.100.1/24", "2001:db8:100::1/64");
        for (Family family : Family.values()) {
            LIVE.apply(translations(family));
        }
        for (Family family : Family.values()) {
            LIVE.awaitActive(family.translation);
            LIVE.awaitActive("new-" + family.translation);
        }
    }

    private static Namespace client() {
        return LIVE.network().client();
    }

    @ParameterizedTest
    @EnumSource
    void eachAddressIsFoundAndAnswersForItself(Family family) {
        LIVE.network().router().ip("neigh", "flush", "dev", "s1");
        LIVE.network().h1().ip("neigh", "flush", "dev", "eth0");
        List<String> targets = List.of(family.h1Outside, newAddress(family), family.h2Outside);
        for (String target : targets) {
            assertThat(LIVE.ping(client(), target).lost()).as(target).isEmpty();
        }
        for (String target : targets) {
            // TCP takes no answer from elsewhere.
            String host = family == Family.IPV4 ? target : "[" + target + "]";
            String url = "http://" + host + ":" + HttpSite.PORT + "/file/300000";
            assertThat(client().run("curl", "-s", "-m10", "-o/dev/null", "-w%{size_download}", url)
                            .trim())
                    .as(target)
                    .isEqualTo("300000");
        }
        String mac = LIVE.network().h1().mac("eth0");
        assertThat(LIVE.network().router().ip("neigh", "show", "dev", "s1"))
                .contains(family.h1Outside + " lladdr " + mac)
                .contains(newAddress(family) + " lladdr " + mac);
    }

    @ParameterizedTest
    @EnumSource
    void whatTheHostBeginsLeavesByTheLongerPrefix(Family family) {
        LIVE.network().h1().ip("neigh", "flush", "dev", "eth0");
        assertThat(LIVE.ping(LIVE.network().h1(), family.client).lost()).isEmpty();
        assertThat(seenAs(LIVE.network().h1(), family)).isEqualTo(IpAddress.valueOf(newAddress(family)));
        assertThat(seenAs(LIVE.network().h2(), family)).isEqualTo(IpAddress.valueOf(family.h2Outside));
    }

    private static IpAddress seenAs(Namespace host, Family family) {
        return IpAddress.valueOf(Download.seenAs(host, family.client));
    }

    @Test
    void whoMovedIsKnownByBothAddressesAtOnce() {
        Namespace router = LIVE.network().router();
        for (Family family : Family.values()) {
            assertThat(LIVE.ping(client(), family.h1Outside).lost()).isEmpty();
            assertThat(LIVE.ping(client(), newAddress(family)).lost()).isEmpty();
        }
        router.ip(
                "neigh", "replace", Family.IPV4.h1Outside, "lladdr", "02:00:00:00:99:99", "nud", "stale", "dev", "s1");
        router.ip("neigh", "replace", "198.51.100.77", "lladdr", "02:00:00:00:99:99", "nud", "stale", "dev", "s1");
        // What a host says of itself reaches the router under each address (RFC 826, merge).
        LIVE.network().h1().ip("neigh", "flush", "dev", "eth0");
        assertThat(LIVE.ping(LIVE.network().h1(), Family.IPV4.client).lost()).isEmpty();
        assertThat(router.ip("neigh", "show", "dev", "s1")).doesNotContain("02:00:00:00:99:99");
    }
}
