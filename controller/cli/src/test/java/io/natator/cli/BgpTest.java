package io.natator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.natator.v1.Announcement;
import io.natator.v1.Bfd;
import io.natator.v1.BfdStatus;
import io.natator.v1.ExportPolicy;
import io.natator.v1.Neighbor;
import io.natator.v1.NeighborCapabilities;
import io.natator.v1.NeighborStatus;
import io.natator.v1.NeighborTransport;
import io.natator.v1.PeerGroup;
import io.natator.v1.PrefixRange;
import io.natator.v1.ToldNeighbor;
import io.natator.v1.ToldNeighbor.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** neighbors, routes, and what describe says of neighbours and groups: to the letter. */
class BgpTest extends CommandTest {
    private static Timestamp ago(long seconds) {
        return Timestamp.newBuilder().setSeconds(NOW.getEpochSecond() - seconds).build();
    }

    private static Announcement route(String prefix, Announcement.State state, String reason, ToldNeighbor... told) {
        return Announcement.newBuilder()
                .setName("announcements/" + prefix.replace('/', '-') + "@10.0.0.2")
                .setPrefix(prefix)
                .setNextHop("10.0.0.2")
                .addTranslations("translations/office")
                .setState(state)
                .setReason(reason)
                .addAllTold(List.of(told))
                .setSince(ago(30))
                .build();
    }

    private static ToldNeighbor told(String neighbor, Outcome outcome, String reason) {
        return ToldNeighbor.newBuilder()
                .setNeighbor("neighbors/" + neighbor)
                .setOutcome(outcome)
                .setReason(reason)
                .build();
    }

    @BeforeEach
    void fill() {
        daemon.put(Neighbor.newBuilder()
                .setName("neighbors/upstream")
                .setAddress("203.0.113.1")
                .setPeerGroup("peerGroups/transit")
                .setTransport(NeighborTransport.newBuilder().setTtlSecurityHops(1))
                .setExportPolicy(ExportPolicy.newBuilder()
                        .addAllowedPrefixes(PrefixRange.newBuilder()
                                .setPrefix("192.168.0.0/16")
                                .setGe(16)
                                .setLe(32))
                        .setMed((int) 4_000_000_000L))
                .setBfd(Bfd.newBuilder().setEnabled(true))
                .setStatus(NeighborStatus.newBuilder()
                        .setState(Neighbor.SessionState.ESTABLISHED)
                        .setSince(ago(30))
                        .setBfd(BfdStatus.newBuilder()
                                .setState(BfdStatus.State.UP)
                                .setSince(ago(29)))
                        .setRoutesSent(1234)
                        .setRoutesFiltered(2)
                        .setDoubt("it tells nothing"))
                .build());
        daemon.put(Neighbor.newBuilder()
                .setName("neighbors/backup")
                .setAddress("203.0.113.2")
                .setStatus(NeighborStatus.newBuilder()
                        .setState(Neighbor.SessionState.ACTIVE)
                        .setSince(ago(600))
                        .setLastError("TCP connection refused")
                        .setLastErrorTime(ago(7)))
                .build());
        daemon.put(PeerGroup.newBuilder()
                .setName("peerGroups/transit")
                .setLocalAs(65000)
                .setPeerAs(65001)
                .addDynamicPrefixes("203.0.113.64/26")
                .setMaxDynamic(10)
                .setCapabilities(NeighborCapabilities.newBuilder().setAddPathSend(true))
                .build());
        daemon.put(route(
                "192.168.3.0/24",
                Announcement.State.ANNOUNCED,
                "",
                told("backup", Outcome.NOT_SENT, "no session: ACTIVE"),
                told("upstream", Outcome.SENT, "")));
        daemon.put(route("192.168.3.7/32", Announcement.State.DRAINING, "leaves", told("upstream", Outcome.SENT, "")));
        daemon.put(route("198.51.100.0/25", Announcement.State.REFUSED, "too specific"));
        daemon.put(route(
                "2001:db8::/64",
                Announcement.State.ANNOUNCED,
                "",
                told("upstream", Outcome.PROBABLY_FILTERED, "it tells nothing")));
    }

    @Test
    void neighbors() {
        assertThat(natator("neighbors")).isZero();
        assertThat(out).isEqualTo("""
                        NAME       ADDRESS       STATE         SINCE   BFD   SENT    HELD   FILTERED   HEARD   NOTE
                        backup     203.0.113.2   ACTIVE        10m     -     0       0      0          0       7s ago: TCP connection refused
                        upstream   203.0.113.1   ESTABLISHED   30s     UP    1,234   0      2          0       probably filters: it tells nothing
                        """);
        assertThat(natator("neighbors", "backup", "-o", "json")).isZero();
        assertThat(out).startsWith("{").contains("\"lastError\": \"TCP connection refused\"");
        assertThat(natator("neighbors", "-o", "name")).isZero();
        assertThat(out.lines()).containsExactly("neighbors/backup", "neighbors/upstream");
        assertThat(natator("neighbors", "nobody")).isEqualTo(ExitCode.FAILURE);
        assertThat(natator("get", "neighbors")).isZero();
    }

