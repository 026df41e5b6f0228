package io.natator.model.peering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommunityTest {
    /** RFC 4360, section 3 and 4; RFC 5668, section 2. */
    @ParameterizedTest
    @CsvSource({
        "65535:0, 65535:0",
        "0:0, 0:0",
        "065000:1, 65000:1",
        "4294967295:0:4294967295, 4294967295:0:4294967295",
        "rt:65000:100, rt:65000:100",
        "ext:0002fde800000064, rt:65000:100",
        "ro:192.0.2.1:100, ro:192.0.2.1:100",
        "ext:0103c00002010064, ro:192.0.2.1:100",
        "rt:4200000000:7, rt:4200000000:7",
        "ext:0202fa56ea000007, rt:4200000000:7",
        "ext:02020000fde80007, ext:02020000fde80007",
        "ext:4300000000000001, ext:4300000000000001",
        "EXT:00, -",
    })
    void isReadAndWritten(String text, String canonical) {
        Optional<Community> parsed = Community.parse(text);
        assertThat(parsed.map(Object::toString).orElse("-")).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "1",
                "65536:0",
                "0:65536",
                "1:2:3:4",
                "4294967296:1:1",
                "1:1:99999999999",
                "rt:1",
                "rt:65536:65536",
                "rt:1.2.3:4",
                "rt:1.2.3.256:4",
                "rt:1.2.3.4:65536",
                "rt:9999999999:1",
                "ext:1",
                "no-export",
                "1:-1",
                " 1:1"
            })
    void refusesTheRest(String text) {
        assertThat(Community.parse(text)).isEmpty();
    }

    @Test
    void whatIsWrittenIsReadBackAndOrderedByNumber() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        Random random = new Random(seed);
        List<Community> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            long value = random.nextLong();
            // Half of them of the types that have a short form.
            long known = (value & 0xFFFF_FFFF_FFFFL) | (long) random.nextInt(3) << 56 | (2L + random.nextInt(2)) << 48;
            all.add(
                    switch (random.nextInt(4)) {
                        case 0 -> new Community.Standard((int) value);
                        case 1 -> new Community.Extended(value);
                        case 2 -> new Community.Extended(known);
                        default -> new Community.Large((int) value, random.nextInt(), random.nextInt());
                    });
        }
        assertThat(all)
                .as("seed " + seed)
                .allMatch(c -> Community.parse(c.toString()).equals(Optional.of(c)));
        List<Community> sorted = all.stream().sorted().toList();
        for (int i = 1; i < sorted.size(); i++) {
            assertThat(sorted.get(i - 1).compareTo(sorted.get(i)))
                    .as("seed " + seed)
                    .isNotPositive();
        }
        assertThat(Community.Standard.GRACEFUL_SHUTDOWN).hasToString("65535:0");
    }
}
