package io.natator.core;

import io.natator.core.offload.Ground;
import io.natator.core.offload.Offloads;
import io.natator.model.compile.Offer;
import io.natator.model.southbound.SwitchEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Tells {@link Offloads} what it has to know, and devices what comes of it. */
final class Offloading {
    private final Offloads offloads;
    private final Map<Long, Ground> told = new HashMap<>();
    private boolean lookAgain;

    Offloading(LongSupplier ids) {
        offloads = new Offloads(ids);
    }

    void on(SwitchEvent event, Instant now, Outbox outbox) {
        lookAgain |= event instanceof SwitchEvent.Connected;
        offloads.on(event, now, outbox::add);
    }

    void advance(Collection<DeviceControl> controls, Instant now, Outbox outbox) {
        for (DeviceControl control : controls) {
            Ground ground = control.ground();
            long datapathId = control.device().datapathId();
            if (ground.offers().isEmpty() && !offloads.concerns(datapathId)) {
                continue;
            }
            Ground before = told.put(datapathId, ground);
            if (lookAgain || !ground.isSame(before) || ground.settled() != before.settled()) {
                ground.offers().forEach(o -> software(o, controls));
                offloads.ground(datapathId, ground, now, outbox::add);
            }
        }
        lookAgain = false;
        if (told.isEmpty()) {
            return;
        }
        offloads.advance(now, outbox::add);
        for (DeviceControl control : controls) {
            long datapathId = control.device().datapathId();
            control.hardwareBindings(offloads.inForce(datapathId));
            control.passedByBindings(offloads.takeTraffic(datapathId));
        }
    }

    private void software(Offer offer, Collection<DeviceControl> controls) {
        controls.stream()
                .filter(c -> c.device().id().equals(offer.softwareSwitch()))
                .findFirst()
                .ifPresent(c -> offloads.software(
                        offer.softwareSwitch(),
                        c.device().datapathId(),
                        c.ground().connected()));
    }

    Instant deadline() {
        return offloads.deadline();
    }

    void forget(long datapathId) {
        told.remove(datapathId);
        offloads.forget(datapathId);
    }
}
