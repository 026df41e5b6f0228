package io.natator.core;

import io.natator.core.offload.Traffic;
import io.natator.core.status.PartState;
import io.natator.core.status.PartStatus;
import io.natator.model.compile.Placement;
import io.natator.model.compile.Refusal;
import io.natator.model.intent.Translation;
import io.natator.model.rule.Rule;
import io.natator.model.southbound.SwitchEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.onlab.packet.IpPrefix;

/**
 * One translation on one device: what is wanted, what is installed, what is proved, what may be announced.
 * {@code announceable} is never more than what was proved of the translation that is installed.
 */
final class Part {
    private final String id;
    private Translation wanted;
    private Translation current;
    private Drain drain;
    private boolean mayHoldRules;
    private Placement placement;
    private List<Rule> rules = List.of();
    private long generation;
    private List<IpPrefix> announceable = List.of();
    private List<IpPrefix> leaving = List.of();
    private boolean announceChanged;
    private Instant doubtSince;
    private Instant awaited = Instant.MIN;
    private final Stability stability = new Stability();
    /** When it may be announced, if it is proved and not announced yet; else null. */
    private Instant heldUntil;

    private String heldReason = "";
    private Proof proof;
    private List<SwitchEvent.Failure> refusals = List.of();
    /** What is not tried again; null: nothing. */
    private Refusal refusal;

    private SwitchEvent.Counters counters;
    private long restored;
    private long sessionsLost;
    private long uncountedMoves;
    private int hardwareBindings;
    private Traffic byBindings = Traffic.NONE;
    private PartStatus published;

