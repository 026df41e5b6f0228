package io.natator.core;

import io.natator.model.device.Capabilities;
import io.natator.model.southbound.SwitchEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Records what a device tells; what follows from it is for {@link DeviceControl#settle}. */
final class DeviceEvents {
    private final DeviceState state;
    private final Rulebook rulebook;
    private final Proofs proofs;
    private final ShareUse use;

    DeviceEvents(DeviceState state, Rulebook rulebook, Proofs proofs, ShareUse use) {
        this.state = state;
        this.rulebook = rulebook;
        this.proofs = proofs;
        this.use = use;
    }

    void on(SwitchEvent event, Instant now, Outbox outbox) {
        switch (event) {
            case SwitchEvent.Connected e -> {
                learn(e.capabilities());
                state.link.connected(e, now);
                use.forget();
                state.doubtAll(now);
                rulebook.doubted();
                state.log(outbox, Effect.Level.INFO, "event=device-connected peer=" + e.peer());
            }
            case SwitchEvent.Changed e -> {
                learn(e.capabilities());
                state.link.changed(e);
                rulebook.stale();
            }
            case SwitchEvent.Disconnected e -> {
                state.link.disconnected(e, now);
                state.doubtAll(now);
                state.log(outbox, Effect.Level.WARN, "event=device-lost reason=\"" + e.reason() + "\"");
            }
            case SwitchEvent.Synced e -> synced(e, now, outbox);
            case SwitchEvent.SyncFailed e -> {
                state.link.syncFailed(e);
                state.log(outbox, Effect.Level.WARN, "event=sync-failed reason=\"" + e.reason() + "\"");
            }
            case SwitchEvent.RulesLost e -> {
                state.link.rulesLost();
                state.doubtAll(now);
                state.log(outbox, Effect.Level.WARN, "event=rules-lost rules=" + e.count());
            }
            case SwitchEvent.ProbeReturned e -> proofs.returned(e);
            case SwitchEvent.NeighborSeen e -> {
                boolean awaited = state.nextHops.missing().contains(e.address());
                if (state.nextHops.seen(e.address(), e.mac(), now, outbox)) {
                    rulebook.staleSoon(awaited, now);
                }
            }
            case SwitchEvent.NeighborWanted e -> state.nextHops.wanted(e.address());
            case SwitchEvent.Counters e -> counted(e, now);
            case SwitchEvent.SharesUsed e -> use.counted(e);
            case SwitchEvent.Leases _, SwitchEvent.Bindings _ -> {}
        }
    }

    /** What another device refused says nothing of this one. */
    private void learn(Capabilities capabilities) {
        if (state.link.differs(capabilities)) {
            state.forgetRefusals();
        }
    }

    private void synced(SwitchEvent.Synced event, Instant now, Outbox outbox) {
        state.link.synced(event);
        if (event.restored() > 0) {
            state.doubtAll(now);
        }
        Map<String, List<SwitchEvent.Failure>> failures =
                event.failures().stream().collect(Collectors.groupingBy(SwitchEvent.Failure::owner));
        for (Part part : state.parts.values()) {
            part.restored(event.restoredByOwner().getOrDefault(part.id(), 0));
            if (part.generation() <= event.generation()
                    && part.refused(failures.getOrDefault(part.id(), List.of()), now)) {
                rulebook.stale();
            }
        }
        boolean changed = event.added() + event.removed() + event.restored() > 0;
        state.log(
                outbox,
                changed ? Effect.Level.INFO : Effect.Level.DEBUG,
                "event=synced generation=%d added=%d kept=%d removed=%d restored=%d refused=%d"
                        .formatted(
                                event.generation(),
                                event.added(),
                                event.kept(),
                                event.removed(),
                                event.restored(),
                                event.failures().size()));
    }

    private void counted(SwitchEvent.Counters event, Instant now) {
        Part part = state.parts.get(event.owner());
        if (part == null) {
            return;
        }
        part.counted(event);
        if (part.drain() != null) {
            part.drain().counted(now, event.packets());
        }
    }
}
