package io.natator.lab.e2e;

import static io.natator.lab.e2e.Live.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.lab.net.Wait;
import io.natator.lab.topology.Variant;
import io.natator.v1.TranslationStatus;
import io.natator.v1.TranslationStatus.State;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.onlab.packet.IpPrefix;

/** A switch in the role of hardware: exact rewriting, one rule a host, small tables. */
@Tag("e2e")
class HardwareIT {
    @RegisterExtension
    static final Live LIVE = new Live(Variant.NORMAL);

    private static final String DEVICE = """
            name: devices/s1
            datapath_id: "0000000000000001"
            mode: NORMAL
            profile: EXACT
            ports:
              - {port: inside, side: INSIDE}
              - {port: outside, side: OUTSIDE}
            next_hops: ["10.0.0.2", "2001:db8:ffff::2"]
            """;

    @AfterEach
    void forget() {
        for (String translation : List.of("office", "office-v6")) {
            if (LIVE.api().translation(translation).isPresent()) {
                LIVE.deleteAndAwait(translation);
            }
        }
    }

    @Test
    void translatesHostByHost() {
        LIVE.apply(DEVICE);
        LIVE.apply(translation("office", "192.168.2.0/27", "192.168.3.0/27"));
        LIVE.apply(translation("office-v6", "2001:db8:2::/123", "2001:db8:3::/123"));
        LIVE.awaitActive("office");
        LIVE.awaitActive("office-v6");
        List<String> rules = LIVE.lab().dataplane().rules();
        assertThat(rules).noneMatch(rule -> rule.contains("load:") || rule.contains("/24"));
        assertThat(rules.stream().filter(rule -> rule.contains("nw_dst=192.168.3.")))
                .hasSizeGreaterThanOrEqualTo(32);
        LIVE.lab().bird().awaitRoutes(SOON, "192.168.3.0/27", "2001:db8:3::/123");

        for (Family family : Family.values()) {
            assertThat(LIVE.ping(LIVE.network().h1(), family.client).lost()).isEmpty();
            assertThat(LIVE.ping(LIVE.network().client(), family.h2Outside).lost())
                    .isEmpty();
            assertThat(LIVE.ping(LIVE.network().h1(), family.h2Outside).lost()).isEmpty();
        }
    }

    @Test
    void saysWhatDoesNotFitAndAnnouncesOnlyWhatDoes() {
        LIVE.lab().dataplane().limit(1, 24);
        reconnect();
        try {
            LIVE.apply(DEVICE);
            LIVE.apply(translation("office", "192.168.2.0/26", "192.168.3.0/26"));
            LIVE.api().awaitState("office", State.DEGRADED, SOON);
            TranslationStatus status =
                    LIVE.api().translation("office").orElseThrow().getStatuses(0);
            assertThat(status.getReason()).contains("needs a software switch");
            long inTable = LIVE.lab().dataplane().rules().stream()
                    .filter(rule -> rule.contains("table=1,"))
                    .count();
            assertThat(inTable).isPositive().isLessThanOrEqualTo(24);

            Wait.until("some routes", SOON, () -> !LIVE.lab().bird().routes().isEmpty());
            List<IpPrefix> announced =
                    LIVE.lab().bird().routes().stream().map(IpPrefix::valueOf).toList();
            IpPrefix whole = IpPrefix.valueOf("192.168.3.0/26");
            assertThat(announced).isNotEmpty().allMatch(whole::contains).doesNotContain(whole);
            // What is announced is translated: ask h1 and h2 if they are among it.
            for (String host : List.of(Family.IPV4.h1Outside, Family.IPV4.h2Outside)) {
                boolean among = announced.stream().anyMatch(p -> p.contains(IpPrefix.valueOf(host + "/32")));
                int lost = LIVE.ping(LIVE.network().client(), host).lost().size();
                assertThat(lost).as(host + " of " + announced).isEqualTo(among ? 0 : 5);
            }
        } finally {
            LIVE.lab().dataplane().unlimit();
            reconnect();
        }
        LIVE.awaitActive("office");
        LIVE.lab().bird().awaitRoutes(SOON, "192.168.3.0/26");
    }

    private static String translation(String id, String inside, String outside) {
        return """
                name: translations/%s
                inside: "%s"
                outside: "%s"
                devices: [devices/s1]
                announce: {routes: AGGREGATE}
                """.formatted(id, inside, outside);
    }

    /** Table sizes are asked for when a switch connects. */
    private static void reconnect() {
        LIVE.lab().dataplane().connect("tcp:10.255.0.99:6653");
        LIVE.api().awaitDevice("s1", SOON, "lost", d -> !d.getStatus().getConnected());
        LIVE.lab().connectSwitch();
        LIVE.api().awaitDevice("s1", SOON, "connected", d -> d.getStatus().getConnected());
    }
}
