package io.natator.core;

import io.natator.model.compile.Compilation;
import io.natator.model.compile.Compiler;
import io.natator.model.compile.Offer;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.intent.Translation;
import io.natator.model.rule.Rule;
import io.natator.model.rule.RuleSet;
import io.natator.model.session.Share;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.onlab.packet.IpAddress;

/** What one device is told to hold, and which generation of it concerns which part. */
final class Rulebook {
    private final DeviceState state;
    private final Compiler compiler;
    private boolean stale = true;
    private boolean doubted;
    private Instant notBefore = Instant.MIN;
    private RuleSet desired;
    private List<Share> told;
    private Map<Integer, String> clients = Map.of();
    private boolean retold;
    private List<Offer> offers = List.of();
    private SortedMap<Integer, Integer> tableRules = Collections.emptySortedMap();
    private List<IpAddress> missingBefore = List.of();
    private String problem = "";

    Rulebook(DeviceState state, Compiler compiler) {
        this.state = state;
        this.compiler = compiler;
    }

    /** Something changed on which rules depend: what waits is not waited for. */
    void stale() {
        stale = true;
        notBefore = Instant.MIN;
    }

    /** The device, or its connection, is another: everything is proved again. */
    void doubted() {
        stale();
        doubted = true;
    }

    /** An on-link host came or moved: such changes are collected for a while, unless one was waited for. */
    void staleSoon(boolean awaited, Instant now) {
        if (awaited) {
            stale();
        } else if (!stale) {
            stale = true;
            notBefore = now.plus(state.limits.neighborSettle());
        }
    }

    boolean isStale() {
        return stale;
    }

    /** When {@link #advance} has something to do. */
    Instant deadline() {
        return stale && state.link.isConnected() ? notBefore : Instant.MAX;
    }

    /** Computes rules if that is due, and desires them if they differ. */
    void advance(Instant now, Outbox outbox) {
        if (now.isBefore(deadline())) {
            return;
        }
        stale = false;
        List<Translation> current = state.current();
        Compilation compilation;
        try {
            compilation = state.isRetired() && current.isEmpty()
                    ? Compilation.NOTHING
                    : compiler.compile(
                            state.device(),
                            state.link.capabilities(),
                            current,
                            state.nextHops.resolved(),
                            state.surroundings());
        } catch (RuntimeException e) {
            problem = "internal error while computing rules: " + e;
            state.log(outbox, Effect.Level.WARN, "event=compile-failed reason=\"" + e + "\"");
            return;
        }
        problem = compilation.problem();
        offers = compilation.offers();
        state.nextHops.fixed(compilation.wanted());
        tellShares(compilation, outbox);
        desire(rulesOf(compilation, current.isEmpty()), current, outbox);
        spread(compilation, now);
    }

    /** Before rules that name them. */
    private void tellShares(Compilation compilation, Outbox outbox) {
        List<Share> shares = compilation.shares();
        if (state.link.capabilities().can(Feature.TRANSLATE) && !shares.equals(told)) {
            told = shares;
            clients = compilation.served();
            retold = true;
            outbox.add(new Effect.Shares(state.datapathId, shares));
            state.log(outbox, Effect.Level.INFO, "event=shares shares=" + shares.size());
        }
    }

    /** Of pools, what it was told of: shares by id. */
    Map<Integer, Share> pools() {
        return told == null
                ? Map.of()
                : told.stream().filter(s -> s.kind().stateful()).collect(Collectors.toMap(Share::id, s -> s));
    }

    /** Id of the device for which a share is. */
    Optional<String> client(int share) {
        return Optional.ofNullable(clients.get(share));
    }

    /** True if it was told of other shares since this was asked last. */
    boolean takeRetold() {
        boolean was = retold;
        retold = false;
        return was;
    }

    /**
     * The rules to desire. While the device has a problem (a port is missing, as while it starts), rules that stand
     * are worth more than some of them: then it is those that were desired, without those of parts that are gone;
     * null if nothing was desired yet.
     */
    private List<Rule> rulesOf(Compilation compilation, boolean nothingToTranslate) {
        if (compilation.problem().isEmpty() || nothingToTranslate) {
            return compilation.rules();
        }
        if (desired == null) {
            return null;
        }
        return desired.rules().stream()
                .filter(r -> r.owner().isEmpty() || isInForce(r.owner()))
                .toList();
    }

    private boolean isInForce(String owner) {
        Part part = state.parts.get(owner);
        return part != null && part.current() != null;
    }

    private void desire(List<Rule> rules, List<Translation> current, Outbox outbox) {
        if (rules == null || (desired != null && rules.equals(desired.rules()))) {
            return;
        }
        desired = new RuleSet(desired == null ? 1 : desired.generation() + 1, rules);
        SortedMap<Integer, Integer> counts = new TreeMap<>();
        rules.forEach(r -> counts.merge(r.table(), 1, Integer::sum));
        tableRules = Collections.unmodifiableSortedMap(counts);
        outbox.add(new Effect.Desire(state.datapathId, desired, List.copyOf(current)));
        state.log(
                outbox,
                Effect.Level.INFO,
                "event=desire generation=%d rules=%d".formatted(desired.generation(), rules.size()));
    }

    /** Tells each part which rules are its, and whether they are others than before. */
    private void spread(Compilation compilation, Instant now) {
        if (desired == null) {
            state.parts.values().forEach(p -> p.compiled(null, List.of(), 0, false, now));
            return;
        }
        Map<String, List<Rule>> byOwner = desired.rules().stream().collect(Collectors.groupingBy(Rule::owner));
        for (Part part : state.parts.values()) {
            part.compiled(
                    part.current() == null ? null : compilation.placements().get(part.id()),
                    byOwner.getOrDefault(part.id(), List.of()),
                    desired.generation(),
                    doubted || wasMissing(part),
                    now);
        }
        doubted = false;
        missingBefore = state.nextHops.missing();
    }

    /** True if rules that lead on what this part translates come only with this compilation. */
    private boolean wasMissing(Part part) {
        return part.current() != null
                && state.missing(part).isEmpty()
                && missingBefore.stream().anyMatch(a -> part.current().involves(a.isIp4()));
    }

    /** Of which bindings rules may do the work. */
    List<Offer> offers() {
        return offers;
    }

    /** All rules that the device is told to hold. */
    List<Rule> rules() {
        return desired == null ? List.of() : desired.rules();
    }

    /** Their number, by table. */
    SortedMap<Integer, Integer> tableRules() {
        return tableRules;
    }

    /** What the compiler says of the device; empty if all is well. */
    String problem() {
        return problem;
    }

    /** True if the device holds exactly what it should. */
    boolean isInSync() {
        return desired != null && !stale && state.link.holds(desired.generation());
    }

    /** True if the device confirmed the latest generation, be it with refusals. */
    boolean isSettled() {
        return desired != null && !stale && state.link.synced() >= desired.generation();
    }
}
