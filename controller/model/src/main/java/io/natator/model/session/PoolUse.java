package io.natator.model.session;

import java.util.List;
import java.util.SortedMap;
import org.onlab.packet.IpAddress;

/**
 * How far one {@link Share} is used up.
 *
 * @param share id
 * @param translation id
 * @param addresses of the pool
 * @param addressesUsed with at least one session or binding
 * @param ports NAPT: outside ports of the pool, all protocols together; DYNAMIC: 0
 * @param portsUsed of these
 * @param sessions live ones
 * @param created since the switch's start
 * @param refused packets that got no session, by reason ({@code "pool-empty"}, {@code "host-limit"} …), since the start
 * @param lost sessions that ended with something else than their own end or timer (switch restarted, pool shrunk)
 * @param top hosts with most sessions, most first; at most ten
 */
public record PoolUse(
        int share,
        String translation,
        long addresses,
        long addressesUsed,
        long ports,
        long portsUsed,
        long sessions,
        long created,
        SortedMap<String, Long> refused,
        long lost,
        List<Host> top) {

    /** One inside host. */
    public record Host(IpAddress inside, long sessions) {}

    public PoolUse {
        top = List.copyOf(top);
    }
}
