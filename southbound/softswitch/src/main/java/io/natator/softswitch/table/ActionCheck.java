package io.natator.softswitch.table;

import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.ErrorType;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Ports;
import io.natator.softswitch.flow.Prerequisite;
import io.natator.softswitch.flow.Profile;
import io.natator.softswitch.flow.Refused;
import java.util.List;
import java.util.function.IntPredicate;

/** Whether actions are such that OpenFlow and the profile allow them (OpenFlow 1.3.5, sections 5.12 and 7.2.5). */
public final class ActionCheck {
    /** Most actions of one list. */
    public static final int MAX_ACTIONS = 128;
    /** Queues of a port are numbered from 0 to one less. */
    public static final int QUEUES = 8;

    private final Profile profile;
    private final IntPredicate groupExists;
    private final IntPredicate shareExists;

    /**
     * @param groupExists says whether there is a group of this number
     * @param shareExists says whether there is a share of this id
     */
    public ActionCheck(Profile profile, IntPredicate groupExists, IntPredicate shareExists) {
        this.profile = profile;
        this.groupExists = groupExists;
        this.shareExists = shareExists;
    }

    /** Actions of a rule, done in order on packets of which {@code shape} is known before and after. */
    void apply(List<Action> actions, Shape shape) throws Refused {
        limit(actions);
        for (Action action : actions) {
            check(action, false);
            Prerequisite needed = prerequisite(action);
            if (!shape.has(needed)) {
                throw inconsistent(action, needed);
            }
            shape.after(action);
        }
    }

    /** Actions for the action set: what comes before them in the end is known only in part. */
    void write(List<Action> actions, Shape shape) throws Refused {
        limit(actions);
        boolean reshaped = actions.stream().anyMatch(ActionCheck::reshapes);
        for (Action action : actions) {
            outOfPlace(action);
            check(action, false);
            Prerequisite needed = prerequisite(action);
            if (!reshaped && !shape.has(needed)) {
                throw inconsistent(action, needed);
            }
        }
    }

    /** Actions of a bucket or of a packet-out: of the packets nothing is known. */
    public void loose(List<Action> actions, boolean packetOut) throws Refused {
        limit(actions);
        for (Action action : actions) {
            outOfPlace(action);
            check(action, packetOut);
        }
    }

    private static void limit(List<Action> actions) throws Refused {
        if (actions.size() > MAX_ACTIONS) {
            throw new Refused(
                    ErrorType.BAD_ACTION_TOO_MANY,
                    actions.size() + " actions, at most " + MAX_ACTIONS + " are allowed");
        }
    }

    private void check(Action action, boolean packetOut) throws Refused {
        if (!profile.actions().contains(action.kind())) {
            throw new Refused(ErrorType.BAD_ACTION_BAD_TYPE, action.kind() + " is not supported");
        }
        switch (action) {
            case Action.Output output -> port(output.port(), packetOut);
            case Action.SetField set -> set(set);
            case Action.Move move -> move(move);
            case Action.PushVlan push -> type(push.etherType(), 0x8100, 0x88A8);
            case Action.PushMpls push -> type(push.etherType(), 0x8847, 0x8848);
            case Action.PushPbb push -> type(push.etherType(), 0x88E7, 0x88E7);
            case Action.SetQueue queue -> {
                if (Integer.compareUnsigned(queue.queue(), QUEUES) >= 0) {
                    throw new Refused(
                            ErrorType.BAD_ACTION_BAD_QUEUE, "no queue " + Integer.toUnsignedString(queue.queue()));
                }
            }
            case Action.Group group -> {
                if (!groupExists.test(group.group())) {
                    throw new Refused(
                            ErrorType.BAD_ACTION_BAD_OUT_GROUP, "no group " + Integer.toUnsignedString(group.group()));
                }
            }
            case Action.PopVlan _,
                    Action.PopMpls _,
                    Action.PopPbb _,
                    Action.SetMplsTtl _,
                    Action.DecMplsTtl _,
                    Action.SetNwTtl _,
                    Action.DecNwTtl _,
                    Action.CopyTtlOut _,
                    Action.CopyTtlIn _ -> {}
            case Action.Translate translate -> {
                if (!shareExists.test(translate.share())) {
                    throw new Refused(ErrorType.BAD_ACTION_BAD_ARGUMENT, "no share " + translate.share());
                }
            }
        }
    }