    Part(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    /** What the user wants here; null: nothing any more. */
    Translation wanted() {
        return wanted;
    }

    void want(Translation translation) {
        wanted = translation;
    }

    /** What the device was told to do; null: nothing. */
    Translation current() {
        return current;
    }

    /** Puts {@code translation} (or null) in force; the next compilation brings its rules. */
    void put(Translation translation) {
        if (!Objects.equals(current, translation)) {
            refusal = null;
        }
        current = translation;
        draining(null);
        announceChanged = true;
        if (translation == null) {
            forgetProof();
            placement = null;
            narrow(List.of());
        }
    }

    /** What an earlier process told the device. */
    void remembered(Translation translation) {
        current = translation;
        mayHoldRules = true;
        stability.trusted();
    }

    /** True if the device may hold rules of this part. */
    boolean mayHoldRules() {
        return mayHoldRules;
    }

    /** Rules of this part were (or were no longer) part of what the device is told to hold. */
    void compiled(Placement newPlacement, List<Rule> newRules, long newGeneration, boolean doubted, Instant now) {
        placement = newPlacement;
        mayHoldRules |= current != null;
        boolean announced = !announceable.isEmpty();
        narrow(stillIn(newPlacement, announceable));
        leaving(stillIn(newPlacement, leaving));
        if (announced && announceable.isEmpty() && drain == null && current != null) {
            stability.withdrawn(now);
        }
        if (doubted || !rules.equals(newRules) || generation == 0) {
            rules = newRules;
            generation = newGeneration;
            refusals = List.of();
            doubt(now);
        }
    }

    private static List<IpPrefix> stillIn(Placement placement, List<IpPrefix> prefixes) {
        return placement == null
                ? List.of()
                : prefixes.stream()
                        .filter(p -> placement.translated().stream().anyMatch(t -> t.contains(p)))
                        .toList();
    }

    Placement placement() {
        return placement;
    }

    /** The generation that brought (or removed) its rules as they are now. */
    long generation() {
        return generation;
    }

    /** What was proved may no longer be true: it is proved again, and stays announced for the device's hold at most. */
    void doubt(Instant now) {
        forgetProof();
        if (doubtSince == null && !(announceable.isEmpty() && leaving.isEmpty())) {
            doubtSince = now;
        }
    }

    /** The same, where somebody is away who may be back until then: before, that it fails says nothing of what others do. */
    void doubtUntil(Instant until, Instant now) {
        awaited = until;
        doubt(now);
    }

    /** True if that it is not proved is because somebody is away who may be back. */
    boolean isAwaited(Instant now) {
        return now.isBefore(awaited);
    }

    /** Others do it now: what is in doubt has another hold to be proved by them. */
    void movedOn(Instant now) {
        doubtSince = doubtSince == null ? null : now;
    }

    private void forgetProof() {
        proof = null;
        hold(null, "");
        stability.doubted();
    }

    /** True if the hold has just passed. */
    boolean expire(Instant now, Duration hold) {
        if (doubtSince == null || now.isBefore(doubtSince.plus(hold))) {
            return false;
        }
        withdraw(now);
        return true;
    }

    /** Nobody wants it, but nothing may be announced any more. */
    void withdraw(Instant now) {
        if (!announceable.isEmpty() && drain == null) {
            stability.withdrawn(now);
        }
        narrow(List.of());
        leaving(List.of());
    }

    /** Only these may stay announced. */
    void narrow(List<IpPrefix> stay) {
        announceChanged |= !announceable.equals(stay);
        announceable = stay;
        if (stay.isEmpty() && leaving.isEmpty()) {
            doubtSince = null;
        }
    }

    /** Only {@code stay} may stay announced for long; what is announced now asks to be avoided. */
    void leave(List<IpPrefix> stay) {
        if (!announceable.equals(stay)) {
            leaving(announceable);
            narrow(stay);
        }
    }

    private void leaving(List<IpPrefix> prefixes) {
        announceChanged |= !leaving.equals(prefixes);
        leaving = prefixes;
    }

    /** What is announced with the request to avoid it. */
    List<IpPrefix> leaving() {
        return leaving;
    }

    /** True if what may be announced, or how, changed since this was asked last. */
    boolean takeAnnounceChanged() {
        boolean changed = announceChanged;
        announceChanged = false;
        return changed;
    }

    List<IpPrefix> announceable() {
        return announceable;
    }

    Proof proof() {
        return proof;
    }

    void proving(Proof newProof) {
        proof = newProof;
    }

    /** All probes came back as expected: it is announced, unless it was withdrawn too often lately. */
    void proved(Instant now, Limits limits) {
        doubtSince = null;
        stability.proved(now);
        Instant due = stability.due(now, current.announce().holdDown(), limits.damping());
        if (announceable.isEmpty() && now.isBefore(due)) {
            hold(due, held(due, stability.withdrawals(now, limits.damping()), limits.damping()));
        } else {
            hold(null, "");
            narrow(placement.translated());
        }
    }

    private void hold(Instant until, String reason) {
        announceChanged |= !reason.equals(heldReason);
        heldUntil = until;
        heldReason = reason;
    }

    private String held(Instant until, int times, Limits.Damping damping) {
        return "not announced before " + until.truncatedTo(ChronoUnit.SECONDS)
                + (times == 0
                        ? ": announce.hold_down is "
                                + current.announce().holdDown().toSeconds() + " s"
                        : ": its routes had to be withdrawn " + (times == 1 ? "once" : times + " times") + " within "
                                + damping.memory().toMinutes() + " minutes");
    }

    /** Why it is proved and yet not announced, in words; empty if it is not held back. */
    String heldReason() {
        return heldReason;
    }

    Drain drain() {
        return drain;
    }

    void draining(Drain newDrain) {
        drain = newDrain;
        if (newDrain == null) {
            leaving(List.of());
        }
    }

    /** The routes that ask to be avoided go. */
    void left() {
        leaving(List.of());
        narrow(announceable);
    }

    List<SwitchEvent.Failure> refusals() {
        return refusals;
    }

    /** Takes which of its rules are refused; true if that is to be compiled for. */
    boolean refused(List<SwitchEvent.Failure> failures, Instant now) {
        boolean before = !refusals.isEmpty();
        refusals = failures;
        if (failures.isEmpty()) {
            refusal = before ? null : refusal; // the same rules were taken after all
            return false;
        }
        forgetProof();
        withdraw(now);
        if (current == null || current.kind().stateful()) {
            return false;
        }
        Refusal known = Refusal.after(refusal(), current, failures);
        boolean more = !known.equals(refusal);
        refusal = known;
        return more;
    }

    /** What the device refused of it, and is not tried again. */
    Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** The device is another: everything may be tried again. */
    void forgetRefusal() {
        refusal = null;
    }

    void counted(SwitchEvent.Counters reading) {
        counters = reading;
    }

    void restored(int count) {
        restored += count;
    }

    /** A share of its pool came to another software switch; so many sessions were last counted where it was. */
    void moved(OptionalLong lost) {
        sessionsLost += lost.orElse(0);
        uncountedMoves += lost.isPresent() ? 0 : 1;
    }

    /** When this part needs attention although nothing is told. */
    Instant deadline(Duration hold) {
        Instant first = Instant.MAX;
        if (doubtSince != null) {
            first = doubtSince.plus(hold);
        }
        if (proof != null && proof.deadline().isBefore(first)) {
            first = proof.deadline();
        }
        if (drain != null && drain.deadline().isBefore(first)) {
            first = drain.deadline();
        }
        if (heldUntil != null && heldUntil.isBefore(first)) {
            first = heldUntil;
        }
        return first;
    }

    /** Of so many bindings, rules of the device do the work. */
    void hardwareBindings(int count) {
        hardwareBindings = count;
    }

    /** Rules of bindings counted so much more. */
    void passedByBindings(Traffic more) {
        byBindings = byBindings.plus(more);
    }

    /** The status to be told; its time is that of the last change of state. */
    PartStatus status(String device, PartState state, String reason, Instant now) {
        Instant since = published == null || published.state() != state ? now : published.since();
        return new PartStatus(
                id,
                device,
                state,
                reason,
                placement == null ? "" : placement.how(),
                placement == null ? 0 : placement.rules(),
                (counters == null ? 0 : counters.packets()) + byBindings.packets(),
                (counters == null ? 0 : counters.bytes()) + byBindings.bytes(),
                restored,
                sessionsLost,
                uncountedMoves,
                hardwareBindings,
                since);
    }

    PartStatus published() {
        return published;
    }

    void published(PartStatus status) {
        published = status;
    }
}
