package io.natator.core;

import io.natator.core.offload.Ground;
import io.natator.core.offload.Traffic;
import io.natator.core.status.PartState;
import io.natator.model.compile.Compiler;
import io.natator.model.compile.Surroundings;
import io.natator.model.device.Capabilities;
import io.natator.model.intent.Device;
import io.natator.model.intent.Translation;
import io.natator.model.southbound.SwitchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;

/**
 * All that concerns one device. Events only record facts; {@link #settle} then derives what follows from the
 * facts, in one fixed order: holds that have passed, changeovers, questions, rules, proofs, counters.
 */
final class DeviceControl {
    /** Between two looks at what could not be done at once. */
    private static final Duration SOON = Duration.ofMillis(10);

    private final DeviceState state;
    private final Changeovers changeovers;
    private final Rulebook rulebook;
    private final Proofs proofs;
    private final CounterRound counters;
    private final DeviceEvents events;
    private final Announceable announceable;
    private final HeldShares shares;
    private final BindingGround ground;
    private final News news;
    private final Trust trust;
    private boolean newsDue;
    /** Whatever may change what others have to do with this device. */
    private long changes;

    private Instant deadline = Instant.MIN;

    DeviceControl(long datapathId, Compiler compiler, Limits limits, LongSupplier nonces, Instant now) {
        state = new DeviceState(datapathId, limits, now);
        trust = new Trust(state, now);
        changeovers = new Changeovers(state);
        rulebook = new Rulebook(state, compiler);
        proofs = new Proofs(state, compiler, nonces);
        counters = new CounterRound(datapathId, limits);
        ShareUse use = new ShareUse(datapathId, limits);
        events = new DeviceEvents(state, rulebook, proofs, use);
        announceable = new Announceable(state);
        shares = new HeldShares(state, rulebook, use);
        ground = new BindingGround(state, rulebook);
        news = new News(state, rulebook, changeovers);
    }

    // ---- intents ----

    /** Takes the device's configuration, new or changed. */
    void configure(Device device, Outbox outbox) {
        if (state.device() != null && !state.device().id().equals(device.id())) {
            news.renamed(outbox);
        }
        changes++;
        if (!device.equals(state.device())) {
            state.forgetRefusals();
        }
        state.device(device);
        state.nextHops.configure(device, outbox);
        rulebook.doubted();
        wake();
    }

    /** The device is ours no more: parts drain, then its rules go. */
    void retire() {
        state.retire();
        rulebook.stale();
        wake();
    }

    void want(Translation translation) {
        changes++;
        state.parts.computeIfAbsent(translation.id(), Part::new).want(translation);
        wake();
    }

    void unwant(String translation) {
        changes++;
        Part part = state.parts.get(translation);
        if (part != null) {
            part.want(null);
            wake();
        }
    }

    /** Takes what an earlier process knew. */
    void remembered(Collection<Translation> installed, Map<IpAddress, MacAddress> known) {
        installed.forEach(t -> state.parts.computeIfAbsent(t.id(), Part::new).remembered(t));
        state.nextHops.remembered(known);
    }

    /**
     * Takes what the device has to do with others.
     *
     * @return true if that is another than before
     */
    boolean surround(Surroundings surroundings, Instant now) {
        if (!state.surroundings(surroundings)) {
            return false;
        }
        state.parts.values().forEach(p -> p.movedOn(now));
        rulebook.stale();
        wake();
        return true;
    }

    /**
     * A software switch that serves this device came or went: what its sessions do is proved again.
     *
     * @param awaited until when one of them is counted on although it is away; the past if none is
     */
    void serviceDoubted(Instant awaited, Instant now) {
        state.parts.values().stream()
                .filter(p -> p.current() != null && p.current().kind().stateful())
                .forEach(p -> p.doubtUntil(awaited, now));
        wake();
    }

    // ---- facts ----

    void on(SwitchEvent event, Instant now, Outbox outbox) {
        wake();
        changes++;
        trust.on(event, now);
        events.on(event, now, outbox);
    }

    // ---- what follows ----

    /** Makes {@link #settle} due. */
    void wake() {
        deadline = Instant.MIN;
    }

    /**
     * Derives what follows from the facts.
     *
     * @param mayChange false while routes of an earlier process may still stand in neighbours: rules that serve
     *     them are not taken away
     */
    void settle(Instant now, boolean mayChange, Outbox outbox) {
        if (now.isBefore(deadline)) {
            return;
        }
        expire(now, outbox);
        if (changeovers.advance(now, mayChange, outbox)) {
            rulebook.stale();
            changes++;
        }
        if (state.link.isConnected()) {
            // A device that is not there cannot ask: its hosts have not fallen silent.
            if (state.nextHops.advance(now, outbox)) {
                rulebook.staleSoon(false, now);
            }
            rulebook.advance(now, outbox);
            proofs.advance(now, outbox);
            counters.advance(now, state.parts, outbox);
            shares.advance(now, outbox);
        }
        ground.settle();
        newsDue = true;
        deadline = nextDeadline(now);
    }

