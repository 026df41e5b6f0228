package io.natator.openflow.l3;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.openflow.l3.Unresolved.Waiting;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;

class UnresolvedTest {
    private static final IpAddress HOST = IpAddress.valueOf("192.168.2.20");
    private static final MacAddress MAC = MacAddress.valueOf("02:00:00:00:00:20");
    private static final long SECOND = 1_000_000_000L;

    private final Unresolved unresolved = new Unresolved();

    private static byte[] frame(int n) {
        return new byte[] {(byte) n, 0};
    }

    private static List<Integer> numbers(List<Waiting> waiting) {
        return waiting.stream().map(w -> (int) w.frame()[0]).toList();
    }

    @Test
    void theYoungestFourOfAHostWaitAndGoInOrder() {
        for (int i = 0; i < 6; i++) {
            assertThat(unresolved.hold(HOST, 1, frame(i), i)).isEqualTo(i < Unresolved.PER_HOST ? 0 : 1);
        }
        assertThat(numbers(unresolved.answered(HOST, MAC, 10))).containsExactly(2, 3, 4, 5);
        assertThat(unresolved.answered(HOST, MAC, 10)).isEmpty();
        assertThat(unresolved.expired(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void anAnswerIsRememberedForAMoment() {
        assertThat(unresolved.recent(HOST, 0)).isEmpty();
        unresolved.answered(HOST, MAC, 0);
        assertThat(unresolved.recent(HOST, 5 * SECOND - 1)).contains(MAC);
        assertThat(unresolved.recent(HOST, 5 * SECOND)).isEmpty();
    }

    @Test
    void aHostThatDoesNotAnswerIsGivenUpPacketByPacket() {
        unresolved.hold(HOST, 1, frame(1), 0);
        unresolved.hold(HOST, 2, frame(2), SECOND);
        assertThat(unresolved.expired(3 * SECOND - 1)).isEmpty();
        assertThat(numbers(unresolved.expired(3 * SECOND))).containsExactly(1);
        assertThat(unresolved.expired(4 * SECOND)).extracting(Waiting::inPort).containsExactly(2);
    }

    @Test
    void manyAnswersAreNotKept() {
        for (int i = 0; i <= Unresolved.ANSWERS; i++) {
            unresolved.answered(IpAddress.valueOf(0x0A00_0000 + i), MAC, 0);
        }
        assertThat(unresolved.recent(IpAddress.valueOf(0x0A00_0000), 1)).isEmpty();
        assertThat(unresolved.recent(IpAddress.valueOf(0x0A00_0001), 1)).isPresent();
    }

    @Test
    void octetsAreBoundedWhateverComes() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int held = 0;
        int gone = 0;
        int inside = 0;
        for (int i = 0; i < 20_000; i++) {
            long now = i * (SECOND / 1000);
            IpAddress host = IpAddress.valueOf(0x0A00_0000 + random.nextInt(400));
            int octets = random.nextInt(9000);
            held++;
            int dropped = unresolved.hold(host, 1, new byte[octets], now);
            List<Waiting> left =
                    random.nextInt(10) == 0 ? unresolved.answered(host, MAC, now) : unresolved.expired(now);
            gone += dropped + left.size();
            inside = held - gone;
            assertThat(inside).as("seed %d", seed).isBetween(0, 400 * Unresolved.PER_HOST);
        }
        List<Waiting> rest = unresolved.expired(Long.MAX_VALUE);
        assertThat(rest).as("seed %d", seed).hasSize(inside);
        assertThat(rest.stream().mapToLong(w -> w.frame().length).sum())
                .as("seed %d", seed)
                .isLessThanOrEqualTo(Unresolved.OCTETS);
        assertThat(unresolved.hold(HOST, 1, new byte[Unresolved.OCTETS], 0))
                .as("seed %d", seed)
                .isZero(); // all of the room is back
        assertThat(unresolved.hold(HOST, 1, new byte[1], 0)).isOne();
    }
}
