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
    private Traffic counted = Traffic.NONE;
    private Instant read;

    Lease(long id, Binding binding, Offer offer, long holder, Instant now) {
        this.id = id;
        this.binding = binding;
        this.offer = offer;
        this.holder = holder;
        rules = offer.rules().of(binding);
        since = now;
        renewed = now;
        used = now;
        read = now;
    }

    /** Its rules are to be given their time anew, or for the first time. */
    boolean isDue(Instant now) {
        return state == State.ASKED || !now.isBefore(renewed.plus(Offloads.RENEW));
    }

    /** Takes the counters of its rules; returns what came since they were read last. */
    Traffic counted(Traffic now, Instant at) {
        Traffic more = now.since(counted);
        long millis = Math.max(1, Duration.between(read, at).toMillis());
        rate = more.packets() * 60_000 / millis;
        counted = now;
        read = at;
        if (more.packets() > 0) {
            used = at;
        }
        return more;
    }

    /**
     * No packet had come for long when it was read, so that the binding is left to the software switch, where it ends in
     * time; or it was not read for long.
     */
    boolean isQuiet(Instant now) {
        Duration half = offer.idle().dividedBy(2);
        Duration most = half.compareTo(Offloads.QUIET) < 0 ? half : Offloads.QUIET;
        return Duration.between(used, read).compareTo(most) >= 0
                || Duration.between(read, now).compareTo(Offloads.QUIET) >= 0;
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