    /** An action set has one order, in which it has no place; buckets work on copies, of which one alone may be answered. */
    private static void outOfPlace(Action action) throws Refused {
        if (action.kind() == Action.Kind.TRANSLATE) {
            throw new Refused(ErrorType.BAD_ACTION_UNSUPPORTED_ORDER, "translate is of apply-actions only");
        }
    }

    private void port(int port, boolean packetOut) throws Refused {
        boolean good = switch (port) {
            case Ports.IN_PORT, Ports.FLOOD, Ports.ALL, Ports.CONTROLLER -> true;
            case Ports.NORMAL -> profile.normal();
            case Ports.TABLE -> packetOut;
            default -> port > 0 && port <= Ports.MAX_ATTACHED;
        };
        if (!good) {
            throw new Refused(ErrorType.BAD_ACTION_BAD_OUT_PORT, "no output to port " + Integer.toUnsignedString(port));
        }
    }

    private void set(Action.SetField set) throws Refused {
        Field field = set.field();
        settable(field);
        boolean within = (set.value() & ~set.mask()) == 0
                && (set.mask() & ~field.ones()) == 0
                && (!field.wide() || (set.high() & ~set.maskHigh()) == 0);
        if (!within) {
            throw new Refused(
                    ErrorType.BAD_ACTION_BAD_SET_ARGUMENT, "the value of " + field + " is wider than field or mask");
        }
    }

    private void settable(Field field) throws Refused {
        if (!profile.setFields().contains(field)) {
            throw new Refused(ErrorType.BAD_ACTION_BAD_SET_TYPE, field + " cannot be set");
        }
    }

    private void move(Action.Move move) throws Refused {
        settable(move.to());
        boolean within = move.bits() > 0
                && move.fromOffset() >= 0
                && move.toOffset() >= 0
                && move.fromOffset() + move.bits() <= move.from().bits()
                && move.toOffset() + move.bits() <= move.to().bits();
        if (!within) {
            throw new Refused(ErrorType.BAD_ACTION_BAD_ARGUMENT, "the move is wider than its fields");
        }
    }

    private static void type(int etherType, int one, int other) throws Refused {
        if (etherType != one && etherType != other) {
            throw new Refused(
                    ErrorType.BAD_ACTION_BAD_ARGUMENT, "nothing is pushed with ethertype 0x%04x".formatted(etherType));
        }
    }

    private static boolean reshapes(Action action) {
        return switch (action.kind()) {
            case PUSH_VLAN, PUSH_MPLS, PUSH_PBB, POP_VLAN, POP_MPLS, POP_PBB -> true;
            default -> false;
        };
    }

    private static Prerequisite prerequisite(Action action) {
        return switch (action) {
            case Action.SetField set -> set.field().prerequisite();
            case Action.Move move ->
                move.to().prerequisite() == Prerequisite.NONE
                        ? move.from().prerequisite()
                        : move.to().prerequisite();
            case Action.SetNwTtl _, Action.DecNwTtl _, Action.Translate _ -> Prerequisite.IP;
            case Action.SetMplsTtl _, Action.DecMplsTtl _ -> Prerequisite.MPLS;
            case Action.Output _,
                    Action.PushVlan _,
                    Action.PopVlan _,
                    Action.PushMpls _,
                    Action.PopMpls _,
                    Action.PushPbb _,
                    Action.PopPbb _,
                    Action.CopyTtlOut _,
                    Action.CopyTtlIn _,
                    Action.SetQueue _,
                    Action.Group _ -> Prerequisite.NONE;
        };
    }

    private static Refused inconsistent(Action action, Prerequisite needed) {
        return new Refused(ErrorType.BAD_ACTION_MATCH_INCONSISTENT, action.kind() + " needs a match on " + needed);
    }
}
