package io.natator.softswitch.count;

import java.util.Locale;

/** What the datapath counts, besides what ports, tables, rules, groups and meters count for themselves. */
public enum Count {
    PACKETS,
    CACHE_FRONT_HITS,
    CACHE_HITS,
    CACHE_MISSES,
    CACHE_RESUMED,
    CACHE_EVICTED,
    CACHE_INVALIDATED,
    CACHE_FLUSHED,
    TABLE_MISS,
    DROPPED_BY_RULE,
    RECEIVE_PORT_BLOCKED,
    OUTPUT_NO_PORT,
    OUTPUT_PORT_BLOCKED,
    OUTPUT_TO_IN_PORT,
    METERED,
    METER_REMARKED,
    GROUP_GONE,
    GROUP_NO_LIVE_BUCKET,
    GROUP_LIMIT,
    COPY_MEMORY_FULL,
    NORMAL_RESERVED_ADDRESS,
    NORMAL_SAME_PORT,
    MAC_TABLE_REPLACED,
    PACKETS_IN,
    PACKETS_IN_OVER_LIMIT,
    PACKETS_IN_SUPPRESSED,
    PACKETS_OUT,
    REQUESTS_TURNED_AWAY,
    TRANSLATE_NO_SHARE,
    TRANSLATE_OTHER_FAMILY;

    /** As metrics name it: {@code table_miss}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
