package io.natator.softswitch.control;

import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Instructions;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.flow.Match;
import io.natator.softswitch.flow.Modification.FlowMod;
import io.natator.softswitch.flow.Ports;
import io.natator.softswitch.flow.Reply;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Rules as {@code ovs-ofctl dump-flows} writes them. */
final class FlowText {
    /** As people read tables: from the first, and what is looked at first on top. */
    static final Comparator<Reply.Flow> ORDER = Comparator.comparingInt(Reply.Flow::table)
            .thenComparing(Comparator.comparingInt(Reply.Flow::priority).reversed());

    private static final Field[] FIELDS = Field.values();

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
        String match = match(flow.match());
        text.append("priority=").append(flow.priority()).append(match.isEmpty() ? "" : ",");
        return text.append(match)
                .append(" actions=")
                .append(instructions(flow.instructions()))
                .toString();
    }

    private static String flags(int flags) {
        return ((flags & FlowMod.SEND_FLOW_REM) != 0 ? "send_flow_rem " : "")
                + ((flags & FlowMod.CHECK_OVERLAP) != 0 ? "check_overlap " : "")
                + ((flags & FlowMod.RESET_COUNTS) != 0 ? "reset_counts " : "")
                + ((flags & FlowMod.NO_PKT_COUNTS) != 0 ? "no_packet_counts " : "")
                + ((flags & FlowMod.NO_BYT_COUNTS) != 0 ? "no_byte_counts " : "");
    }

    /** Empty if it takes every packet. */
    static String match(Match match) {
        StringJoiner text = new StringJoiner(",");
        String kind = kind(match);
        if (!kind.isEmpty()) {
            text.add(kind);
        }
        boolean protocolSaid = !kind.isEmpty()
                && !List.of("ip", "ipv6", "arp", "mpls", "mplsm").contains(kind);
        for (Field field : FIELDS) {
            long maskHigh = Key.high(match.mask(), field);
            long mask = Key.get(match.mask(), field);
            boolean said = (field == Field.ETH_TYPE && !kind.isEmpty()) || (field == Field.IP_PROTO && protocolSaid);
            if ((maskHigh | mask) != 0 && !said && field.prerequisite().in(match.value())) {
                long high = Key.high(match.value(), field);
                long value = Key.get(match.value(), field);
                text.add(FieldText.matchName(field) + "=" + FieldText.value(field, high, value, maskHigh, mask));
            }
        }
        return text.toString();
    }

    /** The word for an ethertype and, where there is one, its protocol; empty if there is none. */
    private static String kind(Match match) {
        if (Key.get(match.mask(), Field.ETH_TYPE) != Field.ETH_TYPE.ones()) {
            return "";
        }
        boolean protocol = Key.get(match.mask(), Field.IP_PROTO) == Field.IP_PROTO.ones();
        int number = protocol ? (int) Key.get(match.value(), Field.IP_PROTO) : -1;
        return switch ((int) Key.get(match.value(), Field.ETH_TYPE)) {
            case 0x0800 ->
                switch (number) {
                    case 1 -> "icmp";
                    case 6 -> "tcp";
                    case 17 -> "udp";
                    case 132 -> "sctp";
                    default -> "ip";
                };
            case 0x86DD ->
                switch (number) {
                    case 58 -> "icmp6";
                    case 6 -> "tcp6";
                    case 17 -> "udp6";
                    case 132 -> "sctp6";
                    default -> "ipv6";
                };
            case 0x0806 -> "arp";
            case 0x8847 -> "mpls";
            case 0x8848 -> "mplsm";
            default -> "";
        };
    }

    static String instructions(Instructions in) {
        StringJoiner text = new StringJoiner(",");
        text.setEmptyValue("drop");
        if (in.meter() != 0) {
            text.add("meter:" + Integer.toUnsignedString(in.meter()));
        }
        in.apply().forEach(action -> text.add(action(action)));
        if (in.clear()) {
            text.add("clear_actions");
        }
        if (!in.write().isEmpty()) {
            text.add(in.write().stream().map(FlowText::action).collect(Collectors.joining(",", "write_actions(", ")")));
        }
        if (in.metadataMask() != 0) {
            text.add("write_metadata:0x" + Long.toHexString(in.metadata())
                    + (in.metadataMask() == -1L ? "" : "/0x" + Long.toHexString(in.metadataMask())));
        }
        if (in.gotoTable() >= 0) {
            text.add("goto_table:" + in.gotoTable());
        }
        return text.toString();
    }

    static String action(Action action) {
        return switch (action) {
            case Action.Output o -> output(o);
            case Action.SetField s -> set(s);
            case Action.Move m ->
                "move:" + bits(m.from(), m.fromOffset(), m.bits()) + "->" + bits(m.to(), m.toOffset(), m.bits());
            case Action.PushVlan p -> "push_vlan:0x" + Integer.toHexString(p.etherType());
            case Action.PopVlan _ -> "pop_vlan";
            case Action.PushMpls p -> "push_mpls:0x" + Integer.toHexString(p.etherType());
            case Action.PopMpls p -> "pop_mpls:0x" + Integer.toHexString(p.etherType());
            case Action.PushPbb p -> "push_pbb:0x" + Integer.toHexString(p.etherType());
            case Action.PopPbb _ -> "pop_pbb";
            case Action.SetMplsTtl t -> "set_mpls_ttl(" + t.ttl() + ")";
            case Action.DecMplsTtl _ -> "dec_mpls_ttl";
            case Action.SetNwTtl t -> "mod_nw_ttl:" + t.ttl();
            case Action.DecNwTtl _ -> "dec_ttl";
            case Action.CopyTtlOut _ -> "copy_ttl_out";
            case Action.CopyTtlIn _ -> "copy_ttl_in";
            case Action.SetQueue q -> "set_queue:" + Integer.toUnsignedString(q.queue());
            case Action.Translate t ->
                "translate(share=" + t.share() + ","
                        + t.direction().name().toLowerCase(Locale.ROOT).replace('_', '-') + ")";
            case Action.Group g -> "group:" + Integer.toUnsignedString(g.group());
        };
    }

    private static String output(Action.Output o) {
        return switch (o.port()) {
            case Ports.CONTROLLER -> "CONTROLLER:" + o.maxLength();
            case Ports.IN_PORT, Ports.NORMAL, Ports.FLOOD, Ports.ALL, Ports.TABLE -> FieldText.port(o.port());
            default -> "output:" + Integer.toUnsignedString(o.port());
        };
    }

    /** One run of bits is a load; the whole, or bits here and there, a set_field. */
    private static String set(Action.SetField s) {
        Field field = s.field();
        long high = field.wide() ? s.maskHigh() : 0;
        boolean inOneHalf = high == 0 || s.mask() == 0;
        long half = s.mask() == 0 ? high : s.mask();
        int zeros = Long.numberOfTrailingZeros(half);
        boolean run = inOneHalf && half != 0 && (((half >>> zeros) + 1) & (half >>> zeros)) == 0;
        if (s.masked() && run) {
            int offset = zeros + (s.mask() == 0 ? 64 : 0);
            long value = (s.mask() == 0 ? s.high() : s.value()) >>> zeros;
            return "load:0x" + Long.toHexString(value) + "->" + bits(field, offset, Long.bitCount(half));
        }
        return "set_field:" + FieldText.value(field, s.high(), s.value(), s.maskHigh(), s.mask()) + "->"
                + FieldText.setName(field);
    }

    private static String bits(Field field, int offset, int bits) {
        String range = bits == field.bits() ? "" : bits == 1 ? "" + offset : offset + ".." + (offset + bits - 1);
        return FieldText.bitsName(field) + "[" + range + "]";
    }
}
