package io.natator.core;

import io.natator.core.status.DeviceStatus;
import io.natator.core.status.PartState;
import io.natator.core.status.PartStatus;
import io.natator.model.compile.Compilation;
import io.natator.model.compile.Compiler;
import io.natator.model.compile.RoutePlanner.Proved;
import io.natator.model.device.Capabilities;
import io.natator.model.intent.Device;
import io.natator.model.intent.Translation;
import io.natator.model.rule.Rule;
import io.natator.model.rule.RuleSet;
import io.natator.model.southbound.SwitchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.onlab.packet.IpAddress;

/**
 * All that concerns one device. Events only record facts; {@link #settle} then derives what follows from the
 * facts, in one fixed order: holds that have passed, changeovers, rules, proofs, questions, news.
 */
final class DeviceControl {
    private static final int NEXT_HOPS_SHOWN = 100;

    private final long datapathId;
    private final Compiler compiler;
    private final Limits limits;
    private final LongSupplier nonces;
    private final Link link;
    private final NextHops nextHops;
    private final CounterRound counters;
    private final SortedMap<String, Part> parts = new TreeMap<>();
    private final Set<Part> proving = new LinkedHashSet<>();
    private Device device;
    private boolean retired;
    private boolean stale = true;
    private boolean doubted;
    private Instant notBefore = Instant.MIN;
    private RuleSet desired;
    private Compilation compilation;
    private SortedMap<Integer, Integer> tableRules = new TreeMap<>();
    private String problem = "";
    private DeviceStatus published;
    private Map<String, String> notAnnounced = Map.of();
    private boolean newsDue;
    private Instant deadline = Instant.MIN;

    DeviceControl(long datapathId, Compiler compiler, Limits limits, LongSupplier nonces, Instant now) {
        this.datapathId = datapathId;
        this.compiler = compiler;
        this.limits = limits;
        this.nonces = nonces;
        link = new Link(now);
        nextHops = new NextHops(datapathId, limits);
        counters = new CounterRound(datapathId, limits);
    }

    // ---- intents ----

    /** Takes the device's configuration, new or changed. */
    void configure(Device configured, Outbox outbox) {
        if (device != null && !device.id().equals(configured.id())) {
            parts.values().forEach(p -> outbox.add(new Effect.PartGone(p.id(), device.id())));
            parts.values().forEach(p -> p.published(null));
            outbox.add(new Effect.DeviceGone(device.id()));
        }
        device = configured;
        retired = false;
        stale = true;
        doubted = true;
        published = null;
        nextHops.configure(configured, outbox);
    }

    /** The device is ours no more: parts drain, then its rules go. */
    void retire() {
        retired = true;
        stale = true;
        parts.values().forEach(p -> p.want(null));
    }

    void want(Translation translation) {
        parts.computeIfAbsent(translation.id(), Part::new).want(translation);
        wake();
    }

    void unwant(String translation) {
        Part part = parts.get(translation);
        if (part != null) {
            part.want(null);
            wake();
        }
    }

    void remembered(Collection<Translation> installed, Map<IpAddress, org.onlab.packet.MacAddress> known) {
        installed.forEach(t -> parts.computeIfAbsent(t.id(), Part::new).remembered(t));
        nextHops.remembered(known);
    }

    // ---- facts ----

