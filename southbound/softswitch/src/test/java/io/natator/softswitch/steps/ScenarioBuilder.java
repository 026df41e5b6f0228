package io.natator.softswitch.steps;

import io.natator.model.session.Share;
import io.natator.softswitch.steps.Scenarios.Arrival;
import io.natator.softswitch.steps.Scenarios.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts a scenario together, and what many have in common. */
final class ScenarioBuilder {
    static final String HOST = "10.0.0.5";
    static final String OTHER = "10.0.0.6";
    static final String SERVER = "192.0.2.1";
    static final String OUTSIDE = "198.51.100.1";
    static final String ROUTER = "203.0.113.1";

    private static final long MILLISECOND = 1_000_000;

    private final List<Share> shares;
    private final List<Arrival> arrivals = new ArrayList<>();
    private final List<byte[]> departures = new ArrayList<>();
    private final Map<String, Long> counters = new TreeMap<>();
    private long after;

    ScenarioBuilder(Pools... pools) {
        shares = Arrays.stream(pools).map(Pools::share).toList();
    }

    /** One outside address, and ports are kept: there is one right answer. */
    static Pools one() {
        Pools pools = Pools.napt();
        pools.outside = List.of(OUTSIDE + "/32");
        pools.pool.preservePort(true);
        return pools;
    }

    /** As {@link #one}, with no ports but these, and not kept. */
    static Pools ports(int first, int last) {
        Pools pools = one();
        pools.pool.preservePort(false).preserveParity(false).firstPort(first).lastPort(last);
        return pools;
    }

    ScenarioBuilder inside(byte[] frame, byte[]... becomes) {
        return arrives(frame, becomes);
    }

    ScenarioBuilder outside(byte[] frame, byte[]... becomes) {
        Arrays.stream(becomes).forEach(ScenarioBuilder::fromOutside);
        return arrives(fromOutside(frame), becomes);
    }

    private ScenarioBuilder arrives(byte[] frame, byte[]... becomes) {
        arrivals.add(new Arrival(after, frame));
        after += MILLISECOND;
        departures.addAll(List.of(becomes));
        return this;
    }

    /** Time goes by. */
    ScenarioBuilder pass(int seconds) {
        after += seconds * Bench.SECOND;
        return this;
    }

    ScenarioBuilder count(String name, long value) {
        counters.put(name, value);
        return this;
    }

    Scenario end() {
        return new Scenario(shares, arrivals, departures, counters);
    }

    /** The MACs the other way round. */
    static byte[] fromOutside(byte[] frame) {
        frame[5] = 1;
        frame[11] = 2;
        return frame;
    }

    /** What a host is told whose packet to {@link #SERVER} is refused. */
    static byte[] refused(String host, byte[] frame, int code) {
        byte[] error = Packets.error(SERVER, host, 3, code, frame);
        error[15] = (byte) 0xC0; // internetwork control
        return fromOutside(Packets.seal(error));
    }
}
