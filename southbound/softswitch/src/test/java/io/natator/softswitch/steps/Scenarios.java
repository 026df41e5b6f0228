package io.natator.softswitch.steps;

import io.natator.model.session.Share;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What is to happen, behaviour by behaviour: packets as they come, as they must go on, and counters. There is one right answer
 * each. {@link PacketFilesTest} has all of it in packet files.
 */
final class Scenarios {
    /** All of them by name. */
    static final Map<String, Supplier<Scenario>> ALL = new TreeMap<>();

    static {
        ALL.putAll(UdpScenarios.ALL);
        ALL.putAll(TcpScenarios.ALL);
        ALL.putAll(IcmpScenarios.ALL);
        ALL.putAll(FragmentScenarios.ALL);
        ALL.putAll(PoolScenarios.ALL);
        ALL.putAll(BadInputScenarios.ALL);
        ALL.putAll(Nat64Scenarios.ALL);
        ALL.putAll(SiitScenarios.ALL);
    }

    private Scenarios() {}

    /**
     * A frame that comes. From inside are those of source MAC 02:00:00:00:00:01, the others come from outside.
     *
     * @param after nanoseconds after the first one
     */
    record Arrival(long after, byte[] frame) {
        boolean isFromInside() {
            return frame[11] == 1;
        }
    }

    /**
     * One behaviour.
     *
     * @param shares rules send what is to an outside address to its share, and the rest to the last share that has the source
     *     inside, or else to the first
     * @param departures frames that must go on, in order
     * @param counters names and values of counters that must not be 0; all others must be
     */
    record Scenario(List<Share> shares, List<Arrival> arrivals, List<byte[]> departures, Map<String, Long> counters) {}
}