    void on(SwitchEvent event, Instant now, Outbox outbox) {
        wake();
        switch (event) {
            case SwitchEvent.Connected e -> {
                link.connected(e, now);
                doubtAll(now);
                stale = true;
                doubted = true;
                log(outbox, Effect.Level.INFO, "event=device-connected peer=" + e.peer());
            }
            case SwitchEvent.Changed e -> {
                link.changed(e);
                stale = true;
            }
            case SwitchEvent.Disconnected e -> {
                link.disconnected(e, now);
                doubtAll(now);
                log(outbox, Effect.Level.WARN, "event=device-lost reason=\"" + e.reason() + "\"");
            }
            case SwitchEvent.Synced e -> synced(e, now, outbox);
            case SwitchEvent.SyncFailed e -> {
                link.syncFailed(e);
                log(outbox, Effect.Level.WARN, "event=sync-failed reason=\"" + e.reason() + "\"");
            }
            case SwitchEvent.RulesLost e -> {
                link.rulesLost();
                doubtAll(now);
                log(outbox, Effect.Level.WARN, "event=rules-lost rules=" + e.count());
            }
            case SwitchEvent.ProbeReturned e -> returned(e);
            case SwitchEvent.NeighborSeen e -> {
                boolean awaited = nextHops.missing().contains(e.address());
                if (nextHops.seen(e.address(), e.mac(), now, outbox)) {
                    staleByNeighbor(awaited, now);
                }
            }
            case SwitchEvent.NeighborWanted e -> nextHops.wanted(e.address());
            case SwitchEvent.Counters e -> counted(e, now);
        }
    }

    private void synced(SwitchEvent.Synced event, Instant now, Outbox outbox) {
        link.synced(event);
        Map<String, List<SwitchEvent.Failure>> failures =
                event.failures().stream().collect(Collectors.groupingBy(SwitchEvent.Failure::owner));
        if (event.restored() > 0) {
            doubtAll(now);
        }
        for (Part part : parts.values()) {
            part.restored(event.restored());
            if (part.generation() <= event.generation()) {
                part.refused(failures.getOrDefault(part.id(), List.of()));
            }
        }
        log(
                outbox,
                event.added() + event.removed() + event.restored() > 0 ? Effect.Level.INFO : Effect.Level.DEBUG,
                "event=synced generation=%d added=%d kept=%d removed=%d restored=%d refused=%d"
                        .formatted(
                                event.generation(),
                                event.added(),
                                event.kept(),
                                event.removed(),
                                event.restored(),
                                event.failures().size()));
    }

    private void returned(SwitchEvent.ProbeReturned event) {
        for (Part part : proving) {
            if (part.proof() != null && part.proof().returned(event.nonce(), event.packet(), event.problem())) {
                return;
            }
        }
    }

    private void counted(SwitchEvent.Counters event, Instant now) {
        Part part = parts.get(event.owner());
        if (part == null) {
            return;
        }
        part.counted(event);
        if (part.drain() != null) {
            part.drain().counted(now, event.packets());
        }
    }

    private void doubtAll(Instant now) {
        parts.values().forEach(p -> p.doubt(now));
    }

    private void staleByNeighbor(boolean awaited, Instant now) {
        if (!stale && !awaited) {
            notBefore = now.plus(limits.neighborSettle());
        }
        stale = true;
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
        for (Part part : parts.values()) {
            if (part.expire(now, device.hold())) {
                log(outbox, Effect.Level.WARN, "event=withdraw translation=" + part.id() + " reason=\"hold passed\"");
            }
        }
        changeovers(now, mayChange, outbox);
        // A device that is not there cannot ask: its hosts have not fallen silent.
        if (link.isConnected() && nextHops.advance(now, outbox)) {
            staleByNeighbor(false, now);
        }
        if (stale && link.isConnected() && !now.isBefore(notBefore)) {
            compile(now, outbox);
        }
        proofs(now, outbox);
        if (link.isConnected()) {
            counters.advance(now, parts, outbox);
        }
        newsDue = true;
        deadline = nextDeadline(now);
    }

    /** Tells what changed since it was told last. */
    void tell(Instant now, Outbox outbox) {
        if (newsDue) {
            newsDue = false;
            publish(now, outbox);
            removeGone(outbox);
        }
    }

    /** Why proved translations are not announced, by id. */
    void notAnnounced(Map<String, String> reasons) {
        if (!reasons.equals(notAnnounced)) {
            notAnnounced = reasons;
            newsDue = true;
        }
    }

