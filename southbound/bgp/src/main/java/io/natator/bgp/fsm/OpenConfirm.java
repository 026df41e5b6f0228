package io.natator.bgp.fsm;

import io.natator.bgp.codec.ErrorCode;
import io.natator.bgp.codec.Keepalive;
import io.natator.bgp.codec.Notification;
import io.natator.model.southbound.NeighborEvent;

/** Both OPENs are good; the neighbour's KEEPALIVE, which says the same of ours, is awaited. */
record OpenConfirm(Negotiated negotiated, long holdUntil, long keepaliveAt, int failures) implements State {
    /** The neighbour's OPEN was good. */
    static Step opened(Negotiated negotiated, Context context, int failures) {
        int holdTime = negotiated.holdTime();
        State next =
                new OpenConfirm(negotiated, context.holdDeadline(holdTime), context.nextKeepalive(holdTime), failures);
        return Step.to(next, new Action.Send(context.connection(), new Keepalive()));
    }

    @Override
    public Step on(Event event, Context context) {
        return switch (event) {
            case Event.Received(int connection, Keepalive keepalive) -> established(context);
            case Event.Received(int connection, Notification notification) ->
                context.ended("the neighbour refused: " + notification.words(), failures);
            case Event.Received received ->
                context.fail(ErrorCode.FSM_IN_OPEN_CONFIRM, "the neighbour did not confirm our OPEN", failures);
            case Event.Malformed(int connection, var malformed) ->
                context.malformed(
                        malformed,
                        ErrorCode.FSM_IN_OPEN_CONFIRM,
                        code -> code == ErrorCode.OPEN_UNSPECIFIC.code(),
                        failures);
            case Event.Lost(int connection, String reason) -> context.ended(reason, failures);
            case Event.Dead(boolean forwarding, String reason) -> context.fail(ErrorCode.BFD_DOWN, reason, failures);
            case Event.Tick tick
            when context.now() >= holdUntil ->
                context.fail(ErrorCode.HOLD_TIMER_EXPIRED, "the neighbour did not confirm our OPEN", failures);
            case Event.Tick tick
            when context.now() >= keepaliveAt -> {
                long next = context.nextKeepalive(negotiated.holdTime());
                yield Step.to(
                        new OpenConfirm(negotiated, holdUntil, next, failures),
                        new Action.Send(context.connection(), new Keepalive()));
            }
            default -> Step.to(this);
        };
    }

    private Step established(Context context) {
        int holdTime = negotiated.holdTime();
        State next = new Established(
                negotiated, context.holdDeadline(holdTime), context.nextKeepalive(holdTime), context.now(), failures);
        return Step.to(next, new Action.Up(context.connection(), negotiated));
    }

    @Override
    public long deadline() {
        return Math.min(holdUntil, keepaliveAt);
    }

    @Override
    public NeighborEvent.State name() {
        return NeighborEvent.State.OPEN_CONFIRM;
    }

    @Override
    public boolean speaks() {
        return true;
    }
}
