package io.natator.softswitch.agent.codec;

import io.natator.softswitch.flow.Instructions;
import io.natator.softswitch.flow.Match;
import io.natator.softswitch.flow.Modification;
import io.natator.softswitch.flow.Modification.FlowCommand;
import io.natator.softswitch.flow.Modification.FlowMod;
import io.natator.softswitch.flow.Ports;
import io.natator.softswitch.flow.Profile;

/** Reads OFPT_FLOW_MOD (section 7.3.4.1). */
final class FlowModDecoder {
    private static final int ALL_FLAGS = FlowMod.SEND_FLOW_REM
            | FlowMod.CHECK_OVERLAP
            | FlowMod.RESET_COUNTS
            | FlowMod.NO_PKT_COUNTS
            | FlowMod.NO_BYT_COUNTS;
    private static final int NO_BUFFER = -1;
    private static final FlowCommand[] COMMANDS = FlowCommand.values();

    private final Profile profile;
    private final MatchDecoder matches;
    private final InstructionDecoder instructions;

    FlowModDecoder(Profile profile, MatchDecoder matches, InstructionDecoder instructions) {
        this.profile = profile;
        this.matches = matches;
        this.instructions = instructions;
    }

    /** Reads the body, behind the header. */
    Modification read(Reader r) {
        long cookie = r.i64();
        long cookieMask = r.i64();
        int table = r.u8();
        int command = r.u8();
        int idle = r.u16();
        int hard = r.u16();
        int priority = r.u16();
        int buffer = r.i32();
        int outPort = r.i32();
        int outGroup = r.i32();
        int flags = r.u16();
        r.skip(2);
        if (command >= COMMANDS.length) {
            r.refuse(ErrorCode.FLOW_BAD_COMMAND, "command " + command);
            return null;
        }
        boolean delete = command >= 3;
        if (table >= profile.tables() && !(delete && table == Ports.TABLE_ALL)) {
            r.refuse(ErrorCode.FLOW_BAD_TABLE_ID, "table " + table + " of " + profile.tables());
            return null;
        }
        if ((flags & ~ALL_FLAGS) != 0) {
            r.refuse(ErrorCode.FLOW_BAD_FLAGS, "flags 0x" + Integer.toHexString(flags));
            return null;
        }
        if (!delete && buffer != NO_BUFFER) {
            r.refuse(ErrorCode.REQUEST_BUFFER_UNKNOWN, "this switch keeps no packets");
            return null;
        }
        Match match = matches.read(r);
        Instructions done = delete || !r.ok() ? Instructions.NONE : instructions.read(r, table, match);
        return new FlowMod(
                COMMANDS[command],
                table,
                cookie,
                cookieMask,
                idle,
                hard,
                priority,
                outPort,
                outGroup,
                flags,
                match,
                done);
    }
}
