package io.natator.hostroute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpPrefix;

/** Against a bit for each address of a small net. */
class CoveringSetTest {
    private static final int BITS = 8;

    @Test
    void coversExactlyWithTheFewestBlocksInAnyOrder() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            for (int base : new int[] {32 - BITS, 64 - BITS / 2, 128 - BITS}) {
                boolean ipv4 = base == 32 - BITS;
                check(random, base, ipv4, "seed " + seed + " round " + round + " base " + base);
            }
        }
    }

    private static void check(Random random, int base, boolean ipv4, String where) {
        BitSet addresses = new BitSet(1 << BITS);
        List<Block> blocks = new ArrayList<>();
        int count = random.nextInt(40);
        for (int i = 0; i < count; i++) {
            int bits = random.nextInt(3) == 0 ? random.nextInt(BITS + 1) : BITS;
            int first = random.nextInt(1 << BITS) & -(1 << (BITS - bits));
            addresses.set(first, first + (1 << (BITS - bits)));
            blocks.add(block(base, ipv4, first, bits));
        }
        List<Block> sorted = new ArrayList<>(blocks);
        Collections.sort(sorted);
        List<Block> covering = CoveringSet.of(sorted);
        List<Block> expected = new ArrayList<>();
        minimal(addresses, base, ipv4, 0, 0, expected);
        assertThat(covering).as(where).isEqualTo(expected);
        for (Block block : covering) {
            assertThat(Block.of(block.toPrefix(ipv4))).as(where).isEqualTo(block);
        }
    }

    /** The block that starts with address {@code first} of the 256 and has {@code bits} more bits than the net. */
    private static Block block(int base, boolean ipv4, int first, int bits) {
        Block net = Block.of(IpPrefix.valueOf(ipv4 ? "10.77.1.0/24" : "2001:db8:77:a500::ff00/" + base));
        long high = net.high();
        long low = net.low();
        // Bit BITS-1 of an address is the first beyond the net.
        for (int bit = 0; bit < bits; bit++) {
            if ((first >> (BITS - 1 - bit) & 1) != 0) {
                int at = base + bit;
                high |= at < 64 ? 1L << (63 - at) : 0;
                low |= at < 64 ? 0 : 1L << (127 - at);
            }
        }
        return new Block(high, low, base + bits);
    }

    /** By definition: a block is in the set if all of it is wanted and not all of its parent is. */
    private static void minimal(BitSet wanted, int base, boolean ipv4, int first, int bits, List<Block> into) {
        int size = 1 << (BITS - bits);
        int present = wanted.get(first, first + size).cardinality();
        if (present == size) {
            into.add(block(base, ipv4, first, bits));
        } else if (present > 0) {
            minimal(wanted, base, ipv4, first, bits + 1, into);
            minimal(wanted, base, ipv4, first + size / 2, bits + 1, into);
        }
    }
}
