package io.natator.bgp.ribout;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * UPDATEs that were made for one neighbour and may do for the next, by their place in a log. All is forgotten when one
 * of them is no longer what would be made; that is rare while some are behind, and when all have read all there is
 * nothing to keep.
 */
final class Chunks {
    /** A million host routes are 5 MB. */
    private static final long MAX_OCTETS = 8L << 20;

    private final ChangeLog log;
    private final IntFunction<Chunk> encoder;
    private final Map<Integer, Chunk> byPlace = new HashMap<>();
    private long octets;
    private int from = Integer.MAX_VALUE;
    private int to;

    Chunks(ChangeLog log, IntFunction<Chunk> encoder) {
        this.log = log;
        this.encoder = encoder;
    }

    /** @param keep others may want it */
    Chunk at(int place, boolean keep) {
        Chunk known = byPlace.get(place);
        if (known != null) {
            return known;
        }
        Chunk made = encoder.apply(place);
        if (keep && octets + made.update().length <= MAX_OCTETS) {
            byPlace.put(place, made);
            octets += made.update().length;
            from = Math.min(from, place);
            to = Math.max(to, made.after());
        }
        return made;
    }

    /** The slot is about to move or to go. */
    void changing(int slot) {
        if (octets > 0 && log.contains(slot)) {
            int index = log.indexOf(slot);
            if (index >= from && index < to) {
                clear();
            }
        }
    }

    void clear() {
        byPlace.clear();
        octets = 0;
        from = Integer.MAX_VALUE;
        to = 0;
    }
}
