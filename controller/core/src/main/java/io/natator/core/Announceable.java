package io.natator.core;

import io.natator.model.compile.RoutePlanner.Proved;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a device lets be announced. */
final class Announceable {
    private final DeviceState state;

    Announceable(DeviceState state) {
        this.state = state;
    }

    /** True if what it lets be announced changed since this was asked last. */
    boolean takeChanged() {
        boolean changed = false;
        for (Part part : state.parts.values()) {
            changed |= part.takeAnnounceChanged();
        }
        return changed;
    }

    /** What may be announced, or stays announced for a while. */
    List<Proved> proved() {
        return state.parts.values().stream()
                .filter(p -> p.current() != null
                        && !(p.announceable().isEmpty() && p.leaving().isEmpty()))
                .map(p -> new Proved(p.current(), state.device(), p.announceable(), p.leaving()))
                .toList();
    }

    /** What is proved and held back, and why. */
    Map<Proved, String> heldBack() {
        Map<Proved, String> held = new LinkedHashMap<>();
        for (Part part : state.parts.values()) {
            if (part.current() != null && !part.heldReason().isEmpty()) {
                Proved proved = new Proved(
                        part.current(), state.device(), part.placement().translated());
                held.put(proved, part.heldReason());
            }
        }
        return held;
    }
}
