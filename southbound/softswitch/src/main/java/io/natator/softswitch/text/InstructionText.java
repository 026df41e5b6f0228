package io.natator.softswitch.text;

import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Instructions;
import io.natator.softswitch.flow.Ports;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Instructions and actions as {@code ovs-ofctl} writes them: {@code dec_ttl,output:2,goto_table:3}. */
public final class InstructionText {
    private InstructionText() {}

    /** What a rule does; {@code drop} if nothing. */
    public static String of(Instructions in) {
        StringJoiner text = new StringJoiner(",");
        text.setEmptyValue("drop");
        if (in.meter() != 0) {
            text.add("meter:" + Integer.toUnsignedString(in.meter()));
        }
        in.apply().forEach(action -> text.add(of(action)));
        if (in.clear()) {
            text.add("clear_actions");
        }
        if (!in.write().isEmpty()) {
            text.add(in.write().stream()
                    .map(InstructionText::of)
                    .collect(Collectors.joining(",", "write_actions(", ")")));
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

    private static String of(Action action) {
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
