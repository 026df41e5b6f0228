package io.natator.core;

import io.natator.model.compile.Compiler;
import io.natator.model.southbound.SwitchEvent;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/** Proves the parts of one device whose rules are in, a bounded number at a time. */
final class Proofs {
    private final DeviceState state;
    private final Compiler compiler;
    private final LongSupplier nonces;
    private final Set<Part> underway = new LinkedHashSet<>();

    Proofs(DeviceState state, Compiler compiler, LongSupplier nonces) {
        this.state = state;
        this.compiler = compiler;
        this.nonces = nonces;
    }

    void returned(SwitchEvent.ProbeReturned event) {
        for (Part part : underway) {
            if (part.proof() != null && part.proof().returned(event.nonce(), event.packet(), event.problem())) {
                return;
            }
        }
    }

    void advance(Instant now, Outbox outbox) {
        underway.removeIf(p -> p.proof() == null || p.proof().passed() || !isDue(p));
        long atOnce =
                underway.stream().filter(p -> !p.proof().failed(state.limits)).count();
        for (Part part : state.parts.values()) {
            if (!isDue(part)) {
                continue;
            }
            if (part.proof() == null && atOnce < state.limits.proofsAtOnce()) {
                begin(part);
                atOnce++;
            }
            if (part.proof() != null) {
                advance(part, now, outbox);
            }
        }
    }

    /** True if nothing but proof is missing. */
    private boolean isDue(Part part) {
        return state.link.isConnected()
                && part.current() != null
                && part.drain() == null
                && part.placement() != null
                && part.generation() > 0
                && state.link.synced() >= part.generation()
                && part.refusals().isEmpty()
                && !part.placement().translated().isEmpty()
                && state.missing(part).isEmpty();
    }

    private void begin(Part part) {
        long seed = part.generation() * 31 + part.id().hashCode();
        part.proving(new Proof(
                state.datapathId,
                compiler.probes(
                        state.device(),
                        state.link.capabilities(),
                        state.current(),
                        part.current(),
                        part.placement(),
                        seed,
                        state.surroundings())));
        underway.add(part);
    }

    private void advance(Part part, Instant now, Outbox outbox) {
        Proof proof = part.proof();
        proof.advance(now, state.limits, nonces, outbox);
        if (proof.passed()) {
            part.proved(now, state.limits);
        } else if (proof.failed(state.limits) && !part.announceable().isEmpty() && !part.isAwaited(now)) {
            part.withdraw(now);
            state.log(
                    outbox,
                    Effect.Level.WARN,
                    "event=withdraw translation=%s reason=\"%s\"".formatted(part.id(), proof.trouble()));
        }
    }
}
