package io.natator.bgp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.bgp.BgpSpeakers;
import io.natator.bgp.Events;
import io.natator.bgp.SpeakerConfig;
import io.natator.bgp.codec.Capability;
import io.natator.bgp.codec.Keepalive;
import io.natator.bgp.codec.Open;
import io.natator.bgp.codec.Samples;
import io.natator.bgp.fsm.Timers;
import io.natator.model.intent.Neighbor;
import io.natator.model.peering.Peering;
import io.natator.model.southbound.NeighborEvent.State;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.onlab.packet.IpAddress;

/** A neighbour that sends damaged messages, cut into pieces, in each state over TCP: the session always comes back. */
@Timeout(60)
class DamagedStreamTest {
    private static final int CONNECTIONS = 300;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final long MILLI = Duration.ofMillis(1).toNanos();
    /** With hardly a pause between attempts. */
    private static final Timers EAGER = new Timers(1_000 * MILLI, 10_000 * MILLI, MILLI, MILLI, MILLI, 60_000 * MILLI);

    private static final List<byte[]> MESSAGES = Samples.messages();

    private static byte[] damaged(Random random) {
        byte[] message = MESSAGES.get(random.nextInt(MESSAGES.size()));
        int at = random.nextInt(message.length);
        return random.nextInt(3) == 0
                ? Samples.cut(message, at)
                : Samples.flipped(message, at, 1 + random.nextInt(255));
    }

    private static void progress(RawNeighbor raw, int state) throws IOException {
        raw.accept();
        if (state > 0) {
            raw.send(new Open(65001, 0, 1, List.of(new Capability.FourOctetAs(65001))));
        }
        if (state > 1) {
            raw.send(new Keepalive());
        }
    }

    @Test
    void comesBackWhateverItWasSent() throws Exception {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        System.out.println("seed " + seed + " (repeat with -Dnatator.seed=" + seed + ")");
        Random random = new Random(seed);
        Events events = new Events();
        SpeakerConfig config = new SpeakerConfig(Optional.empty(), IpAddress.valueOf("10.0.0.1"), EAGER, 7);
        try (BgpSpeakers speakers = BgpSpeakers.start(config, events);
                RawNeighbor raw = new RawNeighbor()) {
            IpAddress loopback = IpAddress.valueOf("127.0.0.1");
            speakers.neighbors(List.of(new Neighbor("raw", loopback, raw.port(), Peering.between(65000, 65001))));
            for (int i = 0; i < CONNECTIONS; i++) {
                progress(raw, i % 3);
                for (int more = random.nextInt(3); more >= 0; more--) {
                    raw.sendIfItListens(damaged(random));
                }
                assertThat(raw.endsWithin(PATIENCE_MILLIS))
                        .as("connection %d", i)
                        .isTrue();
            }
            progress(raw, 2);
            events.awaitState(State.ESTABLISHED);
            assertThat(speakers.counters())
                    .hasEntrySatisfying(
                            "bgp_messages_malformed", count -> assertThat(count).isGreaterThan(CONNECTIONS / 4L));
            assertThat(events.states()).noneMatch(state -> state.reason().contains("internal error"));
        }
    }
}
