package io.natator.bgp.fsm;

import io.natator.model.southbound.NeighborEvent;

/** The neighbour may connect to us; when the pause is over, we try again ourselves, unless we are passive. */
record Active(long until, int failures) implements State {
    @Override
    public Step on(Event event, Context context) {
        return switch (event) {
            case Event.Accepted accepted -> OpenSent.open(context, failures);
            case Event.Tick tick when context.now() >= until -> Connect.dial(context, failures);
            default -> Step.to(this);
        };
    }

    @Override
    public long deadline() {
        return until;
    }

    @Override
    public NeighborEvent.State name() {
        return NeighborEvent.State.ACTIVE;
    }

    @Override
    public boolean hasConnection() {
        return false;
    }
}