    private void changeovers(Instant now, boolean mayChange, Outbox outbox) {
        for (Part part : parts.values()) {
            if (part.drain() != null && part.drain().wantsReading(now, limits) && link.isConnected()) {
                outbox.add(new Effect.ReadCounters(datapathId, part.id()));
            }
            changeover(part, now, mayChange, outbox);
        }
    }

    private void changeover(Part part, Instant now, boolean mayChange, Outbox outbox) {
        Translation from = part.current();
        Translation to = part.wanted();
        if (Objects.equals(from, to)) {
            part.draining(null);
            return;
        }
        if (from != null) {
            if (!mayChange) {
                return;
            }
            boolean nothingToDrain = !part.mayHoldRules() || (to != null && keepsAll(from, to));
            if (!nothingToDrain && part.drain() == null) {
                part.narrow(Changeover.stay(part.announceable(), from, to));
                part.draining(new Drain(now, device.drain()));
                log(outbox, Effect.Level.INFO, "event=draining translation=" + part.id());
                return;
            }
            if (!nothingToDrain && !part.drain().done(now, limits)) {
                part.narrow(Changeover.stay(part.announceable(), from, to));
                return;
            }
        }
        boolean free = to != null && blocker(part, to).isEmpty();
        if (free) {
            put(part, to, outbox);
        } else if (from != null && (to == null || part.drain() != null)) {
            put(part, null, outbox);
        }
    }

    private static boolean keepsAll(Translation from, Translation to) {
        return Changeover.kept(from, to).filter(from.outside()::equals).isPresent();
    }

    private void put(Part part, Translation translation, Outbox outbox) {
        part.put(translation);
        stale = true;
        outbox.add(new Effect.RememberInstalled(datapathId, part.id(), Optional.ofNullable(translation)));
    }

    /** The installed part that stands in the way of {@code to}. */
    private Optional<Part> blocker(Part part, Translation to) {
        return parts.values().stream()
                .filter(other -> other != part
                        && other.current() != null
                        && !other.current().equals(other.wanted())
                        && Changeover.collide(other.current(), to))
                .findFirst();
    }

    private void compile(Instant now, Outbox outbox) {
        stale = false;
        List<Translation> current = parts.values().stream()
                .map(Part::current)
                .filter(Objects::nonNull)
                .toList();
        try {
            compilation = retired && current.isEmpty()
                    ? new Compilation(List.of(), Map.of(), Set.of(), "")
                    : compiler.compile(device, link.capabilities(), current, nextHops.resolved());
        } catch (RuntimeException e) {
            problem = "internal error while computing rules: " + e;
            log(outbox, Effect.Level.WARN, "event=compile-failed reason=\"" + e + "\"");
            return;
        }
        problem = compilation.problem();
        nextHops.fixed(compilation.wanted());
        List<Rule> rules = rulesOf(compilation, current.isEmpty());
        if (desired == null && rules == null) {
            parts.values().forEach(p -> p.compiled(null, List.of(), 0, false, now));
            return;
        }
        if (desired == null || (rules != null && !rules.equals(desired.rules()))) {
            desired = new RuleSet(desired == null ? 1 : desired.generation() + 1, rules);
            tableRules = new TreeMap<>(
                    rules.stream().collect(Collectors.groupingBy(Rule::table, Collectors.summingInt(r -> 1))));
            outbox.add(new Effect.Desire(datapathId, desired));
            log(
                    outbox,
                    Effect.Level.INFO,
                    "event=desire generation=%d rules=%d".formatted(desired.generation(), rules.size()));
        }
        Map<String, List<Rule>> byOwner = desired.rules().stream().collect(Collectors.groupingBy(Rule::owner));
        for (Part part : parts.values()) {
            part.compiled(
                    part.current() == null ? null : compilation.placements().get(part.id()),
                    byOwner.getOrDefault(part.id(), List.of()),
                    desired.generation(),
                    doubted,
                    now);
        }
        doubted = false;
    }

