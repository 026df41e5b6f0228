package io.natator.core;

import io.natator.model.intent.Announce;
import io.natator.model.intent.Translation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.onlab.packet.IpPrefix;

/**
 * Brings what is in force on a device to what is wanted, without taking away what may still be used: ask to
 * be avoided, withdraw, drain, and only then change. What keeps all addresses changes at once.
 */
final class Changeovers {
    private final DeviceState state;

    Changeovers(DeviceState state) {
        this.state = state;
    }

    /**
     * @param mayChange false while routes of an earlier process may still stand in neighbours
     * @return true if rules must be computed anew
     */
    boolean advance(Instant now, boolean mayChange, Outbox outbox) {
        boolean changed = false;
        for (Part part : state.parts.values()) {
            readCounters(part, now, outbox);
            changed |= advance(part, now, mayChange, outbox);
        }
        return changed;
    }

    private void readCounters(Part part, Instant now, Outbox outbox) {
        if (part.drain() != null && part.drain().wantsReading(now, state.limits) && state.link.isConnected()) {
            outbox.add(new Effect.ReadCounters(state.datapathId, part.id()));
        }
    }

    private boolean advance(Part part, Instant now, boolean mayChange, Outbox outbox) {
        Translation from = part.current();
        Translation to = part.wanted();
        if (Objects.equals(from, to)) {
            part.draining(null);
            return false;
        }
        if (from != null && (!mayChange || drains(part, from, to, now, outbox))) {
            return false;
        }
        if (to != null && blocker(part, to).isEmpty()) {
            return put(part, to, outbox);
        }
        if (from != null && (to == null || part.drain() != null)) {
            return put(part, null, outbox);
        }
        return false;
    }

    /** True while rules of {@code from} must stay. Begins to drain if need be. */
    private boolean drains(Part part, Translation from, Translation to, Instant now, Outbox outbox) {
        if (!part.mayHoldRules() || (to != null && Changeover.keepsAll(from, to))) {
            return false;
        }
        if (part.drain() == null) {
            Duration shutdown = isAnnounced(part, from) ? from.announce().gracefulShutdown() : Duration.ZERO;
            part.draining(new Drain(now, shutdown, state.device().drain()));
            state.log(
                    outbox,
                    Effect.Level.INFO,
                    "event=draining translation=%s graceful_shutdown=%ds".formatted(part.id(), shutdown.toSeconds()));
        }
        List<IpPrefix> stay = Changeover.stay(part.announceable(), from, to);
        if (part.drain().withdraws(now)) {
            part.narrow(stay);
            part.left();
        } else {
            part.leave(stay);
        }
        return !part.drain().done(now, state.limits);
    }

    private static boolean isAnnounced(Part part, Translation translation) {
        return !part.announceable().isEmpty() && translation.announce().routes() != Announce.Routes.NONE;
    }

    private boolean put(Part part, Translation translation, Outbox outbox) {
        part.put(translation);
        outbox.add(new Effect.RememberInstalled(state.datapathId, part.id(), Optional.ofNullable(translation)));
        return true;
    }

    /** The part that must go first, because its rules and those of {@code to} cannot stand together. */
    Optional<Part> blocker(Part part, Translation to) {
        return state.parts.values().stream()
                .filter(other -> other != part
                        && other.current() != null
                        && !other.current().equals(other.wanted())
                        && Changeover.collide(other.current(), to))
                .findFirst();
    }
}
