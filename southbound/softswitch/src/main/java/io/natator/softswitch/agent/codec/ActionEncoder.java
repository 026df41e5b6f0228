package io.natator.softswitch.agent.codec;

import io.natator.openflow.codec.TranslateAction;
import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Field;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** Writes actions (section 7.2.5). */
final class ActionEncoder {
    private ActionEncoder() {}

    static void write(ByteBuf out, List<Action> actions) {
        actions.forEach(action -> write(out, action));
    }

    private static void write(ByteBuf out, Action action) {
        switch (action) {
            case Action.Output o ->
                out.writeShort(ActionType.OUTPUT)
                        .writeShort(16)
                        .writeInt(o.port())
                        .writeShort(o.maxLength())
                        .writeZero(6);
            case Action.SetField s -> setField(out, s);
            case Action.Move m ->
                nicira(out, ActionType.NX_REG_MOVE)
                        .writeShort(m.bits())
                        .writeShort(m.fromOffset())
                        .writeShort(m.toOffset())
                        .writeInt(Oxm.nxmHeader(m.from()))
                        .writeInt(Oxm.nxmHeader(m.to()));
            case Action.PushVlan p -> argument16(out, ActionType.PUSH_VLAN, p.etherType());
            case Action.PopVlan _ -> argument16(out, ActionType.POP_VLAN, 0);
            case Action.PushMpls p -> argument16(out, ActionType.PUSH_MPLS, p.etherType());
            case Action.PopMpls p -> argument16(out, ActionType.POP_MPLS, p.etherType());
            case Action.PushPbb p -> argument16(out, ActionType.PUSH_PBB, p.etherType());
            case Action.PopPbb _ -> argument16(out, ActionType.POP_PBB, 0);
            case Action.SetMplsTtl t -> argument16(out, ActionType.SET_MPLS_TTL, t.ttl() << 8);
            case Action.DecMplsTtl _ -> argument16(out, ActionType.DEC_MPLS_TTL, 0);
            case Action.SetNwTtl t -> argument16(out, ActionType.SET_NW_TTL, t.ttl() << 8);
            case Action.DecNwTtl _ -> argument16(out, ActionType.DEC_NW_TTL, 0);
            case Action.CopyTtlOut _ -> argument16(out, ActionType.COPY_TTL_OUT, 0);
            case Action.CopyTtlIn _ -> argument16(out, ActionType.COPY_TTL_IN, 0);
            case Action.SetQueue q -> argument32(out, ActionType.SET_QUEUE, q.queue());
            case Action.Translate t ->
                out.writeShort(ActionType.EXPERIMENTER)
                        .writeShort(TranslateAction.LENGTH)
                        .writeInt(ActionType.NATATOR)
                        .writeShort(ActionType.NATATOR_TRANSLATE)
                        .writeByte(TranslateAction.number(t.direction()))
                        .writeByte(0)
                        .writeInt(t.share());
            case Action.Group g -> argument32(out, ActionType.GROUP, g.group());
        }
    }

    private static void argument16(ByteBuf out, int type, int value) {
        out.writeShort(type).writeShort(8).writeShort(value).writeShort(0);
    }

    private static void argument32(ByteBuf out, int type, int value) {
        out.writeShort(type).writeShort(8).writeInt(value);
    }

    private static ByteBuf nicira(ByteBuf out, int subtype) {
        return out.writeShort(ActionType.EXPERIMENTER)
                .writeShort(24)
                .writeInt(ActionType.NICIRA)
                .writeShort(subtype);
    }

    /** A whole field as set-field, one run of its bits as reg_load, anything else as reg_load2. */
    private static void setField(ByteBuf out, Action.SetField set) {
        Field field = set.field();
        boolean whole = set.mask() == field.ones() && (!field.wide() || set.maskHigh() == -1L);
        if (whole && field != Field.IP_TTL) {
            int start = out.writerIndex();
            out.writeShort(ActionType.SET_FIELD).writeShort(0);
            oxm(out, set, false);
            pad(out, start);
            return;
        }
        long high = field.wide() ? set.maskHigh() : 0;
        int bits = Long.bitCount(high) + Long.bitCount(set.mask());
        int offset = set.mask() != 0 ? Long.numberOfTrailingZeros(set.mask()) : 64 + Long.numberOfTrailingZeros(high);
        if (bits >= 1 && bits <= 64 && isRun(high, set.mask(), offset, bits)) {
            nicira(out, ActionType.NX_REG_LOAD)
                    .writeShort(offset << 6 | (bits - 1))
                    .writeInt(Oxm.nxmHeader(field))
                    .writeLong(right(field.wide() ? set.high() : 0, set.value(), offset));
        } else {
            int start = out.writerIndex();
            out.writeShort(ActionType.EXPERIMENTER)
                    .writeShort(0)
                    .writeInt(ActionType.NICIRA)
                    .writeShort(ActionType.NX_REG_LOAD2)
                    .writeZero(6);
            oxm(out, set, true);
            pad(out, start);
        }
    }

    private static void oxm(ByteBuf out, Action.SetField set, boolean masked) {
        Field field = set.field();
        out.writeInt(masked ? Oxm.maskedHeader(field) : Oxm.header(field));
        half(out, field, set.high(), set.value());
        if (masked) {
            half(out, field, set.maskHigh(), set.mask());
        }
    }

    private static void half(ByteBuf out, Field field, long high, long low) {
        if (field.wide()) {
            out.writeLong(high).writeLong(low);
        } else {
            MatchEncoder.number(out, low, Oxm.octets(field));
        }
    }

    private static void pad(ByteBuf out, int start) {
        out.writeZero(-(out.writerIndex() - start) & 7);
        out.setShort(start + 2, out.writerIndex() - start);
    }

    /** True if the mask is {@code bits} ones from bit {@code offset} on. */
    private static boolean isRun(long high, long low, int offset, int bits) {
        return right(high, low, offset) == -1L >>> (64 - bits);
    }

    /** The low 64 bits of a number of two halves, moved to the right. */
    private static long right(long high, long low, int offset) {
        return offset >= 64 ? high >>> (offset - 64) : offset == 0 ? low : (low >>> offset) | (high << (64 - offset));
    }
}
