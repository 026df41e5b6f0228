package io.natator.lab.e2e;

import static io.natator.lab.e2e.Live.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.lab.net.Wait;
import io.natator.v1.TranslationStatus;
import io.natator.v1.TranslationStatus.State;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpPrefix;

/** A switch in the role of hardware: exact rewriting, one rule a host, small tables. */
@Tag("e2e")
abstract class HardwareTests {
    abstract Live live();

    private final String DEVICE = """
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
            if (live().api().translation(translation).isPresent()) {
                live().deleteAndAwait(translation);
            }
        }
    }

    @Test
    void translatesHostByHost() {
        live().apply(DEVICE);
        live().apply(translation("office", "192.168.2.0/27", "192.168.3.0/27"));
        live().apply(translation("office-v6", "2001:db8:2::/123", "2001:db8:3::/123"));
        live().awaitActive("office");
        live().awaitActive("office-v6");
        List<String> rules = live().lab().dataplane().rules();
        assertThat(rules).noneMatch(rule -> rule.contains("load:") || rule.contains("/24"));
        assertThat(rules.stream().filter(rule -> rule.contains("nw_dst=192.168.3.")))
                .hasSizeGreaterThanOrEqualTo(32);
        live().lab().bird().awaitRoutes(SOON, "192.168.3.0/27", "2001:db8:3::/123");

        for (Family family : Family.values()) {
            assertThat(live().ping(live().network().h1(), family.client).lost()).isEmpty();
            assertThat(live().ping(live().network().client(), family.h2Outside).lost())
                    .isEmpty();
            assertThat(live().ping(live().network().h1(), family.h2Outside).lost())
                    .isEmpty();
        }
    }

    @Test
    void saysWhatDoesNotFitAndAnnouncesOnlyWhatDoes() {
        live().lab().dataplane().limit(1, 24);
        reconnect();
        try {
            live().apply(DEVICE);
            live().apply(translation("office", "192.168.2.0/26", "192.168.3.0/26"));
            live().api().awaitState("office", State.DEGRADED, SOON);
            TranslationStatus status =
                    live().api().translation("office").orElseThrow().getStatuses(0);
            assertThat(status.getReason()).contains("needs a software switch");
            long inTable = live().lab().dataplane().rules().stream()
                    .filter(rule -> rule.contains("table=1,"))
                    .count();
            assertThat(inTable).isPositive().isLessThanOrEqualTo(24);

            Wait.until("some routes", SOON, () -> !live().lab().bird().routes().isEmpty());
            List<IpPrefix> announced =
                    live().lab().bird().routes().stream().map(IpPrefix::valueOf).toList();
            IpPrefix whole = IpPrefix.valueOf("192.168.3.0/26");
            assertThat(announced).isNotEmpty().allMatch(whole::contains).doesNotContain(whole);
            // What is announced is translated: ask h1 and h2 if they are among it.
            for (String host : List.of(Family.IPV4.h1Outside, Family.IPV4.h2Outside)) {
                boolean among = announced.stream().anyMatch(p -> p.contains(IpPrefix.valueOf(host + "/32")));
                int lost = live().ping(live().network().client(), host).lost().size();
                assertThat(lost).as(host + " of " + announced).isEqualTo(among ? 0 : 5);
            }
        } finally {
            live().lab().dataplane().unlimit();
            reconnect();
        }
        live().awaitActive("office");
        live().lab().bird().awaitRoutes(SOON, "192.168.3.0/26");
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
    private void reconnect() {
        live().lab().dataplane().connect("tcp:10.255.0.99:6653");
        live().api().awaitDevice("s1", SOON, "lost", d -> !d.getStatus().getConnected());
        live().lab().connectSwitch();
        live().api().awaitDevice("s1", SOON, "connected", d -> d.getStatus().getConnected());
    }
}
