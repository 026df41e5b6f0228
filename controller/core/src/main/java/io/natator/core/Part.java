package io.natator.core;

import io.natator.core.status.PartState;
import io.natator.core.status.PartStatus;
import io.natator.model.compile.Placement;
import io.natator.model.intent.Translation;
import io.natator.model.rule.Rule;
import io.natator.model.southbound.SwitchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
    private boolean announceChanged;
    private Instant doubtSince;
    private Proof proof;
    private List<SwitchEvent.Failure> refusals = List.of();
    private SwitchEvent.Counters counters;
    private long restored;
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
        current = translation;
        drain = null;
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
    }

    /** True if the device may hold rules of this part. */
    boolean mayHoldRules() {
        return mayHoldRules;
    }

    /** Rules of this part were (or were no longer) part of what the device is told to hold. */
    void compiled(Placement newPlacement, List<Rule> newRules, long newGeneration, boolean doubted, Instant now) {
        placement = newPlacement;
        mayHoldRules |= current != null;
        narrow(
                newPlacement == null
                        ? List.of()
                        : announceable.stream()
                                .filter(p -> newPlacement.translated().stream().anyMatch(t -> t.contains(p)))
                                .toList());
        if (doubted || !rules.equals(newRules) || generation == 0) {
            rules = newRules;
            generation = newGeneration;
            refusals = List.of();
            doubt(now);
        }
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
        if (!announceable.isEmpty() && doubtSince == null) {
            doubtSince = now;
        }
    }

    private void forgetProof() {
        proof = null;
    }

    /** True if the hold has just passed. */
    boolean expire(Instant now, Duration hold) {
        if (doubtSince == null || now.isBefore(doubtSince.plus(hold))) {
            return false;
        }
        withdraw();
        return true;
    }

    void withdraw() {
        narrow(List.of());
    }

    /** Only these may stay announced. */
    void narrow(List<IpPrefix> stay) {
        announceChanged |= !announceable.equals(stay);
        announceable = stay;
        if (stay.isEmpty()) {
            doubtSince = null;
        }
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

    /** All probes came back as expected. */
    void proved() {
        narrow(placement.translated());
        doubtSince = null;
    }

    Drain drain() {
        return drain;
    }

    void draining(Drain newDrain) {
        drain = newDrain;
    }

    List<SwitchEvent.Failure> refusals() {
        return refusals;
    }

    void refused(List<SwitchEvent.Failure> failures) {
        refusals = failures;
        if (!failures.isEmpty()) {
            forgetProof();
            withdraw();
        }
    }

    void counted(SwitchEvent.Counters reading) {
        counters = reading;
    }

    void restored(int count) {
        restored += count;
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
        return first;
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
                counters == null ? 0 : counters.packets(),
                counters == null ? 0 : counters.bytes(),
                restored,
                since);
    }

    PartStatus published() {
        return published;
    }

    void published(PartStatus status) {
        published = status;
    }
}
