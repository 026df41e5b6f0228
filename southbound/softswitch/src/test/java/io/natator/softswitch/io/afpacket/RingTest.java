package io.natator.softswitch.io.afpacket;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Headers of frames that the kernel is still writing ({@code struct tpacket3_hdr}). */
class RingTest {
    /** One store of the kernel's. */
    private record Store(long offset, int octets, int value) {
        void to(MemorySegment header) {
            if (octets == 2) {
                header.set(ValueLayout.JAVA_SHORT, offset, (short) value);
            } else {
                header.set(ValueLayout.JAVA_INT, offset, value);
            }
        }
    }

    /** What is there before the frame is: how far to the next header, the VLAN tag, and that there is one. */
    private static final List<Store> EARLY =
            List.of(new Store(0, 4, 1672), new Store(20, 4, 0x50), new Store(32, 4, 100), new Store(36, 2, 0x8100));

    private static final List<Store> LATE = List.of(
            new Store(20, 4, 0x51),
            new Store(12, 4, 1514),
            new Store(16, 4, 1514),
            new Store(24, 2, 156),
            new Store(26, 2, 170));

    @Test
    void aHeaderIsWholeOnlyWithItsLastField() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            List<Store> order = new ArrayList<>(LATE);
            Collections.shuffle(order, random);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment header = arena.allocate(64, 16);
                EARLY.forEach(s -> s.to(header));
                for (Store store : order) {
                    assertThat(Ring.isFilled(header.address()))
                            .as("seed %d, before %s of %s", seed, store, order)
                            .isFalse();
                    store.to(header);
                }
                assertThat(Ring.isFilled(header.address())).isTrue();
            }
        }
    }
}
