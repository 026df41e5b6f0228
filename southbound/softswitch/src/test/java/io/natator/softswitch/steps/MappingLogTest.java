package io.natator.softswitch.steps;

import static io.natator.softswitch.steps.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Pool.Filtering;
import io.natator.softswitch.session.End;
import io.natator.softswitch.session.Limits;
import io.natator.softswitch.session.SessionLog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The log is told of a mapping with its first session, and once more with its last one. */
class MappingLogTest {
    private static final String HOST = "10.0.0.5";

    private final List<String> told = new ArrayList<>();

    private final SessionLog log = new SessionLog() {
        @Override
        public void mapped(
                int share,
                int protocol,
                long insideHigh,
                long inside,
                int insidePort,
                int outside,
                int outsidePort,
                long now) {
            told.add("mapped " + protocol + " " + (inside & 0xFF) + ":" + insidePort + " " + outsidePort);
        }

        @Override
        public void unmapped(
                int share,
                int protocol,
                long insideHigh,
                long inside,
                int insidePort,
                int outside,
                int outsidePort,
                long now,
                End why) {
            told.add("unmapped " + protocol + " " + (inside & 0xFF) + ":" + insidePort + " " + outsidePort + " " + why);
        }
    };

    private Bench bench(Filtering filtering) {
        Pools pools = Pools.napt();
        pools.pool.preservePort(true);
        pools.pool.filtering(filtering);
        return new Bench(new Limits(100, 100, 100, 64, 1 << 20, 10), log, pools.share());
    }

    @Test
    void oneMappingForManySessions() {
        try (Bench bench = bench(Filtering.ADDRESS_DEPENDENT)) {
            for (int i = 1; i < 5; i++) {
                assertThat(bench.out(udp(HOST, 5000, "192.0.2." + i, 53))).isNotNull();
            }
            assertThat(bench.out(udp(HOST, 5002, "192.0.2.1", 53))).isNotNull();
            assertThat(told).containsExactly("mapped 17 5:5000 5000", "mapped 17 5:5002 5002");
            told.clear();
            bench.pass(301);
            assertThat(told).containsExactlyInAnyOrder("unmapped 17 5:5000 5000 IDLE", "unmapped 17 5:5002 5002 IDLE");
        }
    }

    /** RFC 6888, REQ-8: the port is still nobody else's, but nobody uses it. */
    @Test
    void aPortAtRestIsNotMapped() {
        try (Bench bench = bench(Filtering.ENDPOINT_INDEPENDENT)) {
            for (int round = 0; round < 2; round++) {
                assertThat(bench.out(udp(HOST, 5000, "192.0.2.1", 53))).isNotNull();
                assertThat(told).containsExactly("mapped 17 5:5000 5000");
                bench.pass(301);
                assertThat(told).containsExactly("mapped 17 5:5000 5000", "unmapped 17 5:5000 5000 IDLE");
                told.clear();
            }
        }
    }
}
