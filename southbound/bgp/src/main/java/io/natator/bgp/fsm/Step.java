package io.natator.bgp.fsm;

import java.util.List;

/**
 * What a state made of an event.
 *
 * @param reason why a connection or session ended, in words; else empty
 */
record Step(State next, List<Action> actions, String reason) {
    Step {
        actions = List.copyOf(actions);
    }

    static Step to(State next, Action... actions) {
        return new Step(next, List.of(actions), "");
    }
}
