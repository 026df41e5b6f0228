package io.natator.bgp.fsm;

import io.natator.model.southbound.NeighborEvent;

/** No connection is wanted or accepted until the pause after the last failure is over. */
record Idle(long until, int failures) implements State {
    @Override
    public Step on(Event event, Context context) {
        if (event instanceof Event.Tick && context.now() >= until) {
            return context.settings().passive()
                    ? Step.to(new Active(NEVER, failures))
                    : Connect.dial(context, failures);
        }
        return Step.to(this);
    }

    @Override
    public long deadline() {
        return until;
    }

    @Override
    public NeighborEvent.State name() {
        return NeighborEvent.State.IDLE;
    }

    @Override
    public boolean hasConnection() {
        return false;
    }
}
