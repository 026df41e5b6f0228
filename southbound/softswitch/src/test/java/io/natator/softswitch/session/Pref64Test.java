package io.natator.softswitch.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Embedding;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** The same as {@link Embedding}, for any prefix and address. */
class Pref64Test {
    @Test
    void embedsAndExtractsAsTheModelDoes() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2000; i++) {
            int length = Embedding.LENGTHS.get(random.nextInt(Embedding.LENGTHS.size()));
            byte[] octets = new byte[16];
            random.nextBytes(octets);
            octets[8] = 0;
            IpPrefix prefix = IpPrefix.valueOf(Ip6Address.valueOf(octets), length);
            Embedding model = new Embedding(prefix, 1500);
            Pref64 ours = new Pref64(prefix);
            int ipv4 = random.nextInt();
            IpAddress embedded = model.embed(Ip4Address.valueOf(ipv4));
            assertThat(Block.address(6, ours.high(ipv4), ours.low(ipv4)))
                    .as("seed %d, %s", seed, prefix)
                    .isEqualTo(embedded);
            assertThat(ours.holds(Block.high(embedded), Block.low(embedded))).isTrue();
            // Whatever stands in the suffix and in the octet of zeroes.
            long suffix = length == 96
                    ? 0
                    : length == 32 ? random.nextLong() : random.nextInt(1 << 16) | random.nextLong(256) << 56;
            int extracted = ours.ipv4(Block.high(embedded), Block.low(embedded) ^ suffix);
            assertThat(extracted).as("seed %d, %s", seed, prefix).isEqualTo(ipv4);
        }
    }
}
