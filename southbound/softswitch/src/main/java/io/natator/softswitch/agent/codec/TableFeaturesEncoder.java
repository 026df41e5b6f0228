package io.natator.softswitch.agent.codec;

import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Profile;
import io.netty.buffer.ByteBuf;
import java.util.stream.IntStream;

/**
 * Writes table features (section 7.3.5.5) as the profile has them. Actions of Nicira and of Natator are listed with their experimenter
 * id and subtype, and NXM_NX_IP_TTL among the match fields, so that a controller need not guess.
 */
public final class TableFeaturesEncoder {
    private static final int NAME = 32;
    private static final int INSTRUCTIONS = 0;
    private static final int NEXT_TABLES = 2;
    private static final int WRITE_ACTIONS = 4;
    private static final int APPLY_ACTIONS = 6;
    private static final int MATCH = 8;
    private static final int WILDCARDS = 10;
    private static final int WRITE_SET_FIELD = 12;
    private static final int APPLY_SET_FIELD = 14;
    private static final int EXPERIMENTER_LENGTH = 16;

    private TableFeaturesEncoder() {}

    /** All tables. */
    public static void write(ByteBuf out, int xid, Profile profile) {
        Parts parts = new Parts(out, xid, MessageType.MP_TABLE_FEATURES);
        for (int table = 0; table < profile.tables(); table++) {
            table(parts.entry(), table, profile);
            parts.done();
        }
        parts.end(false);
    }

    private static void table(ByteBuf b, int table, Profile profile) {
        long metadata = profile.matches().contains(Field.METADATA) ? -1L : 0;
        int start = b.writerIndex();
        b.writeShort(0).writeByte(table).writeZero(5);
        EventEncoder.name(b, "table" + table, NAME);
        b.writeLong(metadata).writeLong(metadata).writeInt(0).writeInt(profile.capacity());
        boolean last = table == profile.tables() - 1;
        property(
                b,
                INSTRUCTIONS,
                () -> instructions(profile, last)
                        .forEach(type -> b.writeShort(type).writeShort(4)));
        property(
                b,
                NEXT_TABLES,
                () -> IntStream.range(table + 1, profile.tables()).forEach(b::writeByte));
        property(b, WRITE_ACTIONS, () -> actionIds(b, profile));
        property(b, APPLY_ACTIONS, () -> {
            actionIds(b, profile);
            if (profile.actions().contains(Action.Kind.TRANSLATE)) {
                experimenter(b, ActionType.NATATOR, ActionType.NATATOR_TRANSLATE);
            }
        });
        property(b, MATCH, () -> matches(b, profile));
        // any field may be left out; whether it takes a mask, MATCH has said
        property(b, WILDCARDS, () -> profile.matches().forEach(field -> b.writeInt(Oxm.header(field))));
        property(b, WRITE_SET_FIELD, () -> setFields(b, profile));
        property(b, APPLY_SET_FIELD, () -> setFields(b, profile));
        b.setShort(start, b.writerIndex() - start);
    }

    private static void property(ByteBuf b, int type, Runnable body) {
        int start = b.writerIndex();
        b.writeShort(type).writeShort(0);
        body.run();
        int length = b.writerIndex() - start;
        b.setShort(start + 2, length).writeZero(-length & 7);
    }

    private static IntStream instructions(Profile profile, boolean last) {
        return IntStream.rangeClosed(InstructionDecoder.GOTO_TABLE, InstructionDecoder.METER)
                .filter(type -> switch (type) {
                    case InstructionDecoder.GOTO_TABLE -> !last;
                    case InstructionDecoder.WRITE_METADATA -> profile.matches().contains(Field.METADATA);
                    case InstructionDecoder.METER -> profile.meters() > 0;
                    default -> true;
                });
    }

    /** ofp_action_type of all standard actions that the profile has. */
    private static IntStream actions(Profile profile) {
        return profile.actions().stream()
                .filter(kind -> kind != Action.Kind.GROUP || profile.groups() > 0)
                .mapToInt(Action.Kind::number)
                .filter(number -> number >= 0);
    }

    /** The same as a bitmap, as group features have it. */
    static int actionBits(Profile profile) {
        return actions(profile).map(type -> 1 << type).reduce(0, (a, b) -> a | b);
    }

    private static void actionIds(ByteBuf b, Profile profile) {
        actions(profile).forEach(type -> b.writeShort(type).writeShort(4));
        if (profile.actions().contains(Action.Kind.MOVE)) {
            experimenter(b, ActionType.NICIRA, ActionType.NX_REG_MOVE);
        }
        if (profile.actions().contains(Action.Kind.SET_FIELD_MASKED)) {
            experimenter(b, ActionType.NICIRA, ActionType.NX_REG_LOAD);
            experimenter(b, ActionType.NICIRA, ActionType.NX_REG_LOAD2);
        }
    }

    /** An action's header without its arguments. */
    private static void experimenter(ByteBuf b, int id, int subtype) {
        b.writeShort(ActionType.EXPERIMENTER).writeShort(EXPERIMENTER_LENGTH);
        b.writeInt(id).writeShort(subtype).writeZero(6);
    }

    private static void matches(ByteBuf b, Profile profile) {
        profile.matches()
                .forEach(field ->
                        b.writeInt(profile.masks().contains(field) ? Oxm.maskedHeader(field) : Oxm.header(field)));
    }

    private static void setFields(ByteBuf b, Profile profile) {
        profile.setFields().stream()
                .filter(field -> field != Field.IP_TTL) // by Nicira's actions only
                .forEach(field -> b.writeInt(Oxm.header(field)));
    }
}
