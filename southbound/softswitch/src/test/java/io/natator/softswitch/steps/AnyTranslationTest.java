package io.natator.softswitch.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Packets between IPv6 and IPv4 of which some octets are otherwise: nothing outside is touched, and headers and key stay right. */
class AnyTranslationTest {
    private static final int FRAMES = Integer.getInteger("natator.seeds", 40) * 10;

    private static List<byte[]> samples() {
        List<byte[]> all = new ArrayList<>(AnyTranslation.errors());
        for (String[] pair : new String[][] {{"2001:db8::1", "0:0:c000:201::"}, {"192.0.2.1", "10.2.0.1"}}) {
            boolean ipv4 = pair[0].contains(".");
            byte[] udp = Packets.udp(pair[0], 3000, pair[1], 53, 64);
            all.add(udp);
            all.addAll(ipv4 ? Packets.fragments(udp, 7, 24) : Packets.fragments6(udp, 7, 24));
            all.add(Packets.tcp(pair[0], 3000, pair[1], 80, Packets.SYN, 2, 4, 5, 6));
            all.add(Packets.icmp(pair[0], pair[1], ipv4 ? 8 : 128, 5));
        }
        return all;
    }

    @Test
    void survivesWhateverIsChanged() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> samples = samples();
        for (int i = 0; i < FRAMES; i++) {
            byte[] frame = samples.get(random.nextInt(samples.size())).clone();
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                frame[12 + random.nextInt(frame.length - 12)] = (byte) random.nextInt(256);
            }
            try {
                AnyTranslation.into(frame);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed %d, frame %d".formatted(seed, i), e);
            }
        }
    }
}
