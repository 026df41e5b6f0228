package io.natator.softswitch.count;

import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.frame.Reason;
import java.util.ArrayList;
import java.util.List;

/** The counters of one datapath; only its thread touches them. */
@SuppressWarnings("EnumOrdinal") // an array by place: counted for every packet
public final class Counts {
    private final long[] counts = new long[Count.values().length];
    private final long[] reasons = new long[Reason.COUNT];

    public void add(Count count) {
        counts[count.ordinal()]++;
    }

    public void add(Count count, long by) {
        counts[count.ordinal()] += by;
    }

    /** @param reason one of {@link Reason} */
    public void reason(int reason) {
        reasons[reason]++;
    }

    /** Takes over what was counted elsewhere. */
    public void set(Count count, long to) {
        counts[count.ordinal()] = to;
    }

    public long get(Count count) {
        return counts[count.ordinal()];
    }

    /** All of them under their names. */
    public List<Reply.Counter> describe() {
        List<Reply.Counter> all = new ArrayList<>();
        for (Count count : Count.values()) {
            all.add(new Reply.Counter(count.label(), get(count)));
        }
        for (int i = Reason.FINE + 1; i < Reason.COUNT; i++) {
            all.add(new Reply.Counter(Reason.name(i), reasons[i]));
        }
        return all;
    }
}
