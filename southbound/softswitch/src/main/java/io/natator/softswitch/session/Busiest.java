package io.natator.softswitch.session;

import java.util.ArrayList;
import java.util.List;
import org.onlab.packet.IpAddress;

/** The hosts with most sessions of those that were told: ten at most, each once. */
final class Busiest {
    private static final int MOST = 10;

    private final long[] high = new long[MOST];
    private final long[] low = new long[MOST];
    private final int[] sessions = new int[MOST];
    private int count;
    /** Where the one with fewest sessions is. */
    private int last;

    /**
     * One more.
     *
     * @param insideHigh upper half of its address, 0 of IPv4; it may have been told before, as hosts come back at other places while a
     *     table is looked at
     */
    void tell(long insideHigh, long inside, int ofIt) {
        if (count == MOST && ofIt <= sessions[last]) {
            return;
        }
        int at = 0;
        while (at < count && (low[at] != inside || high[at] != insideHigh)) {
            at++;
        }
        if (at == MOST) {
            at = last;
        }
        count = Math.max(count, at + 1);
        high[at] = insideHigh;
        low[at] = inside;
        sessions[at] = ofIt;
        for (int i = 0; i < count; i++) {
            last = sessions[i] < sessions[last] ? i : last;
        }
    }

    /** Inside addresses, in no order. */
    List<IpAddress> hosts() {
        List<IpAddress> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(Block.address(high[i] == 0 ? 4 : 6, high[i], low[i]));
        }
        return all;
    }
}
