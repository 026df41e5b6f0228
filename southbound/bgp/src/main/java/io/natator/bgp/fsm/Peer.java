package io.natator.bgp.fsm;

import io.natator.bgp.codec.ErrorCode;
import io.natator.bgp.codec.Keepalive;
import io.natator.bgp.codec.Notification;
import io.natator.bgp.codec.Open;
import io.natator.model.southbound.NeighborEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The machine of one neighbour: one connection, or two while a collision lasts (RFC 4271, section 6.8). Takes events
 * and time, gives actions; does nothing by itself. Confined to one thread.
 */
public final class Peer {
    /** One connection, or the wish for one. */
    private static final class Slot {
        private State state;
        private int connection;
        /** We dialled it. */
        private boolean initiated;

        Slot(State state) {
            this.state = state;
        }

        boolean has(int number) {
            return state.hasConnection() && connection == number;
        }
    }

    private final Settings settings;
    private final RandomGenerator random;
    /** Never empty; the second one is there only while two connections compete. */
    private final List<Slot> slots = new ArrayList<>(2);

    private NeighborEvent.State reported = NeighborEvent.State.IDLE;
    private String reason = "";
    private boolean restarting = true;
    private boolean stopped;
    private boolean held;
    private int lastConnection;

    /** A neighbour that will be called at the first {@link Event.Tick} at or after {@code now}. */
    public Peer(Settings settings, RandomGenerator random, long now) {
        this.settings = settings;
        this.random = random;
        slots.add(new Slot(new Idle(now, 0)));
    }

    /** A number for a connection that was accepted. */
    public int newConnection() {
        return ++lastConnection;
    }

    /** From now on our OPEN no longer says that we have just restarted. */
    public void restartOver() {
        restarting = false;
    }

    /** When the machine wants an {@link Event.Tick} at the latest. */
    public long deadline() {
        long deadline = State.NEVER;
        for (Slot slot : slots) {
            if (!held || slot.state.hasConnection()) {
                deadline = Math.min(deadline, slot.state.deadline());
            }
        }
        return stopped ? State.NEVER : deadline;
    }

    /** @param now nanoseconds, never less than before */
    public List<Action> on(Event event, long now) {
        List<Action> actions = new ArrayList<>();
        switch (event) {
            case Event.Accepted(int connection) -> accept(connection, now, actions);
            case Event.Tick tick -> List.copyOf(slots).forEach(slot -> tick(slot, now, actions));
            case Event.Connected(int connection) -> stepConnection(connection, event, now, actions);
            case Event.Lost(int connection, String why) -> stepConnection(connection, event, now, actions);
            case Event.Dead dead -> List.copyOf(slots).forEach(slot -> step(slot, event, now, actions));
            case Event.Hold(boolean on) -> hold(on);
            case Event.Stuck(int connection, String why) -> stepConnection(connection, event, now, actions);
            case Event.TooMuch(int connection, var notification, String why) ->
                stepConnection(connection, event, now, actions);
            case Event.Malformed(int connection, var malformed) -> stepConnection(connection, event, now, actions);
            case Event.Received(int connection, Open open) -> {
                if (!collides(connection, open, actions)) {
                    stepConnection(connection, event, now, actions);
                }
            }
            case Event.Received(int connection, var message) -> stepConnection(connection, event, now, actions);
        }
        report(actions);
        return actions;
    }

    private void tick(Slot slot, long now, List<Action> actions) {
        if (!held || slot.state.hasConnection()) {
            step(slot, new Event.Tick(), now, actions);
        }
    }

    private void hold(boolean on) {
        held = on;
        if (on && slots.stream().noneMatch(slot -> slot.state.hasConnection())) {
            reason = "waiting for BFD to come up";
        }
    }

    /**
     * Ends all, for good. The neighbour drops our routes at once, unless graceful restart survives NOTIFICATIONs between
     * us (RFC 8538).
     *
     * @param keep then it may keep them; else it gets a Hard Reset
     */
    public List<Action> stop(Notification cease, boolean keep, String why) {
        List<Action> actions = new ArrayList<>();
        for (Slot slot : slots) {
            boolean hard = !keep
                    && slot.state instanceof Established up
                    && up.negotiated().notification();
            hangUp(slot, hard ? cease.hard() : cease, actions);
        }
        slots.clear();
        slots.add(new Slot(new Idle(State.NEVER, 0)));
        stopped = true;
        reason = why;
        report(actions);
        return actions;
    }

    private void accept(int connection, long now, List<Action> actions) {
        Slot main = slots.getFirst();
        boolean canCompete = main.state.hasConnection() && !(main.state instanceof Established);
        if (held) {
            actions.add(new Action.Close(connection));
        } else if (!stopped && main.state instanceof Active) {
            adopt(main, connection, now, actions);
        } else if (!stopped && canCompete) {
            if (slots.size() > 1) {
                dropOldestAccepted(actions);
            }
            Slot contender = new Slot(new Active(State.NEVER, main.state.failures()));
            slots.add(contender);
            adopt(contender, connection, now, actions);
        } else {
            actions.add(new Action.Close(connection));
            if (!stopped && main.state instanceof Established) {
                // Why does it call? If it has restarted, its kernel answers this with a reset, and we need not wait
                // for a timer; if not, this costs nothing.
                actions.add(new Action.Send(main.connection, new Keepalive()));
            }
        }
    }

