package io.natator.bgp.ribout;

import java.util.BitSet;
import java.util.Comparator;
import org.onlab.packet.IpPrefix;

/** A prefix that is announced, or was and is still to be withdrawn somewhere. */
final class Route extends Slot {
    /** In the order of {@link #ORDER}, mostly just one; also those that are not announced any more, but held. */
    private Candidate first;
    /** It is in the list of what changed. */
    private boolean touched;

    /** Lowest next hop first, and what is about to go last; the rest only so that there is an order. */
    private static final Comparator<Candidate> ORDER = Comparator.comparing(
                    (Candidate one) -> one.path().draining())
            .thenComparing(one -> one.path().nextHop())
            .thenComparing(one -> one.path().toString())
            .thenComparingInt(one -> one.audience().number());

    Route(IpPrefix prefix) {
        super(prefix);
    }

    @Override
    Route route() {
        return this;
    }

    Candidate first() {
        return first;
    }

    /** The one of several that those of {@code audiences} are told; null if there is none. */
    Candidate best(BitSet audiences) {
        Candidate one = first;
        while (one != null && !one.isFor(audiences)) {
            one = one.next();
        }
        return one;
    }

    Candidate find(Path path, Audience audience) {
        for (Candidate one = first; one != null; one = one.next()) {
            if (one.audience() == audience && one.path().equals(path)) {
                return one;
            }
        }
        return null;
    }

    void insert(Candidate added) {
        Candidate before = null;
        Candidate after = first;
        while (after != null && ORDER.compare(after, added) < 0) {
            before = after;
            after = after.next();
        }
        added.next(after);
        link(before, added);
    }

    void unlink(Candidate removed) {
        Candidate before = null;
        for (Candidate one = first; one != removed; one = one.next()) {
            before = one;
        }
        link(before, removed.next());
    }

    private void link(Candidate before, Candidate after) {
        if (before == null) {
            first = after;
        } else {
            before.next(after);
        }
    }

    /** True the first time since {@link #untouch}. */
    boolean touch() {
        boolean news = !touched;
        touched = true;
        return news;
    }

    void untouch() {
        touched = false;
    }
}
