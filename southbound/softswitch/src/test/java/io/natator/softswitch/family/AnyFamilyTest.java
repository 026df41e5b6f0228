package io.natator.softswitch.family;

import io.natator.model.intent.Embedding;
import io.natator.softswitch.steps.crossing.RandomMeant;
import io.natator.softswitch.steps.crossing.World;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnyFamilyTest {
    @Test
    void brokenPacketsBreakNothing() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        Random random = new Random(seed);
        RandomMeant packets = new RandomMeant(random, new World(Embedding.DEFAULT));
        for (int i = 0; i < 3000; i++) {
            byte[] octets = packets.any(random.nextBoolean()).encode();
            byte[] part = Arrays.copyOf(octets, random.nextInt(3) == 0 ? random.nextInt(octets.length) : octets.length);
            for (int change = random.nextInt(4); change > 0 && part.length > 0; change--) {
                part[random.nextInt(Math.min(part.length, 120))] = (byte) random.nextInt();
            }
            try {
                AnyFamily.into(part);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ", packet " + i, e);
            }
        }
    }
}
