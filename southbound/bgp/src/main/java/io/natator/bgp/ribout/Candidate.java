package io.natator.bgp.ribout;

import java.util.BitSet;

/** One way to a prefix: an announcement but for whom it serves. */
final class Candidate extends Slot {
    private final Route route;
    private final Path path;
    private final Audience audience;
    private Candidate next;
    /** Announcements that say this; none: it is to be forgotten once nobody holds it. */
    private int copies;
    /** The last complete set that it was seen in, and how often. */
    private int seenIn;

    private int seen;

    Candidate(Route route, Path path, Audience audience) {
        super(route.prefix());
        this.route = route;
        this.path = path;
        this.audience = audience;
    }

    @Override
    Route route() {
        return route;
    }

    Path path() {
        return path;
    }

    Audience audience() {
        return audience;
    }

    Candidate next() {
        return next;
    }

    void next(Candidate other) {
        next = other;
    }

    boolean isAnnounced() {
        return copies > 0;
    }

    boolean isFor(BitSet audiences) {
        return copies > 0 && audiences.get(audience.number());
    }

    /** True if that changes whether it is announced. */
    boolean count(int by) {
        boolean was = copies > 0;
        copies = Math.max(0, copies + by);
        audience.count(route, (copies > 0 ? 1 : 0) - (was ? 1 : 0));
        return was != copies > 0;
    }

    void see(int set) {
        seen = seenIn == set ? seen + 1 : 1;
        seenIn = set;
    }

    /** After all of a complete set were seen: as many copies as there were in it. True if that changes whether it is announced. */
    boolean settle(int set) {
        return count((seenIn == set ? seen : 0) - copies);
    }
}
