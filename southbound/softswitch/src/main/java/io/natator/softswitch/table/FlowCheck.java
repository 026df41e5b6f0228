package io.natator.softswitch.table;

import io.natator.softswitch.flow.ErrorType;
import io.natator.softswitch.flow.Instructions;
import io.natator.softswitch.flow.Modification.FlowCommand;
import io.natator.softswitch.flow.Modification.FlowMod;
import io.natator.softswitch.flow.Ports;
import io.natator.softswitch.flow.Profile;
import io.natator.softswitch.flow.Refused;
import java.util.function.IntPredicate;

/** Whether a flow-mod can be carried out, as far as that does not depend on other rules (OpenFlow 1.3.5, section 6.4). */
final class FlowCheck {
    private static final int KNOWN_FLAGS = FlowMod.SEND_FLOW_REM
            | FlowMod.CHECK_OVERLAP
            | FlowMod.RESET_COUNTS
            | FlowMod.NO_PKT_COUNTS
            | FlowMod.NO_BYT_COUNTS;

    private final Profile profile;
    private final MatchCheck matches;
    private final ActionCheck actions;
    private final IntPredicate meterExists;

    FlowCheck(Profile profile, IntPredicate groupExists, IntPredicate meterExists, IntPredicate shareExists) {
        this.profile = profile;
        this.meterExists = meterExists;
        matches = new MatchCheck(profile);
        actions = new ActionCheck(profile, groupExists, shareExists);
    }

    void check(FlowMod mod) throws Refused {
        boolean deletes = mod.command() == FlowCommand.DELETE || mod.command() == FlowCommand.DELETE_STRICT;
        if (mod.table() >= profile.tables() && !(deletes && mod.table() == Ports.TABLE_ALL)) {
            throw new Refused(ErrorType.FLOW_MOD_FAILED_BAD_TABLE_ID, "no table " + mod.table());
        }
        if ((mod.flags() & ~KNOWN_FLAGS) != 0) {
            throw new Refused(ErrorType.FLOW_MOD_FAILED_BAD_FLAGS, "flags 0x%x".formatted(mod.flags()));
        }
        Shape shape = new Shape(mod.match());
        matches.check(mod.match(), shape);
        if (!deletes) {
            check(mod.table(), mod.instructions(), shape);
        }
    }

    private void check(int table, Instructions instructions, Shape shape) throws Refused {
        int next = instructions.gotoTable();
        if (next != -1 && (next <= table || next >= profile.tables())) {
            throw new Refused(
                    ErrorType.BAD_INSTRUCTION_BAD_TABLE_ID, "from table " + table + " nothing goes to table " + next);
        }
        if (instructions.meter() != 0 && !meterExists.test(instructions.meter())) {
            throw new Refused(
                    ErrorType.METER_MOD_FAILED_INVALID_METER,
                    "no meter " + Integer.toUnsignedString(instructions.meter()));
        }
        actions.apply(instructions.apply(), shape);
        actions.write(instructions.write(), shape);
    }
}
