package io.natator.softswitch.session;

import java.util.ArrayList;
import java.util.List;

/** The hosts with most sessions of those that were told: ten at most, each once. */
final class Busiest {
    private static final int MOST = 10;

    private final int[] hosts = new int[MOST];
    private final int[] sessions = new int[MOST];
    private int count;
    /** Where the one with fewest sessions is. */
    private int last;

    /** @param inside address; may have been told before, as hosts come back at other places while a table is looked at */
    void tell(int inside, int ofIt) {
        if (count == MOST && ofIt <= sessions[last]) {
            return;
        }
        int at = 0;
        while (at < count && hosts[at] != inside) {
            at++;
        }
        if (at == MOST) {
            at = last;
        }
        count = Math.max(count, at + 1);
        hosts[at] = inside;
        sessions[at] = ofIt;
        for (int i = 0; i < count; i++) {
            last = sessions[i] < sessions[last] ? i : last;
        }
    }

    /** Inside addresses, in no order. */
    List<Integer> hosts() {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(hosts[i]);
        }
        return all;
    }
}