    /**
     * Makes room for a newer call. Of two connections at least one was the neighbour's; if it dials again it has lost
     * that, and we shall not keep it out until a timer of ours finds the same.
     */
    private void dropOldestAccepted(List<Action> actions) {
        slots.stream()
                .filter(slot -> !slot.initiated)
                .min(Comparator.comparingInt(slot -> slot.connection))
                .ifPresent(slot -> drop(slot, actions));
    }

    private void adopt(Slot slot, int connection, long now, List<Action> actions) {
        slot.connection = connection;
        slot.initiated = false;
        Event accepted = new Event.Accepted(connection);
        apply(slot, accepted, slot.state.on(accepted, context(connection, now)), actions);
    }

    private void stepConnection(int connection, Event event, long now, List<Action> actions) {
        for (Slot slot : List.copyOf(slots)) {
            if (slot.has(connection)) {
                step(slot, event, now, actions);
            }
        }
    }

    private void step(Slot slot, Event event, long now, List<Action> actions) {
        if (slot.state.hasConnection()) {
            apply(slot, event, slot.state.on(event, context(slot.connection, now)), actions);
            return;
        }
        Step step = slot.state.on(event, context(lastConnection + 1, now));
        if (step.next().hasConnection()) {
            slot.connection = newConnection();
            slot.initiated = true;
        }
        apply(slot, event, step, actions);
    }

    private Context context(int connection, long now) {
        return new Context(settings, random, connection, now, restarting);
    }

    private void apply(Slot slot, Event event, Step step, List<Action> actions) {
        boolean wasUp = slot.state instanceof Established;
        boolean isUp = step.next() instanceof Established;
        if (wasUp && !isUp) {
            actions.add(new Action.Down(ended(event, step)));
        }
        slot.state = step.next();
        if (isUp && !wasUp) {
            dropOthers(slot, actions);
        }
        actions.addAll(step.actions());
        boolean alone = slots.size() == 1;
        if (!step.reason().isEmpty() && (alone || wasUp)) {
            reason = step.reason();
        }
        if (!alone && !slot.state.hasConnection()) {
            slots.remove(slot);
        }
    }

    private static Ended ended(Event event, Step step) {
        for (Action action : step.actions()) {
            if (action instanceof Action.Send(int connection, Notification notification)) {
                return new Ended.ByUs(notification);
            }
        }
        return switch (event) {
            case Event.Received(int connection, Notification notification) -> new Ended.ByNeighbor(notification);
            case Event.Lost(int connection, String why) -> new Ended.Lost(why);
            default -> new Ended.InSilence(step.reason());
        };
    }

    /** True if the connection on which {@code open} came has lost against the other one; the other one may have lost, too. */
    private boolean collides(int connection, Open open, List<Action> actions) {
        if (slots.size() == 1 || open.as() != settings.peerAs()) {
            return false;
        }
        Slot here = slots.get(slots.getFirst().has(connection) ? 0 : 1);
        Slot other = slots.get(here == slots.getFirst() ? 1 : 0);
        if (!here.has(connection) || !(other.state instanceof OpenConfirm)) {
            return false;
        }
        boolean otherWins = here.initiated == other.initiated
                ? other.connection > here.connection // The neighbour dialled again: it has given up the older one.
                : other.initiated == weWin(open);
        drop(otherWins ? here : other, actions);
        return otherWins;
    }

    /** The connection of the speaker with the higher identifier stays; with equal ones, that of the higher AS (RFC 6286). */
    private boolean weWin(Open open) {
        int order = Integer.compareUnsigned(settings.routerId(), open.routerId());
        return order == 0 ? settings.localAs() > open.as() : order > 0;
    }

    private void dropOthers(Slot winner, List<Action> actions) {
        for (Slot slot : List.copyOf(slots)) {
            if (slot != winner) {
                drop(slot, actions);
            }
        }
    }

    private void drop(Slot slot, List<Action> actions) {
        hangUp(slot, Notification.of(ErrorCode.CONNECTION_COLLISION), actions);
        slots.remove(slot);
    }

    private static void hangUp(Slot slot, Notification notification, List<Action> actions) {
        if (slot.state instanceof Established) {
            actions.add(new Action.Down(new Ended.ByUs(notification)));
        }
        if (slot.state.speaks()) {
            actions.add(new Action.Send(slot.connection, notification));
        }
        if (slot.state.hasConnection()) {
            actions.add(new Action.Close(slot.connection));
        }
    }

    private void report(List<Action> actions) {
        Slot best = slots.getFirst();
        for (Slot slot : slots) {
            if (slot.state.name().compareTo(best.state.name()) > 0) {
                best = slot;
            }
        }
        NeighborEvent.State state = best.state.name();
        if (state != reported || !reason.isEmpty()) {
            actions.add(new Action.Report(state, reason));
            reported = state;
            reason = "";
        }
    }
}
