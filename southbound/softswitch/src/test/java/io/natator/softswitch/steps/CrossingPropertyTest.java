package io.natator.softswitch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Embedding;
import io.natator.model.session.Share.Direction;
import io.natator.packet.Bytes;
import io.natator.packet.Checksum;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.PartialChecksum;
import io.natator.softswitch.frame.Place;
import io.natator.softswitch.steps.crossing.Meant;
import io.natator.softswitch.steps.crossing.Meant.Plain;
import io.natator.softswitch.steps.crossing.RandomMeant;
import io.natator.softswitch.steps.crossing.Rfc7915;
import io.natator.softswitch.steps.crossing.World;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpPrefix;

/** Random packets become what {@link Rfc7915} says, octet by octet. */
class CrossingPropertyTest {
    private static final long SEED = Long.getLong("natator.seed", System.nanoTime());
    private static final int SEEDS = Integer.getInteger("natator.seeds", 20);
    private static final int PACKETS = 500;
    private static final int MTU = 9000;

    @Test
    void packetsBecomeWhatTheRfcSays() {
        int passed = 0;
        for (long seed = SEED; seed < SEED + SEEDS; seed++) {
            passed += run(seed);
        }
        assertThat(passed).isGreaterThan(SEEDS * PACKETS / 5);
    }

    private static int run(long seed) {
        Random random = new Random(seed);
        int length = Embedding.LENGTHS.get(random.nextInt(Embedding.LENGTHS.size()));
        String pref64 = length == 96 ? "64:ff9b::/96" : "2001:db9:aaaa:bbbb::/" + length;
        World world = new World(new Embedding(IpPrefix.valueOf(pref64), MTU));
        Pools pools = Pools.siit(World.INSIDE, World.OUTSIDE, pref64);
        pools.embedding = world.embedding();
        RandomMeant packets = new RandomMeant(random, world);
        Rfc7915 out = new Rfc7915(world::toOutside, world::extract, MTU);
        Rfc7915 in = new Rfc7915(world::toInside, world::embed, MTU);
        int passed = 0;
        try (Bench bench = new Bench(pools.share())) {
            for (int i = 0; i < PACKETS; i++) {
                boolean outward = random.nextBoolean();
                Meant sent = packets.any(outward);
                Optional<Meant> expected =
                        hasSourceRoute(sent) ? Optional.empty() : outward ? out.outward(sent) : in.inward(sent);
                String what = "seed " + seed + ", packet " + i + " " + sent + " "
                        + HexFormat.of().formatHex(sent.encode());
                byte[] got = translate(bench, sent, outward, random, what);
                String wanted = expected.map(m -> hex(m.encode(), outward)).orElse("dropped");
                assertThat(got == null ? "dropped" : hex(got, outward)).as(what).isEqualTo(wanted);
                passed += expected.isPresent() ? 1 : 0;
            }
        }
        return passed;
    }

    /** One that is not at its end. */
    private static boolean hasSourceRoute(Meant sent) {
        byte[] options = sent.options();
        return options.length > 2 && (options[0] & 0xFF) > 128 && options[2] <= options[1];
    }

    /** What the receiver gets; null: nothing. */
    private static byte[] translate(Bench bench, Meant sent, boolean outward, Random random, String what) {
        byte[] ip = sent.encode();
        boolean tagged = random.nextInt(4) == 0;
        int link = tagged ? 18 : 14;
        byte[] octets = new byte[link + ip.length + (random.nextInt(4) == 0 ? random.nextInt(20) : 0)];
        octets[0] = 2;
        octets[6] = 2;
        Bytes.put16(octets, 12, 0x8100);
        Bytes.put16(octets, link - 2, outward ? 0x86DD : 0x0800);
        System.arraycopy(ip, 0, octets, link, ip.length);
        boolean offloads = random.nextInt(3) == 0
                && sent.cut() == null
                && sent.upper() instanceof Plain plain
                && (plain.protocol() == 6 || plain.protocol() == 17);
        int transport = link + ip.length - sent.upper().encode(sent.src(), sent.dst()).length;
        if (offloads) {
            int at = transport + (sent.upper().protocol() == 6 ? 16 : 6);
            long pseudo = Meant.pseudo(sent.src(), sent.dst(), sent.upper().protocol(), link + ip.length - transport);
            Bytes.put16(octets, at, ~Checksum.finish(pseudo));
        }
        try (Place place = new Place(octets)) {
            Frame frame = place.frame;
            if (offloads) {
                frame.flags = Frame.NEEDS_CSUM;
                frame.csumStart = transport;
                frame.csumOffset = sent.upper().protocol() == 6 ? 16 : 6;
            }
            int verdict = bench.translator.translate(
                    frame,
                    place.headers,
                    place.key,
                    1,
                    outward ? Direction.TO_OUTSIDE : Direction.TO_INSIDE,
                    bench.now);
            place.check();
            if (verdict != Verdict.PASS) {
                assertThat(verdict).as(what).isIn(Verdict.DROP, Verdict.REPLY);
                return null;
            }
            byte[] got = place.octets();
            assertThat(Bytes.u16(got, link - 2)).isEqualTo(outward ? 0x0800 : 0x86DD);
            assertThat(Arrays.copyOf(got, link - 2)).as(what).isEqualTo(Arrays.copyOf(octets, link - 2));
            PartialChecksum.complete(frame, got);
            int checksum = frame.csumStart + frame.csumOffset;
            if (offloads && frame.csumOffset == 16 && Bytes.u16(got, checksum) == 0xFFFF) {
                Bytes.put16(got, checksum, 0); // Linux makes of TCP's what UDP needs; both are right
            }
            return Arrays.copyOfRange(got, link, got.length);
        }
    }

    /** Identifications that were made here are left out. */
    private static String hex(byte[] packet, boolean ipv4) {
        byte[] octets = packet.clone();
        if (ipv4 && (Bytes.u16(octets, 6) & 0x3FFF) == 0) {
            Bytes.put16(octets, 4, 0);
            Bytes.put16(octets, 10, 0);
            Bytes.put16(octets, 10, Checksum.of(octets, 0, 20));
        }
        return HexFormat.of().formatHex(octets);
    }
}
