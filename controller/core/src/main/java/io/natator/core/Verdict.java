package io.natator.core;

import io.natator.core.status.PartState;
import io.natator.model.southbound.SwitchEvent;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.onlab.packet.IpAddress;

/**
 * Where a part stands, in the order in which things must be true: derived from the facts each time, never
 * stored, so that no order of events can leave it wrong.
 */
record Verdict(PartState state, String reason) {
    /**
     * @param problem what the compiler says of the device; empty if all is well
     * @param missing next hops that are not resolved
     * @param blockedBy id of the part that has to drain first; empty if there is none
     */
    static Verdict of(
            Part part,
            Link link,
            Duration hold,
            String problem,
            List<IpAddress> missing,
            String blockedBy,
            Limits limits) {
        if (part.wanted() == null || part.drain() != null) {
            return leaving(part, link);
        }
        if (part.current() == null) {
            return pending("waits until " + blockedBy + " has drained");
        }
        if (!link.isConnected()) {
            return pending(away(part, link, hold));
        }
        if (!problem.isEmpty()) {
            return pending(problem);
        }
        if (part.placement() == null) {
            return pending("rules are not computed yet");
        }
        if (link.synced() < part.generation()) {
            return new Verdict(PartState.INSTALLING, link.trouble());
        }
        if (!part.refusals().isEmpty()) {
            return new Verdict(PartState.DEGRADED, refused(part.refusals()));
        }
        if (part.placement().translated().isEmpty()) {
            return new Verdict(PartState.DEGRADED, part.placement().degraded());
        }
        if (!missing.isEmpty()) {
            return pending("next hop "
                    + missing.stream().map(IpAddress::toString).collect(Collectors.joining(", "))
                    + " does not answer ARP or neighbour discovery");
        }
        return proof(part, limits);
    }

    private static Verdict proof(Part part, Limits limits) {
        Proof proof = part.proof();
        if (proof == null) {
            return new Verdict(PartState.PROVING, "");
        }
        if (!proof.isPossible()) {
            return new Verdict(PartState.DEGRADED, "cannot be proved: no probe can be sent through this device");
        }
        if (proof.failed(limits)) {
            return new Verdict(PartState.DEGRADED, "rules are in but do not translate: " + proof.trouble());
        }
        if (!proof.passed()) {
            return new Verdict(PartState.PROVING, proof.trouble());
        }
        String degraded = part.placement().degraded();
        return new Verdict(degraded.isEmpty() ? PartState.ACTIVE : PartState.DEGRADED, degraded);
    }

    private static Verdict leaving(Part part, Link link) {
        String reason;
        if (part.current() == null) {
            reason = link.isConnected() ? "rules are being removed" : "rules go when the device connects";
        } else if (!part.leaving().isEmpty()) {
            reason = "neighbours are asked to avoid it (GRACEFUL_SHUTDOWN)";
        } else if (part.wanted() == null) {
            reason = "waits for traffic to stop";
        } else {
            reason = "waits for traffic to stop before " + part.wanted().inside() + " becomes "
                    + part.wanted().outside();
        }
        return new Verdict(PartState.DRAINING, reason);
    }

    private static Verdict pending(String reason) {
        return new Verdict(PartState.PENDING, reason);
    }

    private static String away(Part part, Link link, Duration hold) {
        if (link.lost().isEmpty()) {
            return "waits for the device to connect";
        }
        String routes = part.announceable().isEmpty() ? "" : "; routes stay for " + hold.toSeconds() + " s";
        return "connection lost: " + link.lost() + routes;
    }

    private static String refused(List<SwitchEvent.Failure> failures) {
        SwitchEvent.Failure first = failures.getFirst();
        return "%d rules refused; first: %s: %s".formatted(failures.size(), first.rule(), first.reason());
    }
}
