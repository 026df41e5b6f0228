package io.natator.softswitch.agent.codec;

import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Instructions;
import io.natator.softswitch.flow.Match;
import io.natator.softswitch.flow.Profile;
import java.util.List;

/** Reads instructions (section 7.2.4). Their order on the wire means nothing. */
final class InstructionDecoder {
    static final int GOTO_TABLE = 1;
    static final int WRITE_METADATA = 2;
    static final int WRITE_ACTIONS = 3;
    static final int APPLY_ACTIONS = 4;
    static final int CLEAR_ACTIONS = 5;
    static final int METER = 6;
    private static final int EXPERIMENTER = 0xFFFF;
    private static final int HEADER = 4;

    private final Profile profile;
    private final ActionDecoder actions;
    private final Prerequisites known = new Prerequisites();

    InstructionDecoder(Profile profile, ActionDecoder actions) {
        this.profile = profile;
        this.actions = actions;
    }

    /** Reads instructions up to the end of {@code r}, of a rule in {@code table}. */
    Instructions read(Reader r, int table, Match match) {
        int meter = 0;
        List<Action> apply = List.of();
        boolean clear = false;
        List<Action> write = List.of();
        long metadata = 0;
        long metadataMask = 0;
        int gotoTable = -1;
        int seen = 0;
        while (r.left() > 0) {
            r.cutShort(ErrorCode.INSTRUCTION_BAD_LEN);
            int type = r.u16();
            int length = r.u16();
            if (length < 8 || (length & 7) != 0 || length - HEADER > r.left() || !rightLength(type, length)) {
                r.refuse(ErrorCode.INSTRUCTION_BAD_LEN, "instruction " + type + " of " + length + " octets");
                break;
            }
            if (type <= METER && (seen & (1 << type)) != 0) {
                r.refuse(ErrorCode.INSTRUCTION_DUPLICATE, "instruction " + type + " twice");
                break;
            }
            seen |= type <= METER ? 1 << type : 0;
            int before = r.narrow(length - HEADER);
            switch (type) {
                case GOTO_TABLE -> gotoTable = gotoTable(r, table);
                case WRITE_METADATA -> {
                    r.skip(4);
                    metadata = r.i64();
                    metadataMask = metadata(r);
                }
                case WRITE_ACTIONS -> write = actions(r, null);
                case APPLY_ACTIONS -> apply = actions(r, known.of(match));
                case CLEAR_ACTIONS -> clear = true;
                case METER -> meter = meter(r);
                case EXPERIMENTER -> r.refuse(ErrorCode.INSTRUCTION_BAD_EXPERIMENTER, "experimenter's instruction");
                default -> r.refuse(ErrorCode.INSTRUCTION_UNKNOWN, "instruction " + type);
            }
            r.widen(before);
        }
        return new Instructions(meter, apply, clear, write, metadata & metadataMask, metadataMask, gotoTable);
    }

    private static boolean rightLength(int type, int length) {
        return switch (type) {
            case GOTO_TABLE, CLEAR_ACTIONS, METER -> length == 8;
            case WRITE_METADATA -> length == 24;
            default -> true;
        };
    }

    /** @param about the packets; null for those of the action set, which are what further tables have made of them */
    private List<Action> actions(Reader r, Prerequisites about) {
        r.skip(4);
        return actions.read(r, about, false);
    }

    private int gotoTable(Reader r, int table) {
        int next = r.u8();
        if (next <= table || next >= profile.tables()) {
            r.refuse(ErrorCode.INSTRUCTION_BAD_TABLE_ID, "goto_table:" + next + " from table " + table);
        }
        return next;
    }

    private long metadata(Reader r) {
        long mask = r.i64();
        if (!profile.matches().contains(Field.METADATA)) {
            r.refuse(ErrorCode.INSTRUCTION_UNSUPPORTED_METADATA, "no metadata");
        }
        return mask;
    }

    private int meter(Reader r) {
        int meter = r.i32();
        if (profile.meters() == 0) {
            r.refuse(ErrorCode.INSTRUCTION_UNSUPPORTED, "no meters");
        } else if (meter == 0) {
            r.refuse(ErrorCode.METER_INVALID, "meter 0");
        }
        return meter;
    }
}