    /**
     * The rules to desire; null to leave them as they are. While the device has a problem (a port is missing,
     * as while it starts) rules that stand are worth more than some of them.
     */
    private List<Rule> rulesOf(Compilation compiled, boolean nothingToTranslate) {
        if (compiled.problem().isEmpty() || nothingToTranslate) {
            return compiled.rules();
        }
        if (desired == null) {
            return null;
        }
        return desired.rules().stream()
                .filter(r -> r.owner().isEmpty()
                        || (parts.containsKey(r.owner()) && parts.get(r.owner()).current() != null))
                .toList();
    }

    private void proofs(Instant now, Outbox outbox) {
        proving.removeIf(p -> p.proof() == null || p.proof().passed() || !isProvable(p));
        long atOnce = proving.stream().filter(p -> !p.proof().failed(limits)).count();
        for (Part part : parts.values()) {
            if (isProvable(part) && part.proof() == null && atOnce < limits.proofsAtOnce()) {
                begin(part);
                atOnce++;
            }
            if (part.proof() != null && isProvable(part)) {
                advance(part, now, outbox);
            }
        }
    }

    private void begin(Part part) {
        List<Translation> current = parts.values().stream()
                .map(Part::current)
                .filter(Objects::nonNull)
                .toList();
        long seed = part.generation() * 31 + part.id().hashCode();
        part.proving(new Proof(
                datapathId,
                compiler.probes(device, link.capabilities(), current, part.current(), part.placement(), seed)));
        proving.add(part);
    }

    private void advance(Part part, Instant now, Outbox outbox) {
        Proof proof = part.proof();
        proof.advance(now, limits, nonces, outbox);
        if (proof.passed()) {
            part.proved();
        } else if (proof.failed(limits) && !part.announceable().isEmpty()) {
            part.withdraw();
            log(
                    outbox,
                    Effect.Level.WARN,
                    "event=withdraw translation=%s reason=\"%s\"".formatted(part.id(), proof.trouble()));
        }
    }

    private boolean isProvable(Part part) {
        return link.isConnected()
                && part.current() != null
                && part.drain() == null
                && part.placement() != null
                && part.generation() > 0
                && link.synced() >= part.generation()
                && part.refusals().isEmpty()
                && !part.placement().translated().isEmpty()
                && missing(part).isEmpty();
    }

    /** Next hops without which what this part translates goes nowhere. */
    private List<IpAddress> missing(Part part) {
        return part.current() == null
                ? List.of()
                : nextHops.missing(part.current().isIpv4());
    }

    // ---- news ----

    private Verdict verdict(Part part) {
        String blockedBy = part.current() == null && part.wanted() != null
                ? blocker(part, part.wanted()).map(Part::id).orElse("an earlier translation")
                : "";
        Verdict verdict = Verdict.of(part, link, device.hold(), problem, missing(part), blockedBy, limits);
        return verdict.state() == PartState.ACTIVE
                ? new Verdict(PartState.ACTIVE, notAnnounced.getOrDefault(part.id(), ""))
                : verdict;
    }

    private void publish(Instant now, Outbox outbox) {
        for (Part part : parts.values()) {
            Verdict verdict = verdict(part);
            PartStatus before = part.published();
            PartStatus status = part.status(device.id(), verdict.state(), verdict.reason(), now);
            if (status.equals(before)) {
                continue;
            }
            part.published(status);
            outbox.add(new Effect.PublishPart(status));
            if (before == null || before.state() != status.state()) {
                log(
                        outbox,
                        status.state() == PartState.DEGRADED ? Effect.Level.WARN : Effect.Level.INFO,
                        "event=state translation=%s from=%s to=%s reason=\"%s\""
                                .formatted(
                                        part.id(),
                                        before == null ? "NONE" : before.state(),
                                        status.state(),
                                        status.reason()));
            }
        }
        DeviceStatus status = status();
        if (!status.equals(published)) {
            published = status;
            outbox.add(new Effect.PublishDevice(status));
        }
    }

