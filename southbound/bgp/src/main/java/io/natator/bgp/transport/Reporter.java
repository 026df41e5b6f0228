package io.natator.bgp.transport;

import io.natator.bgp.codec.Family;
import io.natator.bgp.fsm.Negotiated;
import io.natator.bgp.ribout.RibOut;
import io.natator.model.southbound.NeighborEvent;
import io.natator.model.southbound.NeighborEvent.State;
import io.natator.model.southbound.NeighborEvent.Unsent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the controller, and the log, about one neighbour: states at once, numbers a few times a second. */
final class Reporter {
    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

    private static final long TELL_MILLIS = 100;
    /** Saying why takes a look at all routes. */
    private static final long EXPLAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String neighbor;
    private final Shared shared;
    private final Feed feed;
    private final Hearing hearing;

    private Optional<Negotiated> negotiated = Optional.empty();
    private String lastReason = "";
    private String heldBack = "";
    private List<Unsent.Reason> unsent = List.of();
    private boolean telling;
    private boolean over;
    private long explainedAt;
    private boolean explained;
    private boolean explaining;

    Reporter(String neighbor, Shared shared, Feed feed, Hearing hearing) {
        this.neighbor = neighbor;
        this.shared = shared;
        this.feed = feed;
        this.hearing = hearing;
    }

    void up(Negotiated agreed) {
        negotiated = Optional.of(agreed);
        lastReason = "";
        explained = false;
        LOG.info("neighbor {}: session established, {} {}", neighbor, labels(agreed.families()), agreed.words());
        moved();
    }

    void down() {
        negotiated = Optional.empty();
        heldBack = "";
        explained = false;
        moved();
    }

    /** The neighbour is gone: nothing more is told. */
    void last() {
        over = true;
    }

    void state(State state, String reason) {
        if (reason.isEmpty()) {
            LOG.debug("neighbor {}: {}", neighbor, state);
        } else if (!reason.equals(lastReason)) {
            // A neighbour that stays away is logged once, not with each attempt.
            LOG.warn("neighbor {}: {}: {}", neighbor, state, reason);
            lastReason = reason;
        }
        boolean up = state == State.ESTABLISHED;
        shared.tell(new NeighborEvent.StateChanged(
                neighbor,
                state,
                reason,
                labels(negotiated.filter(n -> up).map(Negotiated::families).orElse(List.of())),
                negotiated.filter(n -> up).map(Negotiated::words).orElse(List.of())));
    }

    /** Some number may have changed. */
    void moved() {
        if (!telling) {
            telling = true;
            shared.loop().schedule(this::tell, TELL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void tell() {
        telling = false;
        if (over) {
            return;
        }
        RibOut out = feed.ribOut();
        shared.tell(new NeighborEvent.Routes(
                neighbor,
                feed.handed(),
                hearing.count(),
                out.heldBack(),
                out.filtered(),
                hearing.reflected(),
                hearing.endOfRib(negotiated.map(Negotiated::families).orElse(List.of())),
                feed.complete()));
        explain(out);
        if (hearing.shown().takeChanged()) {
            shared.tell(new NeighborEvent.Heard(neighbor, hearing.shown().routes()));
        }
    }

    /** Says which routes this session does not carry, and why. */
    private void explain(RibOut out) {
        boolean all = out.heldBack() + out.filtered() == 0;
        long now = System.nanoTime();
        if (!all && explained && now - explainedAt < EXPLAIN_NANOS) {
            if (!explaining) {
                explaining = true;
                shared.loop().schedule(this::explainAgain, EXPLAIN_NANOS, TimeUnit.NANOSECONDS);
            }
            return;
        }
        explained = !all;
        explainedAt = now;
        List<Unsent.Reason> reasons = all ? List.of() : out.unsent();
        if (!reasons.equals(unsent)) {
            unsent = List.copyOf(reasons);
            shared.tell(new Unsent(neighbor, unsent));
        }
        String words = all ? "" : words(out);
        if (negotiated.isPresent() && !words.equals(heldBack)) {
            heldBack = words;
            state(State.ESTABLISHED, words);
        }
    }

    private void explainAgain() {
        explaining = false;
        moved();
    }

    /** The kinds of what is held back, not each route; what a policy filters is as wished. */
    private String words(RibOut out) {
        StringBuilder words = new StringBuilder();
        out.heldBackBy()
                .forEach((kind, count) -> words.append(words.isEmpty() ? "" : "; ")
                        .append(count)
                        .append(" routes are not announced: ")
                        .append(kind));
        return words.toString();
    }

    private static List<String> labels(List<Family> families) {
        return families.stream().map(Family::label).toList();
    }
}