    @Test
    void routes() {
        assertThat(natator("routes")).isZero();
        assertThat(out).isEqualTo("""
                        PREFIX            NEXT-HOP   STATE       SINCE   NEIGHBORS
                        192.168.3.0/24    10.0.0.2   ANNOUNCED   30s     backup not sent: no session: ACTIVE; upstream sent
                        192.168.3.7/32    10.0.0.2   DRAINING    30s     upstream sent
                        198.51.100.0/25   10.0.0.2   REFUSED     30s     too specific
                        2001:db8::/64     10.0.0.2   ANNOUNCED   30s     upstream sent, and probably filtered there: it tells nothing
                        """);
        assertThat(natator("routes", "--neighbor", "backup")).isZero();
        assertThat(out).isEqualTo("""
                        PREFIX           NEXT-HOP   STATE       SINCE   NEIGHBORS
                        192.168.3.0/24   10.0.0.2   ANNOUNCED   30s     backup not sent: no session: ACTIVE
                        """);
        assertThat(natator("routes", "192.168.3.7/32", "-o", "name")).isZero();
        assertThat(out.lines()).containsExactly("announcements/192.168.3.7-32@10.0.0.2");
        assertThat(natator("routes", "--translation", "nothing")).isZero();
        assertThat(err).isEqualTo("no announcements\n");
        assertThat(natator("routes", "--cost", "--watch")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void cost() {
        assertThat(natator("routes", "--cost")).isZero();
        assertThat(out).isEqualTo("""
                        FAMILY   ADDRESSES                    PREFIXES   ROUTES   SAVED
                        IPv4     256                          2          2        254
                        IPv6     18,446,744,073,709,551,616   1          1        18,446,744,073,709,551,615

                        NEIGHBOR   FIB-ENTRIES
                        backup     0
                        upstream   3
                        """);
        assertThat(natator("routes", "--cost", "-o", "json")).isZero();
        Map<String, Object> cost = new Yaml().load(out);
        assertThat(cost)
                .containsEntry("fibEntries", Map.of("neighbors/backup", 0, "neighbors/upstream", 3))
                .extractingByKey("families")
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("IPv4", Map.of("addresses", "256", "prefixes", 2, "routes", 2, "saved", "254"));
    }

    @Test
    void describesANeighborAndItsGroup() {
        assertThat(natator("describe", "neighbor", "upstream")).isZero();
        assertThat(out)
                .contains("Peer group:       peerGroups/transit\n")
                .contains("Transport:        ttl security hops 1\n")
                .contains("Export policy:    allowed prefixes 192.168.0.0/16 ge 16 le 32\n")
                .contains("                  med 4000000000\n")
                .contains("BFD:            UP\n")
                .contains("Doubt:          it tells nothing\n");
        assertThat(natator("describe", "pg/transit")).isZero();
        assertThat(out).isEqualTo("""
                        Name:             peerGroups/transit
                        Dynamic:          203.0.113.64/26
                        At most:          10 dynamic neighbors
                        Local AS:         65000
                        Peer AS:          65001
                        Capabilities:     add path send yes
                        """);
        assertThat(natator("get", "peergroups")).isZero();
        assertThat(out).contains("transit   65000      65001     203.0.113.64/26");
    }

    @Test
    void statusTellsOfRefusedRoutes() {
        assertThat(natator("status")).isEqualTo(ExitCode.NOT_AS_WISHED);
        assertThat(out)
                .contains("route 198.51.100.0/25 via 10.0.0.2: too specific")
                .contains("neighbor backup: no session (ACTIVE): TCP connection refused");
    }

    @Test
    void appliesGroupsBeforeNeighbours() throws java.io.IOException {
        java.nio.file.Path file = java.nio.file.Files.createTempFile("bgp", ".yaml");
        try {
            java.nio.file.Files.writeString(file, """
                    kind: Neighbor
                    name: leaf
                    address: 203.0.113.9
                    peer_group: tor
                    ---
                    kind: PeerGroup
                    name: tor
                    local_as: 65000
                    peer_as: 65009
                    transport: {passive: true, keep_alive: 10s}
                    """);
            assertThat(natator("apply", "--no-wait", "-f", file.toString())).isZero();
        } finally {
            java.nio.file.Files.delete(file);
        }
        assertThat(out.lines()).containsExactly("peerGroups/tor created", "neighbors/leaf created");
        assertThat(daemon.neighbor("neighbors/leaf").getPeerGroup()).isEqualTo("peerGroups/tor");
    }
}
