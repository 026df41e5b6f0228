package io.natator.core;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;

/**
 * The first announcement tells neighbours that this is all (End-of-RIB, RFC 4724): what they kept from an
 * earlier process and is not announced again is lost. So it waits until those translations are proved again.
 */
final class FirstAnnouncement {
    private final Limits limits;
    private final Set<Awaited> awaited = new HashSet<>();
    private Instant limit = Instant.MAX;
    private boolean over;

    /** A translation that an earlier process had on a device: its routes may still stand. */
    private record Awaited(long datapathId, String translation) {}

    FirstAnnouncement(Limits limits) {
        this.limits = limits;
    }

    /** From now on it waits, for so long at most. */
    void start(Instant now) {
        limit = now.plus(limits.startup());
    }

    /** An earlier process had this translation on a device. */
    void await(long datapathId, String translation) {
        awaited.add(new Awaited(datapathId, translation));
    }

    /** How many it waits for. */
    int awaited() {
        return awaited.size();
    }

    /** True if it waits no more. */
    boolean isOver() {
        return over;
    }

    /** When it waits no longer. */
    Instant deadline() {
        return over ? Instant.MAX : limit;
    }

    /**
     * Looks whether it still has to wait.
     *
     * @param controls by datapath id
     * @return true if that has just ended
     */
    boolean advance(SortedMap<Long, DeviceControl> controls, boolean waitsForRoas, Instant now, Outbox outbox) {
        if (over) {
            return false;
        }
        awaited.removeIf(a -> controls.get(a.datapathId()) == null
                || controls.get(a.datapathId()).isDecided(a.translation()));
        boolean waits = !awaited.isEmpty() || waitsForRoas;
        if (waits && now.isBefore(limit)) {
            return false;
        }
        if (waits) {
            outbox.warn("event=startup-limit undecided=%d after=%ds"
                    .formatted(awaited.size(), limits.startup().toSeconds()));
        }
        over = true;
        controls.values().forEach(DeviceControl::wake);
        return true;
    }
}
