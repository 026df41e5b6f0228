package io.natator.core;

import io.natator.model.packet.Packet;
import io.natator.model.proof.ProbeCase;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Proof of one translation on one device: every probe must come back exactly as the evaluator says. Lost or
 * wrong ones are sent again, ever more slowly: barriers of hardware switches are known to return up to
 * many seconds before the rule forwards.
 */
final class Proof {
    private final long datapathId;
    private final List<ProbeCase> cases;
    private final BitSet passed = new BitSet();
    private final Map<Long, Integer> outstanding = new HashMap<>();
    private int attempts;
    private Instant deadline;
    private String trouble = "";
    private String wrong = "";

    Proof(long datapathId, List<ProbeCase> cases) {
        this.datapathId = datapathId;
        this.cases = cases;
    }

    /** Sends what has not passed, at the start and whenever the deadline has passed. */
    void advance(Instant now, Limits limits, LongSupplier nonces, Outbox outbox) {
        if (!isPossible() || passed() || (deadline != null && now.isBefore(deadline))) {
            return;
        }
        if (deadline != null) {
            trouble = wrong.isEmpty() ? lost() : wrong;
        }
        wrong = "";
        outstanding.clear();
        for (int i = passed.nextClearBit(0); i < cases.size(); i = passed.nextClearBit(i + 1)) {
            long nonce = nonces.getAsLong();
            outstanding.put(nonce, i);
            outbox.add(new Effect.Probe(datapathId, nonce, cases.get(i)));
        }
        deadline = now.plus(patience(limits));
        attempts++;
    }

    private Duration patience(Limits limits) {
        Duration doubled = limits.probeTimeout().multipliedBy(1L << Math.min(attempts, 16));
        return doubled.compareTo(limits.probeTimeoutMax()) < 0 ? doubled : limits.probeTimeoutMax();
    }

    private String lost() {
        ProbeCase first = cases.get(passed.nextClearBit(0));
        return "%d of %d probes did not come back; first: %s"
                .formatted(cases.size() - passed.cardinality(), cases.size(), describe(first));
    }

    private static String describe(ProbeCase probe) {
        return "%s, sent %s at port %d, expected %s"
                .formatted(
                        probe.direction(),
                        Packets.text(probe.sent().packet()),
                        probe.sent().inPort(),
                        Packets.text(probe.expected()));
    }

    /** Takes a returned probe. False if it is none of this proof. */
    boolean returned(long nonce, Packet packet, String problem) {
        Integer at = outstanding.remove(nonce);
        if (at == null) {
            return false;
        }
        ProbeCase probe = cases.get(at);
        if (!problem.isEmpty()) {
            wrong = "a probe came back damaged: " + describe(probe) + ": " + problem;
        } else if (!packet.equals(probe.expected())) {
            wrong = "a probe came back wrong: " + describe(probe) + ", came " + Packets.text(packet);
        } else {
            passed.set(at);
        }
        return true;
    }

    /** True if there is something to prove with. */
    boolean isPossible() {
        return !cases.isEmpty();
    }

    /** True once every probe came back as expected. No probes prove nothing. */
    boolean passed() {
        return isPossible() && passed.cardinality() == cases.size();
    }

    /** True if patience is at an end, though it is tried on. */
    boolean failed(Limits limits) {
        return !passed() && attempts > limits.probeAttempts();
    }

    /** What went wrong so far, in words; empty if nothing did. */
    String trouble() {
        return trouble;
    }

    /** When to {@link #advance} next. */
    Instant deadline() {
        return deadline == null || passed() ? Instant.MAX : deadline;
    }
}
