package io.natator.core;

import io.natator.model.southbound.SwitchEvent;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** How many sessions a software switch had when it was last asked: so many are lost if it dies. */
final class ShareUse {
    private final long datapathId;
    private final Limits limits;
    private Map<Integer, Long> sessions = Map.of();
    private Instant next = Instant.MIN;

    ShareUse(long datapathId, Limits limits) {
        this.datapathId = datapathId;
        this.limits = limits;
    }

    /** @param wanted whether it has sessions of others */
    void advance(Instant now, BooleanSupplier wanted, Outbox outbox) {
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(limits.usePoll());
        if (wanted.getAsBoolean()) {
            outbox.add(new Effect.ReadUse(datapathId));
        }
    }

    Instant deadline() {
        return next;
    }

    void counted(SwitchEvent.SharesUsed event) {
        sessions = event.sessions();
    }

    /** It may be another process: what is known is not of this one. */
    void forget() {
        sessions = Map.of();
        next = Instant.MIN;
    }

    /** Of a share; empty if that is not known. */
    OptionalLong sessions(int share) {
        Long count = sessions.get(share);
        return count == null ? OptionalLong.empty() : OptionalLong.of(count);
    }
}