    private DeviceStatus status() {
        return new DeviceStatus(
                device.id(),
                link.isConnected(),
                link.since(),
                link.peer(),
                Optional.ofNullable(link.capabilities()),
                desired != null && !stale && link.holds(desired.generation()),
                tableRules,
                link.added(),
                link.removed(),
                link.restored(),
                nextHops.status(NEXT_HOPS_SHOWN),
                problemText());
    }

    private String problemText() {
        List<String> problems = new ArrayList<>();
        if (!link.isConnected()) {
            problems.add(link.lost().isEmpty() ? "not connected yet" : "connection lost: " + link.lost());
        }
        if (!problem.isEmpty()) {
            problems.add(problem);
        }
        if (!link.trouble().isEmpty()) {
            problems.add("rules could not be checked: " + link.trouble());
        }
        nextHops.missing().forEach(a -> problems.add("next hop " + a + " does not answer"));
        nextHops.silent().forEach(a -> problems.add("next hop " + a + " has fallen silent"));
        if (nextHops.refused() > 0) {
            problems.add("more on-link hosts than the " + limits.nextHopsMax() + " that can be known");
        }
        return String.join("; ", problems);
    }

    private void removeGone(Outbox outbox) {
        parts.values().removeIf(part -> {
            boolean gone = part.current() == null
                    && part.wanted() == null
                    && (!part.mayHoldRules() || !link.isConnected() || (!stale && link.synced() >= part.generation()));
            if (gone) {
                outbox.add(new Effect.PartGone(part.id(), device.id()));
                log(outbox, Effect.Level.INFO, "event=gone translation=" + part.id());
            }
            return gone;
        });
    }

    private Instant nextDeadline(Instant now) {
        Instant first = link.isConnected() ? nextHops.deadline() : Instant.MAX;
        for (Part part : parts.values()) {
            Instant next = part.deadline(device.hold());
            first = next.isBefore(first) ? next : first;
        }
        if (link.isConnected()) {
            first = counters.deadline().isBefore(first) ? counters.deadline() : first;
        }
        if (stale && link.isConnected() && notBefore.isBefore(first)) {
            first = notBefore;
        }
        return first.isAfter(now) ? first : now.plus(Duration.ofMillis(10));
    }

    private void log(Outbox outbox, Effect.Level level, String text) {
        outbox.add(new Effect.Log(level, text + " device=" + device.id()));
    }

    // ---- questions of the core ----

    Device device() {
        return device;
    }

    boolean isRetired() {
        return retired;
    }

    /** True if a retired device needs us no more. */
    boolean isFinished() {
        return retired
                && parts.isEmpty()
                && (!link.isConnected() || (!stale && desired != null && link.synced() >= desired.generation()));
    }

    Instant deadline() {
        return deadline;
    }

    /** True if what this device lets be announced changed since this was asked last. */
    boolean takeAnnounceChanged() {
        boolean changed = false;
        for (Part part : parts.values()) {
            changed |= part.takeAnnounceChanged();
        }
        return changed;
    }

    List<Proved> proved() {
        return parts.values().stream()
                .filter(p -> p.current() != null && !p.announceable().isEmpty())
                .map(p -> new Proved(p.current(), device, p.announceable()))
                .toList();
    }

    /** True if {@code translation} has come as far as it can for now. */
    boolean isDecided(String translation) {
        Part part = parts.get(translation);
        if (part == null || part.wanted() == null || part.current() == null) {
            return true;
        }
        PartState state = verdict(part).state();
        return state == PartState.ACTIVE || state == PartState.DEGRADED;
    }

    /** What a plan starts from. */
    DeviceView view() {
        Capabilities capabilities = link.capabilities();
        return new DeviceView(
                device,
                link.isConnected(),
                Optional.ofNullable(capabilities),
                parts.values().stream()
                        .map(Part::current)
                        .filter(Objects::nonNull)
                        .toList(),
                desired == null ? List.of() : desired.rules(),
                nextHops.resolved());
    }
}
