package io.natator.core.offload;

import io.natator.model.compile.Offer;
import io.natator.model.rule.Rule;
import io.natator.model.session.Binding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One binding whose work rules of a device do, are to do, or did. */
final class Lease {
    /** How far it is. */
    enum State {
        /** The software switch is asked to hold it. */
        ASKED,
        /** It is held, and rules were sent. */
        IN_FORCE,
        /** The device was told to remove the rules, or they go by themselves. */
        LEAVING
    }

    final long id;
    final Binding binding;
    final Offer offer;
    /** Datapath of the software switch. */
    final long holder;

    final List<Rule> rules;
    final Instant since;

    State state = State.ASKED;
    /** The first reading of the device that tells what became of what was sent last. */
    long seenFrom;
    /** When the rules were last given their time. */
    Instant renewed;
    /** When its holder was last told of it. */
    Instant told = Instant.MIN;
    /** When packets were last seen to have come. */
    Instant used;

    long rate;
    private long packets;
    private Instant read;

    Lease(long id, Binding binding, Offer offer, long holder, List<Rule> rules, Instant now) {
        this.id = id;
        this.binding = binding;
        this.offer = offer;
        this.holder = holder;
        this.rules = rules;
        since = now;
        renewed = now;
        used = now;
        read = now;
    }

    /** Its rules are to be given their time anew, or for the first time. */
    boolean isDue(Instant now) {
        return state == State.ASKED || !now.isBefore(renewed.plus(Offloads.RENEW));
    }

    /** Takes the counters of its rules. */
    void counted(long now, Instant at) {
        long more = now >= packets ? now - packets : now;
        long millis = Math.max(1, Duration.between(read, at).toMillis());
        rate = more * 60_000 / millis;
        packets = now;
        read = at;
        if (more > 0) {
            used = at;
        }
    }

    /** No packet came for so long that the binding is left to the software switch, where it ends in time. */
    boolean isQuiet(Instant now) {
        Duration half = offer.idle().dividedBy(2);
        Duration most = half.compareTo(Offloads.QUIET) < 0 ? half : Offloads.QUIET;
        return Duration.between(used, now).compareTo(most) >= 0;
    }

    /** False if the binding can no longer be one of what is offered. */
    boolean isOf(Offer other) {
        return other.share() == offer.share()
                && other.translation().equals(offer.translation())
                && other.softwareSwitch().equals(offer.softwareSwitch())
                && other.most() > 0
                && other.inside().contains(binding.inside())
                && other.outside().stream().anyMatch(o -> o.contains(binding.outside()));
    }
}
