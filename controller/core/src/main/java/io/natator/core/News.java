package io.natator.core;

import io.natator.core.status.DeviceStatus;
import io.natator.core.status.PartState;
import io.natator.core.status.PartStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells where one device and its parts stand, whenever that differs from what was told last. */
final class News {
    private static final int NEXT_HOPS_SHOWN = 100;

    private final DeviceState state;
    private final Rulebook rulebook;
    private final Changeovers changeovers;
    private Map<String, String> notAnnounced = Map.of();
    private DeviceStatus told;

    News(DeviceState state, Rulebook rulebook, Changeovers changeovers) {
        this.state = state;
        this.rulebook = rulebook;
        this.changeovers = changeovers;
    }

    /** Why proved translations are not announced, by id. True if that is new. */
    boolean notAnnounced(Map<String, String> reasons) {
        boolean differs = !reasons.equals(notAnnounced);
        notAnnounced = reasons;
        return differs;
    }

    /** The device has another name: under the old one there is nothing any more. */
    void renamed(Outbox outbox) {
        for (Part part : state.parts.values()) {
            outbox.add(new Effect.PartGone(part.id(), state.device().id()));
            part.published(null);
        }
        outbox.add(new Effect.DeviceGone(state.device().id()));
        told = null;
    }

    void tell(Instant now, Outbox outbox) {
        state.parts.values().forEach(p -> tell(p, now, outbox));
        DeviceStatus status = status();
        if (!status.equals(told)) {
            told = status;
            outbox.add(new Effect.PublishDevice(status));
        }
    }

    private void tell(Part part, Instant now, Outbox outbox) {
        Verdict verdict = shown(part);
        PartStatus before = part.published();
        PartStatus status = part.status(state.device().id(), verdict.state(), verdict.reason(), now);
        if (status.equals(before)) {
            return;
        }
        part.published(status);
        outbox.add(new Effect.PublishPart(status));
        if (before == null || before.state() != status.state()) {
            state.log(
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

    /** Where a part stands, as users see it: what is in force is not yet what they declared last. */
    private Verdict shown(Part part) {
        Verdict verdict = verdict(part);
        if (part.wanted() == null
                || part.current() == null
                || part.drain() != null
                || part.wanted().equals(part.current())) {
            return verdict;
        }
        String cause = changeovers
                .blocker(part, part.wanted())
                .map(p -> p.id() + " has drained")
                .orElse("routes of the process before are confirmed or withdrawn");
        return new Verdict(PartState.PENDING, "does what was declared before, until " + cause);
    }

    /** Where that stands which is in force. */
    Verdict verdict(Part part) {
        String blockedBy = part.current() == null && part.wanted() != null
                ? changeovers.blocker(part, part.wanted()).map(Part::id).orElse("an earlier translation")
                : "";
        Verdict verdict = Verdict.of(
                part,
                state.link,
                state.device().hold(),
                rulebook.problem(),
                state.missing(part),
                blockedBy,
                state.limits);
        return verdict.state() == PartState.ACTIVE
                ? new Verdict(PartState.ACTIVE, notAnnounced.getOrDefault(part.id(), part.heldReason()))
                : verdict;
    }

    private DeviceStatus status() {
        Link link = state.link;
        return new DeviceStatus(
                state.device().id(),
                link.isConnected(),
                link.since(),
                link.peer(),
                Optional.ofNullable(link.capabilities()),
                rulebook.isInSync(),
                rulebook.tableRules(),
                link.added(),
                link.removed(),
                link.restored(),
                state.nextHops.status(NEXT_HOPS_SHOWN),
                problem());
    }

    private String problem() {
        Link link = state.link;
        NextHops nextHops = state.nextHops;
        List<String> problems = new ArrayList<>();
        if (!link.isConnected()) {
            problems.add(link.lost().isEmpty() ? "not connected yet" : "connection lost: " + link.lost());
        }
        if (!rulebook.problem().isEmpty()) {
            problems.add(rulebook.problem());
        }
        if (!link.trouble().isEmpty()) {
            problems.add("rules could not be checked: " + link.trouble());
        }
        nextHops.missing().forEach(a -> problems.add("next hop " + a + " does not answer"));
        nextHops.silent().forEach(a -> problems.add("next hop " + a + " has fallen silent"));
        if (nextHops.refused() > 0) {
            problems.add("more on-link hosts than the " + state.limits.nextHopsMax() + " that can be known");
        }
        return String.join("; ", problems);
    }
}
