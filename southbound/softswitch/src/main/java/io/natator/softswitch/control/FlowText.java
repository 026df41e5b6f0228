package io.natator.softswitch.control;

import io.natator.softswitch.flow.Modification.FlowMod;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.text.InstructionText;
import io.natator.softswitch.text.MatchText;
import java.util.Comparator;
import java.util.Locale;

/** Rules as {@code ovs-ofctl dump-flows} writes them. */
final class FlowText {
    /** As people read tables: from the first, and what is looked at first on top. */
    static final Comparator<Reply.Flow> ORDER = Comparator.comparingInt(Reply.Flow::table)
            .thenComparing(Comparator.comparingInt(Reply.Flow::priority).reversed());

    private FlowText() {}

    /** @param counts false leaves out what changes by itself */
    static String of(Reply.Flow flow, boolean counts) {
        StringBuilder text = new StringBuilder("cookie=0x").append(Long.toHexString(flow.cookie()));
        if (counts) {
            text.append(String.format(Locale.ROOT, ", duration=%.3fs", flow.ageNanos() / 1e9));
        }
        text.append(", table=").append(flow.table());
        if (counts) {
            text.append(", n_packets=")
                    .append(flow.packets())
                    .append(", n_bytes=")
                    .append(flow.bytes());
        }
        if (flow.idleTimeout() != 0) {
            text.append(", idle_timeout=").append(flow.idleTimeout());
        }
        if (flow.hardTimeout() != 0) {
            text.append(", hard_timeout=").append(flow.hardTimeout());
        }
        text.append(", ").append(flags(flow.flags()));
        String match = MatchText.of(flow.match());
        text.append("priority=").append(flow.priority()).append(match.isEmpty() ? "" : ",");
        return text.append(match)
                .append(" actions=")
                .append(InstructionText.of(flow.instructions()))
                .toString();
    }

    private static String flags(int flags) {
        return ((flags & FlowMod.SEND_FLOW_REM) != 0 ? "send_flow_rem " : "")
                + ((flags & FlowMod.CHECK_OVERLAP) != 0 ? "check_overlap " : "")
                + ((flags & FlowMod.RESET_COUNTS) != 0 ? "reset_counts " : "")
                + ((flags & FlowMod.NO_PKT_COUNTS) != 0 ? "no_packet_counts " : "")
                + ((flags & FlowMod.NO_BYT_COUNTS) != 0 ? "no_byte_counts " : "");
    }
}
