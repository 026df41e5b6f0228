package io.natator.bgp.fsm;

import io.natator.bgp.codec.ErrorCode;
import io.natator.bgp.codec.Notification;
import io.natator.bgp.codec.Open;
import io.natator.model.southbound.NeighborEvent;

/** Our OPEN is out; the neighbour's is awaited. */
record OpenSent(long until, int failures) implements State {
    static Step open(Context context, int failures) {
        long until = context.now() + context.settings().timers().open();
        Open open = context.settings().open(context.restarting());
        return Step.to(new OpenSent(until, failures), new Action.Send(context.connection(), open));
    }

    @Override
    public Step on(Event event, Context context) {
        return switch (event) {
            case Event.Received(int connection, Open open) -> opened(open, context);
            case Event.Received(int connection, Notification notification) ->
                context.ended("the neighbour refused: " + notification.words(), failures);
            case Event.Received received ->
                context.fail(ErrorCode.FSM_IN_OPEN_SENT, "the neighbour's first message is not an OPEN", failures);
            case Event.Malformed(int connection, var malformed) ->
                context.malformed(
                        malformed,
                        ErrorCode.FSM_IN_OPEN_SENT,
                        code -> code == ErrorCode.OPEN_UNSPECIFIC.code(),
                        failures);
            case Event.Lost(int connection, String reason) ->
                context.retry("the connection closed before the neighbour's OPEN: " + reason, failures);
            case Event.Dead(boolean forwarding, String reason) -> context.fail(ErrorCode.BFD_DOWN, reason, failures);
            case Event.Tick tick
            when context.now() >= until ->
                context.fail(ErrorCode.HOLD_TIMER_EXPIRED, "the neighbour sent no OPEN", failures);
            default -> Step.to(this);
        };
    }

    private Step opened(Open open, Context context) {
        Settings settings = context.settings();
        if (open.as() != settings.peerAs()) {
            return context.fail(
                    ErrorCode.BAD_PEER_AS,
                    "the neighbour is AS " + open.as() + ", configured is AS " + settings.peerAs(),
                    failures);
        }
        if (settings.internal() && open.routerId() == settings.routerId()) {
            return context.fail(
                    ErrorCode.BAD_IDENTIFIER, "the neighbour has our router id; each needs its own", failures);
        }
        Negotiated negotiated = Negotiated.of(settings, open);
        if (negotiated.families().isEmpty()) {
            return context.fail(
                    ErrorCode.UNSUPPORTED_CAPABILITY, "the neighbour speaks none of our address families", failures);
        }
        return OpenConfirm.opened(negotiated, context, failures);
    }

    @Override
    public long deadline() {
        return until;
    }

    @Override
    public NeighborEvent.State name() {
        return NeighborEvent.State.OPEN_SENT;
    }

    @Override
    public boolean speaks() {
        return true;
    }
}
