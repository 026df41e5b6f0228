package io.natator.nat;

import java.util.Random;
import java.util.stream.LongStream;

/** Seeds of random tests, printed, so that a failure can be run again with {@code -Dnatator.seed=…}. */
final class Seeds {
    private static final int SCENARIOS = Integer.getInteger("natator.seeds", 60);

    private Seeds() {}

    static LongStream some() {
        long first = Long.getLong("natator.seed", new Random().nextInt(1 << 30));
        System.out.println("seeds from " + first + ", " + SCENARIOS + " of them");
        return LongStream.range(first, first + SCENARIOS);
    }
}
