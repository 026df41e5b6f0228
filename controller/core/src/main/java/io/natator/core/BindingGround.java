package io.natator.core;

import io.natator.core.offload.Ground;
import io.natator.core.offload.Traffic;
import io.natator.model.compile.Offer;
import java.util.List;
import java.util.Map;

/** What {@link Offloading} asks and tells one device. */
final class BindingGround {
    private final DeviceState state;
    private final Rulebook rulebook;
    /** Replaced when it is another: see {@link Ground#isSame}. */
    private List<Offer> offers = List.of();

    private Map<String, Integer> hardwareBindings = Map.of();

    BindingGround(DeviceState state, Rulebook rulebook) {
        this.state = state;
        this.rulebook = rulebook;
    }

    /** Derives what is offered from the rules that the device was told to hold. */
    void settle() {
        List<Offer> nowOffered = rulebook.offers().stream()
                .filter(o -> isInForce(o.translation()))
                .toList();
        offers = nowOffered.equals(offers) ? offers : nowOffered;
    }

    /** In force, and not draining: what drains is counted by rules that it has for itself. */
    private boolean isInForce(String translation) {
        Part part = state.parts.get(translation);
        return part != null && part.current() != null && part.drain() == null;
    }

    /** What is to be known if rules are to do the work of bindings. */
    Ground ground() {
        return new Ground(
                state.device(),
                state.link.capabilities(),
                state.link.isConnected(),
                rulebook.isSettled(),
                offers,
                rulebook.tableRules());
    }

    /** Bindings whose work rules do, by translation. True if that is new. */
    boolean hardwareBindings(Map<String, Integer> counts) {
        if (counts.equals(hardwareBindings)) {
            return false;
        }
        hardwareBindings = counts;
        state.parts.values().forEach(p -> p.hardwareBindings(counts.getOrDefault(p.id(), 0)));
        return true;
    }

    /** Takes what rules of bindings counted, by translation. True if that was anything. */
    boolean passedByBindings(Map<String, Traffic> traffic) {
        boolean any = false;
        for (Part part : state.parts.values()) {
            Traffic more = traffic.getOrDefault(part.id(), Traffic.NONE);
            if (more.packets() > 0) {
                part.passedByBindings(more);
                any = true;
            }
        }
        return any;
    }
}
