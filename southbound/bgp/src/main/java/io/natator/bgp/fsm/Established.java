package io.natator.bgp.fsm;

import io.natator.bgp.codec.ErrorCode;
import io.natator.bgp.codec.Family;
import io.natator.bgp.codec.Keepalive;
import io.natator.bgp.codec.Message;
import io.natator.bgp.codec.Notification;
import io.natator.bgp.codec.Open;
import io.natator.bgp.codec.RouteRefresh;
import io.natator.bgp.codec.Update;
import io.natator.model.southbound.NeighborEvent;
import java.util.Optional;

/**
 * Routes are exchanged.
 *
 * @param since when it became so
 */
record Established(Negotiated negotiated, long holdUntil, long keepaliveAt, long since, int failuresBefore)
        implements State {
    @Override
    public Step on(Event event, Context context) {
        return switch (event) {
            case Event.Received(int connection, Message message) -> received(message, context);
            case Event.Malformed(int connection, var malformed) ->
                context.malformed(
                        malformed,
                        ErrorCode.FSM_IN_ESTABLISHED,
                        code -> code != ErrorCode.OPEN_UNSPECIFIC.code(),
                        failures(context));
            case Event.Lost(int connection, String reason) -> context.ended(reason, failures(context));
            case Event.TooMuch(int connection, Notification notification, String reason) ->
                context.fail(notification, reason, failures(context));
            // A NOTIFICATION would not leave, either (RFC 9687, section 3.2).
            case Event.Stuck(int connection, String reason) -> context.ended(reason, failures(context));
            case Event.Dead(boolean forwarding, String reason) -> dead(forwarding, reason, context);
            case Event.Tick tick
            when context.now() >= holdUntil ->
                context.fail(
                        ErrorCode.HOLD_TIMER_EXPIRED,
                        "nothing heard for the hold time of " + negotiated.holdTime() + " s",
                        failures(context));
            case Event.Tick tick
            when context.now() >= keepaliveAt -> {
                long next = context.nextKeepalive(negotiated.holdTime());
                yield Step.to(
                        new Established(negotiated, holdUntil, next, since, failuresBefore),
                        new Action.Send(context.connection(), new Keepalive()));
            }
            default -> Step.to(this);
        };
    }

    private Step received(Message message, Context context) {
        Established heard = new Established(
                negotiated, context.holdDeadline(negotiated.holdTime()), keepaliveAt, since, failuresBefore);
        return switch (message) {
            case Keepalive keepalive -> Step.to(heard);
            case Update update -> Step.to(heard, new Action.Deliver(context.connection(), update));
            case RouteRefresh refresh -> heard.refresh(refresh);
            case Notification notification ->
                context.ended("the neighbour ended the session: " + notification.words(), failures(context));
            case Open open ->
                context.fail(ErrorCode.FSM_IN_ESTABLISHED, "OPEN in an established session", failures(context));
        };
    }

    /**
     * If what forwards there is dead, the neighbour is to forget our routes (RFC 9384). If only its control plane may be
     * gone, it shall keep them over its restart (RFC 5882, section 4.3): it is told so where that is not the end of them
     * (RFC 8538), else nothing.
     */
    private Step dead(boolean forwarding, String reason, Context context) {
        Notification down = Notification.of(ErrorCode.BFD_DOWN);
        if (forwarding) {
            return context.fail(negotiated.notification() ? down.hard() : down, reason, failures(context));
        }
        return negotiated.notification() || !negotiated.restart()
                ? context.fail(down, reason, failures(context))
                : context.ended(reason, failures(context));
    }

    /** Requests for what was not negotiated are ignored (RFC 2918, section 4). */
    private Step refresh(RouteRefresh refresh) {
        Optional<Family> family = Family.of(refresh.afi(), refresh.safi()).filter(negotiated.families()::contains);
        if (family.isEmpty() || refresh.subtype() != RouteRefresh.REQUEST) {
            return Step.to(this);
        }
        return Step.to(this, new Action.Refresh(family.get()));
    }

    /** A session that has lasted ends the damping of earlier failures. */
    private int failures(Context context) {
        return context.now() - since >= context.settings().timers().stable() ? 0 : failuresBefore;
    }

    @Override
    public int failures() {
        return failuresBefore;
    }

    @Override
    public long deadline() {
        return Math.min(holdUntil, keepaliveAt);
    }

    @Override
    public NeighborEvent.State name() {
        return NeighborEvent.State.ESTABLISHED;
    }

    @Override
    public boolean speaks() {
        return true;
    }
}
