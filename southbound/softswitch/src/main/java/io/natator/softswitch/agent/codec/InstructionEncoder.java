package io.natator.softswitch.agent.codec;

import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Instructions;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** Writes instructions (section 7.2.4), in the order in which they are executed. */
final class InstructionEncoder {
    private InstructionEncoder() {}

    static void write(ByteBuf out, Instructions in) {
        if (in.meter() != 0) {
            out.writeShort(InstructionDecoder.METER).writeShort(8).writeInt(in.meter());
        }
        actions(out, InstructionDecoder.APPLY_ACTIONS, in.apply());
        if (in.clear()) {
            out.writeShort(InstructionDecoder.CLEAR_ACTIONS).writeShort(8).writeInt(0);
        }
        actions(out, InstructionDecoder.WRITE_ACTIONS, in.write());
        if (in.metadataMask() != 0) {
            out.writeShort(InstructionDecoder.WRITE_METADATA).writeShort(24).writeInt(0);
            out.writeLong(in.metadata()).writeLong(in.metadataMask());
        }
        if (in.gotoTable() >= 0) {
            out.writeShort(InstructionDecoder.GOTO_TABLE)
                    .writeShort(8)
                    .writeByte(in.gotoTable())
                    .writeZero(3);
        }
    }

    private static void actions(ByteBuf out, int type, List<Action> actions) {
        if (!actions.isEmpty()) {
            int start = out.writerIndex();
            out.writeShort(type).writeShort(0).writeInt(0);
            ActionEncoder.write(out, actions);
            out.setShort(start + 2, out.writerIndex() - start);
        }
    }
}
