package io.natator.core;

import io.natator.model.intent.Translation;
import java.util.List;
import java.util.Map;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;

/**
 * Derived state that outlives the process: without it a restart would rewrite rules, or take rules away
 * before their routes are withdrawn.
 *
 * @param installed by datapath id: translations whose rules the device was told to hold, as they then were
 * @param nextHops by datapath id: resolved next hops and on-link hosts
 */
public record Remembered(Map<Long, List<Translation>> installed, Map<Long, Map<IpAddress, MacAddress>> nextHops) {
    /** Nothing is remembered. */
    public static Remembered nothing() {
        return new Remembered(Map.of(), Map.of());
    }
}
