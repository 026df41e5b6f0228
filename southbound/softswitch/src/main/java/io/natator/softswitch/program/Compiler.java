package io.natator.softswitch.program;

import io.natator.model.session.Share.Direction;
import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Instructions;
import io.natator.softswitch.flow.Ports;
import java.util.List;

/** From actions that were checked to {@link Program}s. */
@SuppressWarnings("EnumOrdinal") // operands are numbers
public final class Compiler {
    private Compiler() {}

    /** What a rule does at once: meter, apply-actions, write-metadata (OpenFlow 1.3.5, section 5.9). */
    public static Program atOnce(Instructions instructions) {
        Program.Builder to = new Program.Builder();
        if (instructions.meter() != 0) {
            to.add(Op.METER, instructions.meter(), 0);
        }
        append(instructions.apply(), to);
        if (instructions.metadataMask() != 0) {
            long mask = instructions.metadataMask();
            to.add(Op.METADATA, 0, 0, instructions.metadata() & mask, mask);
        }
        return to.build();
    }

    /** Actions in the order given. */
    public static Program inOrder(List<Action> actions) {
        Program.Builder to = new Program.Builder();
        append(actions, to);
        return to.end().build();
    }

    /** An action set, in the order of section 5.10. */
    public static Program set(ActionSet set) {
        Program.Builder to = new Program.Builder();
        append(set.inOrder(), to);
        return to.end().build();
    }

    private static void append(List<Action> actions, Program.Builder to) {
        for (Action action : actions) {
            append(action, to);
        }
    }

    private static void append(Action action, Program.Builder to) {
        switch (action) {
            case Action.Output output -> output(output, to);
            case Action.SetField set -> set(set, to);
            case Action.Move move ->
                to.add(
                        Op.MOVE,
                        move.from().ordinal(),
                        move.to().ordinal(),
                        move.fromOffset() | move.toOffset() << 8 | move.bits() << 16);
            case Action.PushVlan push -> to.add(Op.PUSH_VLAN, push.etherType(), 0);
            case Action.PopVlan _ -> to.add(Op.POP_VLAN, 0, 0);
            case Action.PushMpls push -> to.add(Op.PUSH_MPLS, push.etherType(), 0);
            case Action.PopMpls pop -> to.add(Op.POP_MPLS, pop.etherType(), 0);
            case Action.PushPbb push -> to.add(Op.PUSH_PBB, push.etherType(), 0);
            case Action.PopPbb _ -> to.add(Op.POP_PBB, 0, 0);
            case Action.SetMplsTtl set -> to.add(Op.SET_MPLS_TTL, set.ttl(), 0);
            case Action.DecMplsTtl _ -> to.add(Op.DEC_MPLS_TTL, 0, 0);
            case Action.SetNwTtl set -> to.add(Op.SET_NW_TTL, set.ttl(), 0);
            case Action.DecNwTtl _ -> to.add(Op.DEC_NW_TTL, 0, 0);
            case Action.CopyTtlOut _ -> to.add(Op.COPY_TTL_OUT, 0, 0);
            case Action.CopyTtlIn _ -> to.add(Op.COPY_TTL_IN, 0, 0);
            case Action.SetQueue queue -> to.add(Op.SET_QUEUE, queue.queue(), 0);
            case Action.Translate t -> to.add(Op.TRANSLATE, t.share(), t.direction() == Direction.TO_OUTSIDE ? 1 : 0);
            case Action.Group group -> to.add(Op.GROUP, group.group(), 0);
        }
    }

    private static void set(Action.SetField set, Program.Builder to) {
        int field = set.field().ordinal();
        if (set.field().wide()) {
            to.add(Op.SET_WIDE, field, 0, set.high(), set.value(), set.maskHigh(), set.mask());
        } else {
            to.add(Op.SET_FIELD, field, 0, set.value(), set.mask());
        }
    }

    private static void output(Action.Output output, Program.Builder to) {
        switch (output.port()) {
            case Ports.IN_PORT -> to.add(Op.OUTPUT_IN_PORT, 0, 0);
            case Ports.ALL, Ports.FLOOD -> to.add(Op.FLOOD, 0, 0);
            case Ports.NORMAL -> to.add(Op.NORMAL, 0, 0);
            case Ports.CONTROLLER -> to.add(Op.CONTROLLER, output.maxLength(), 0);
            case Ports.TABLE -> to.add(Op.TABLE, 0, 0);
            default -> to.add(Op.OUTPUT, output.port(), 0);
        }
    }
}