    private void expire(Instant now, Outbox outbox) {
        for (Part part : state.parts.values()) {
            if (part.expire(now, state.device().hold())) {
                log(outbox, Effect.Level.WARN, "event=withdraw translation=" + part.id() + " reason=\"hold passed\"");
            }
        }
    }

    private Instant nextDeadline(Instant now) {
        Stream<Instant> ofParts =
                state.parts.values().stream().map(p -> p.deadline(state.device().hold()));
        Stream<Instant> ofConnection = state.link.isConnected()
                ? Stream.of(state.nextHops.deadline(), rulebook.deadline(), counters.deadline(), shares.deadline())
                : Stream.empty();
        Instant first =
                Stream.concat(ofParts, ofConnection).min(Instant::compareTo).orElse(Instant.MAX);
        return first.isAfter(now) ? first : now.plus(SOON);
    }

    /** Tells what changed since it was told last. */
    void tell(Instant now, Outbox outbox) {
        if (newsDue) {
            newsDue = false;
            news.tell(now, outbox);
            removeGone(outbox);
        }
    }

    private void removeGone(Outbox outbox) {
        state.parts.values().removeIf(part -> {
            if (!isGone(part)) {
                return false;
            }
            outbox.add(new Effect.PartGone(part.id(), state.device().id()));
            log(outbox, Effect.Level.INFO, "event=gone translation=" + part.id());
            return true;
        });
    }

    /** A device that is away is cleaned when it connects: that needs no part. */
    private boolean isGone(Part part) {
        return part.current() == null
                && part.wanted() == null
                && (!part.mayHoldRules()
                        || !state.link.isConnected()
                        || (!rulebook.isStale() && state.link.synced() >= part.generation()));
    }

    private void log(Outbox outbox, Effect.Level level, String text) {
        state.log(outbox, level, text);
    }

    // ---- questions of the core ----

    Device device() {
        return state.device();
    }

    boolean isRetired() {
        return state.isRetired();
    }

    /** True if a retired device needs us no more. */
    boolean isFinished() {
        return state.isRetired() && state.parts.isEmpty() && (!state.link.isConnected() || rulebook.isSettled());
    }

    Instant deadline() {
        return deadline;
    }

    /** What it lets be announced. */
    Announceable announceable() {
        return announceable;
    }

    /** What it holds for others. */
    HeldShares shares() {
        return shares;
    }

    /** Why proved translations are not announced, by id. */
    void notAnnounced(Map<String, String> reasons) {
        newsDue |= news.notAnnounced(reasons);
    }

    /** True if {@code translation} has come as far as it can for now. */
    boolean isDecided(String translation) {
        Part part = state.parts.get(translation);
        if (part == null || part.wanted() == null || part.current() == null) {
            return true;
        }
        PartState stands = news.verdict(part).state();
        return stands == PartState.ACTIVE || stands == PartState.DEGRADED;
    }

    boolean isConnected() {
        return state.link.isConnected();
    }

    /**
     * A share of one of its pools has come to another software switch.
     *
     * @param lost sessions that were last counted where it was
     */
    void moved(String translation, String from, String to, OptionalLong lost, Outbox outbox) {
        Part part = state.parts.get(translation);
        if (part == null) {
            return;
        }
        part.moved(lost);
        wake();
        log(
                outbox,
                Effect.Level.WARN,
                "event=share-moved translation=%s from=%s to=%s sessions_lost=%s"
                        .formatted(translation, from, to, lost.isPresent() ? lost.getAsLong() : "unknown"));
    }

    /** Grows whenever that changes which others look at. */
    long changes() {
        return changes;
    }

    List<Translation> coming() {
        return state.coming();
    }

    Optional<Capabilities> capabilities() {
        return Optional.ofNullable(state.link.capabilities());
    }

    /** Whether others may count on it. */
    Trust trust() {
        return trust;
    }

    /** What is to be known if rules are to do the work of bindings. */
    Ground ground() {
        return ground.ground();
    }

    /** Bindings whose work rules do, by translation. */
    void hardwareBindings(Map<String, Integer> counts) {
        newsDue |= ground.hardwareBindings(counts);
    }

    /** Takes what rules of bindings counted, by translation. */
    void passedByBindings(Map<String, Traffic> traffic) {
        newsDue |= ground.passedByBindings(traffic);
    }

    /** What a plan starts from. */
    DeviceView view() {
        return new DeviceView(
                state.device(),
                state.link.isConnected(),
                Optional.ofNullable(state.link.capabilities()),
                state.current(),
                rulebook.rules(),
                state.nextHops.resolved(),
                state.refused());
    }
}
