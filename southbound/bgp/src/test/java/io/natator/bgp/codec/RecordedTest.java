package io.natator.bgp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Reads what a real BIRD sent. */
class RecordedTest {
    private static final List<AsSegment> PATH = List.of(AsSegment.sequence(4_200_000_001L));

    /** {@code rt:65001:7}, on the route that has a large community as well. */
    private static final long ROUTE_TARGET = 0x0002_fde9_0000_0007L;

    private final List<Message> messages = new ArrayList<>();

    RecordedTest() {
        for (byte[] octets : Recorded.messages()) {
            messages.add(((Decoded.Ok) Decoder.decode(octets, Recorded.CONTEXT)).message());
        }
    }

    private static Update announced(
            String prefixes, String nextHop, OptionalLong med, List<Long> standard, List<LargeCommunity> large) {
        return new Update(
                List.of(),
                Stream.of(prefixes.split(" ", -1)).map(IpPrefix::valueOf).toList(),
                Optional.of(new PathAttributes(
                        0,
                        PATH,
                        Optional.of(IpAddress.valueOf(nextHop)),
                        med,
                        OptionalLong.empty(),
                        new Communities(standard, large.isEmpty() ? List.of() : List.of(ROUTE_TARGET), large))),
                Optional.empty(),
                "",
                0);
    }

    private static Update withdrawn(String... prefixes) {
        return new Update(
                List.of(prefixes).stream().map(IpPrefix::valueOf).toList(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                "",
                0);
    }

    private static Update endOfRib(Family family) {
        return new Update(List.of(), List.of(), Optional.empty(), Optional.of(family), "", 0);
    }

    @Test
    void readsTheOpen() {
        assertThat(messages.getFirst())
                .isEqualTo(new Open(
                        4_200_000_001L,
                        240,
                        0x0aff0001,
                        List.of(
                                new Capability.MultiProtocol(Family.IPV4_UNICAST),
                                new Capability.MultiProtocol(Family.IPV6_UNICAST),
                                new Capability.RefreshRoutes(),
                                new Capability.GracefulRestart(
                                        false,
                                        false,
                                        120,
                                        List.of(
                                                new Capability.Preserved(Family.IPV4_UNICAST, false),
                                                new Capability.Preserved(Family.IPV6_UNICAST, false))),
                                new Capability.FourOctetAs(4_200_000_001L),
                                new Capability.EnhancedRefresh(),
                                new Capability.LongLivedRestart(List.of()))));
    }

    @Test
    void readsTheUpdates() {
        List<Long> community = List.of((65001L << 16) | 100);
        assertThat(messages.subList(1, 10))
                .containsExactly(
                        new Keepalive(),
                        announced("0.0.0.0/0 198.51.100.0/25", "192.0.2.9", OptionalLong.empty(), List.of(), List.of()),
                        announced(
                                "203.0.113.7/32",
                                "192.0.2.9",
                                OptionalLong.empty(),
                                community,
                                List.of(new LargeCommunity(65001, 1, 2))),
                        endOfRib(Family.IPV4_UNICAST),
                        announced("2001:db8:2::/47", "2001:db8:ffff::9", OptionalLong.empty(), List.of(), List.of()),
                        announced("2001:db8:1::7/128", "2001:db8:ffff::9", OptionalLong.empty(), community, List.of()),
                        endOfRib(Family.IPV6_UNICAST),
                        withdrawn("0.0.0.0/0", "198.51.100.0/25", "203.0.113.7/32"),
                        withdrawn("2001:db8:2::/47", "2001:db8:1::7/128"));
    }

    @Test
    void readsTheRest() {
        assertThat(messages.subList(10, 12)).containsExactly(new RouteRefresh(1, 0, 1), new RouteRefresh(2, 0, 1));
        assertThat(((Notification) messages.get(12)).words())
                .isEqualTo("cease, administrative shutdown: \"moving house\"");
    }
}
