package io.natator.bgp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

class UpdateBuilderTest {
    static EncodedAttributes attributes(String nextHop, String... communities) {
        return EncodedAttributes.of(path(65000, nextHop, communities), Recorded.CONTEXT)
                .orElseThrow();
    }

    private static PathAttributes path(long as, String nextHop, String... communities) {
        return new PathAttributes(
                0,
                List.of(AsSegment.sequence(as)),
                Optional.of(IpAddress.valueOf(nextHop)),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Communities.parse(List.of(communities)).orElseThrow());
    }

    private static UpdateBuilder announce(Family family, PathAttributes path) {
        EncodedAttributes attributes =
                EncodedAttributes.of(path, Recorded.CONTEXT).orElseThrow();
        return UpdateBuilder.announce(family, attributes, Recorded.CONTEXT);
    }

    private static Update decode(byte[] message, UpdateContext context) {
        return (Update) ((Decoded.Ok) Decoder.decode(message, context)).message();
    }

    /** The same route as BIRD sent, octet for octet, but for the attributes that we do not write. */
    @Test
    void writesWhatBirdWrites() {
        PathAttributes path = path(4_200_000_001L, "192.0.2.9");
        UpdateBuilder ipv4 = announce(Family.IPV4_UNICAST, path);
        assertThat(ipv4.add(IpPrefix.valueOf("0.0.0.0/0"))).isTrue();
        assertThat(ipv4.add(IpPrefix.valueOf("198.51.100.0/25"))).isTrue();
        assertThat(hex(ipv4.build())).isEqualTo(hex(Recorded.messages().get(2)));

        PathAttributes path6 = path(4_200_000_001L, "2001:db8:ffff::9", "65001:100");
        UpdateBuilder ipv6 = announce(Family.IPV6_UNICAST, path6);
        assertThat(ipv6.add(IpPrefix.valueOf("2001:db8:1::7/128"))).isTrue();
        assertThat(hex(ipv6.build())).isEqualTo(hex(Recorded.messages().get(6)));

        UpdateBuilder gone = UpdateBuilder.withdraw(Family.IPV6_UNICAST, Recorded.CONTEXT);
        assertThat(gone.add(IpPrefix.valueOf("2001:db8:2::/47"))).isTrue();
        assertThat(gone.add(IpPrefix.valueOf("2001:db8:1::7/128"))).isTrue();
        assertThat(hex(gone.build())).isEqualTo(hex(Recorded.messages().get(9)));
        assertThat(hex(UpdateBuilder.endOfRib(Family.IPV4_UNICAST)))
                .isEqualTo(hex(Recorded.messages().get(4)));
    }

    @Test
    void fillsMessagesToTheBrim() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            Family family = random.nextBoolean() ? Family.IPV4_UNICAST : Family.IPV6_UNICAST;
            boolean announce = random.nextBoolean();
            UpdateContext context = new UpdateContext(true, false, random.nextInt(4) == 0, true);
            boolean ipv4 = family == Family.IPV4_UNICAST && random.nextBoolean(); // else RFC 8950
            String nextHop = ipv4 ? "192.0.2.1" : "2001:db8::1";
            String[] communities = IntStream.range(0, random.nextInt(100))
                    .mapToObj(i -> "65000:" + i)
                    .toArray(String[]::new);
            UpdateBuilder builder = announce
                    ? UpdateBuilder.announce(family, attributes(nextHop, communities), context)
                    : UpdateBuilder.withdraw(family, context);
            List<IpPrefix> added = new ArrayList<>();
            IpPrefix next = prefix(random, family);
            while (builder.add(next)) {
                added.add(next);
                next = prefix(random, family);
            }
            byte[] message = builder.build();
            String where = "seed " + seed + " round " + round;
            assertThat(message.length).as(where).isBetween(context.maxMessage() - 17, context.maxMessage());
            Update update = decode(message, context);
            assertThat(announce ? update.announced() : update.withdrawn())
                    .as(where)
                    .isEqualTo(added);
            assertThat(builder.size()).isEqualTo(added.size());
        }
    }

    private static IpPrefix prefix(Random random, Family family) {
        byte[] octets = new byte[family.addressLength()];
        random.nextBytes(octets);
        return IpPrefix.valueOf(family.version(), octets, random.nextInt(8 * octets.length + 1));
    }

    @Test
    void tellsOldSpeakersLongAsNumbersSeparately() {
        UpdateContext old = new UpdateContext(false, false);
        EncodedAttributes attributes =
                EncodedAttributes.of(path(4_200_000_001L, "192.0.2.1"), old).orElseThrow();
        // ORIGIN, AS_PATH with AS_TRANS, NEXT_HOP, AS4_PATH.
        assertThat(hex(attributes.octets()))
                .isEqualTo("40010100" + "40020402015ba0" + "400304c0000201" + "c011060201fa56ea01");
        UpdateBuilder builder = UpdateBuilder.announce(Family.IPV4_UNICAST, attributes, old);
        builder.add(IpPrefix.valueOf("10.0.0.0/8"));
        assertThat(decode(builder.build(), old).attributes().orElseThrow().asPath())
                .containsExactly(AsSegment.sequence(23456L));
    }

    @Test
    void refusesAttributesThatLeaveNoRoom() {
        String[] tooMany = IntStream.range(0, 600).mapToObj(i -> "65000:" + i).toArray(String[]::new);
        assertThat(EncodedAttributes.of(path(65000, "192.0.2.1", tooMany), Recorded.CONTEXT))
                .isEmpty();
    }

    @Test
    void writesAllAttributesThatAPolicyMaySet() {
        Communities communities =
                Communities.parse(List.of("65000:1", "rt:65000:7", "65000:1:2")).orElseThrow();
        PathAttributes path = new PathAttributes(
                0,
                List.of(AsSegment.sequence(65000L, 65000L)),
                Optional.of(IpAddress.valueOf("192.0.2.1")),
                OptionalLong.of(50),
                OptionalLong.of(200),
                communities);
        UpdateContext internal = new UpdateContext(true, true);
        UpdateBuilder builder = UpdateBuilder.announce(
                Family.IPV4_UNICAST, EncodedAttributes.of(path, internal).orElseThrow(), internal);
        builder.add(IpPrefix.valueOf("10.0.0.0/8"));
        assertThat(decode(builder.build(), internal).attributes()).hasValue(path);
        assertThat(communities.words()).containsExactly("65000:1", "rt:65000:7", "65000:1:2");
    }

    @Test
    void writesPathIdentifiers() {
        UpdateBuilder builder = UpdateBuilder.withdraw(Family.IPV4_UNICAST, Recorded.CONTEXT);
        builder.add(IpPrefix.valueOf("10.0.0.7/32"), 0x01020304);
        assertThat(hex(builder.build())).endsWith("0009" + "01020304" + "200a000007" + "0000");
    }

    @Test
    void readsCommunities() {
        assertThat(Communities.parse(List.of("65000:2", "65000:1", "1:2:4294967295", "65000:1")))
                .hasValue(new Communities(
                        List.of((65000L << 16) | 1, (65000L << 16) | 2),
                        List.of(),
                        List.of(new LargeCommunity(1, 2, 4294967295L))));
        for (String bad : List.of("", "1", "1:65536", "65536:1", "1:2:4294967296", "1:2:3:4", "a:b", "-1:2", "1: 2")) {
            assertThat(Communities.parse(List.of("1:1", bad))).as(bad).isEmpty();
        }
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }
}
