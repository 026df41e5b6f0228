package io.natator.softswitch.steps;

import static io.natator.softswitch.steps.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.session.Share.Direction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code natator switch trace} says of a share; {@link SessionPropertyTest} holds it against what then happens. */
class PreviewTest {
    private final List<String> lines = new ArrayList<>();

    private String preview(Bench bench, Direction direction, byte[] frame) {
        lines.clear();
        return Bench.text(bench.preview(1, direction, frame, lines));
    }

    @Test
    void saysWhatWouldBeMadeAndMakesNothing() {
        Pools pools = Pools.napt();
        pools.pool.firstPort(4000);
        try (Bench bench = new Bench(pools.share())) {
            byte[] frame = udp("10.0.0.5", 1000, "192.0.2.1", 53);
            assertThat(preview(bench, Direction.TO_OUTSIDE, frame.clone()))
                    .isEqualTo("udp 198.51.100.0:4000 > 192.0.2.1:53");
            assertThat(lines).containsExactly("a mapping and a session would be made, as of 198.51.100.0:4000");
            assertThat(bench.translator.live()).isZero();
            assertThat(bench.translator.hosts()).isZero();

            String seen = bench.outText(frame.clone());
            assertThat(preview(bench, Direction.TO_OUTSIDE, frame.clone())).isEqualTo(seen);
            assertThat(lines.getFirst()).startsWith("its session is seen as 198.51.100.");
            byte[] other = udp("10.0.0.5", 1000, "192.0.2.2", 53);
            assertThat(preview(bench, Direction.TO_OUTSIDE, other)).endsWith(" > 192.0.2.2:53");
            assertThat(lines.getFirst()).startsWith("a session would be made by the mapping ");
            assertThat(preview(bench, Direction.TO_INSIDE, udp("192.0.2.9", 1, "198.51.100.0", 1)))
                    .isEqualTo("-");
            assertThat(lines).containsExactly("no-mapping: dropped");
            assertThat(bench.translator.live()).isEqualTo(1);
        }
    }

    @Test
    void followsAPacketToAnotherHost() {
        Pools pools = Pools.napt();
        pools.outside = List.of("198.51.100.1/32");
        pools.forward(17, "198.51.100.1", 53, "10.0.0.6", 5353);
        try (Bench bench = new Bench(pools.share())) {
            assertThat(preview(bench, Direction.TO_INSIDE, udp("10.0.0.5", 1000, "198.51.100.1", 53)))
                    .endsWith(" > 10.0.0.6:5353");
            assertThat(lines).hasSize(4).last().asString().contains("10.0.0.6:5353");
        }
    }
}
