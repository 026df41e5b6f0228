package io.natator.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChecksumTest {
    /** The example of RFC 1071, section 3: the sum of 00 01 f2 03 f4 f5 f6 f7 is ddf2. */
    @Test
    void exampleOfTheRfc() {
        byte[] b = HexFormat.of().parseHex("0001f203f4f5f6f7");
        assertThat(Checksum.of(b, 0, 8)).isEqualTo(~0xDDF2 & 0xFFFF);
    }

    /** A header captured from the wire, from the text book: checksum b861. */
    @Test
    void ipv4Header() {
        byte[] b = HexFormat.of().parseHex("45000073000040004011b861c0a80001c0a800c7");
        assertThat(Checksum.isRight(Checksum.sum(0, b, 0, b.length))).isTrue();
        Bytes.put16(b, 10, 0);
        assertThat(Checksum.of(b, 0, b.length)).isEqualTo(0xB861);
    }

    /** The example of RFC 1624, section 4: the case that the older equation gets wrong. */
    @Test
    void incrementalUpdateOfTheRfc() {
        assertThat(Checksum.update16(0xDD2F, 0x5555, 0x3285)).isZero();
    }

    @Test
    void incrementalEqualsWhole() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            byte[] b = new byte[2 + random.nextInt(32) * 4];
            random.nextBytes(b);
            b[0] = 1; // never all zeroes, for which there are two right answers
            int at = 2 + (b.length > 2 ? random.nextInt((b.length - 2) / 4) * 4 : -2);
            if (at < 2) {
                continue;
            }
            int before = Checksum.of(b, 0, b.length);
            int old = Bytes.i32(b, at);
            int now = random.nextInt();
            Bytes.put32(b, at, now);
            assertThat(Checksum.update32(before, old, now)).as("seed %d", seed).isEqualTo(Checksum.of(b, 0, b.length));
        }
    }

    @Test
    void oddLengths() {
        assertThat(Checksum.of(new byte[] {1, 2, 3}, 0, 3)).isEqualTo(~(0x0102 + 0x0300) & 0xFFFF);
    }
}
