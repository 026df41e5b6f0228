package io.natator.softswitch.program;

import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Instructions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The action set of a packet (OpenFlow 1.3.5, section 5.10): at most one action of a kind, of set-field one a field. */
public final class ActionSet {
    private final Map<Object, Action> actions = new LinkedHashMap<>();

    /** What a rule's clear-actions and write-actions do to it. */
    public void take(Instructions instructions) {
        if (instructions.clear()) {
            actions.clear();
        }
        instructions.write().forEach(this::write);
    }

    /** Adds an action; one of the same kind before is gone, but for the bits of a field that only the earlier one sets. */
    public void write(Action action) {
        actions.merge(place(action), action, ActionSet::merged);
    }

    private static Action merged(Action before, Action now) {
        if (before instanceof Action.SetField a && now instanceof Action.SetField b) {
            return new Action.SetField(
                    b.field(),
                    (a.high() & ~b.maskHigh()) | b.high(),
                    (a.value() & ~b.mask()) | b.value(),
                    a.maskHigh() | b.maskHigh(),
                    a.mask() | b.mask());
        }
        return now;
    }

    private static Object place(Action action) {
        return switch (action) {
            case Action.SetField set -> set.field();
            case Action.Move move -> move.to();
            case Action.Output _,
                    Action.PushVlan _,
                    Action.PopVlan _,
                    Action.PushMpls _,
                    Action.PopMpls _,
                    Action.PushPbb _,
                    Action.PopPbb _,
                    Action.SetMplsTtl _,
                    Action.DecMplsTtl _,
                    Action.SetNwTtl _,
                    Action.DecNwTtl _,
                    Action.CopyTtlOut _,
                    Action.CopyTtlIn _,
                    Action.SetQueue _,
                    Action.Translate _,
                    Action.Group _ -> action.kind();
        };
    }

    /** In the order in which they are done. A group takes the place of the output. */
    List<Action> inOrder() {
        List<Action> ordered = new ArrayList<>(actions.values());
        if (actions.containsKey(Action.Kind.GROUP)) {
            ordered.removeIf(action -> action.kind() == Action.Kind.OUTPUT);
        }
        ordered.sort(Comparator.comparingInt(action -> turn(action.kind())));
        return ordered;
    }

    private static int turn(Action.Kind kind) {
        return switch (kind) {
            case COPY_TTL_IN -> 0;
            case POP_VLAN, POP_MPLS, POP_PBB -> 1;
            case PUSH_MPLS -> 2;
            case PUSH_PBB -> 3;
            case PUSH_VLAN -> 4;
            case COPY_TTL_OUT -> 5;
            case DEC_NW_TTL, DEC_MPLS_TTL -> 6;
            case SET_FIELD, SET_FIELD_MASKED, MOVE, SET_NW_TTL, SET_MPLS_TTL, TRANSLATE -> 7;
            case SET_QUEUE -> 8;
            case GROUP -> 9;
            case OUTPUT -> 10;
        };
    }
}
