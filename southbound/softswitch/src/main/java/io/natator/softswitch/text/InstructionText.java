package io.natator.softswitch.text;

import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Instructions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Instructions and actions in words: {@code apply(dec_nw_ttl,output:2),goto:3}. */
public final class InstructionText {
    private InstructionText() {}

    /** What a rule does; {@code drop} if nothing. */
    public static String of(Instructions instructions) {
        List<String> parts = new ArrayList<>();
        if (instructions.meter() != 0) {
            parts.add("meter:" + Integer.toUnsignedString(instructions.meter()));
        }
        if (!instructions.apply().isEmpty()) {
            parts.add("apply(" + of(instructions.apply()) + ")");
        }
        if (instructions.clear()) {
            parts.add("clear");
        }
        if (!instructions.write().isEmpty()) {
            parts.add("write(" + of(instructions.write()) + ")");
        }
        if (instructions.metadataMask() != 0) {
            parts.add("metadata:0x%x/0x%x".formatted(instructions.metadata(), instructions.metadataMask()));
        }
        if (instructions.gotoTable() >= 0) {
            parts.add("goto:" + instructions.gotoTable());
        }
        return parts.isEmpty() ? "drop" : String.join(",", parts);
    }

    /** Actions, with commas between. */
    public static String of(List<Action> actions) {
        return actions.stream().map(InstructionText::of).collect(Collectors.joining(","));
    }

    private static String of(Action action) {
        String name = action.kind().name().toLowerCase(Locale.ROOT);
        return switch (action) {
            case Action.Output output -> "output:" + ValueText.port(output.port());
            case Action.SetField set -> set(set);
            case Action.Move move ->
                "move:%s[%d]->%s[%d]:%d"
                        .formatted(
                                lower(move.from().name()),
                                move.fromOffset(),
                                lower(move.to().name()),
                                move.toOffset(),
                                move.bits());
            case Action.PushVlan push -> typed(name, push.etherType());
            case Action.PushMpls push -> typed(name, push.etherType());
            case Action.PopMpls pop -> typed(name, pop.etherType());
            case Action.PushPbb push -> typed(name, push.etherType());
            case Action.SetMplsTtl set -> name + ":" + set.ttl();
            case Action.SetNwTtl set -> name + ":" + set.ttl();
            case Action.SetQueue queue -> name + ":" + queue.queue();
            case Action.Translate t ->
                name + "(share=" + t.share() + "," + lower(t.direction().name()).replace('_', '-') + ")";
            case Action.Group group -> name + ":" + Integer.toUnsignedString(group.group());
            case Action.PopVlan _,
                    Action.PopPbb _,
                    Action.DecMplsTtl _,
                    Action.DecNwTtl _,
                    Action.CopyTtlOut _,
                    Action.CopyTtlIn _ -> name;
        };
    }

    private static String set(Action.SetField set) {
        String text = "set:" + lower(set.field().name()) + "=" + ValueText.of(set.field(), set.high(), set.value());
        return set.masked() ? text + "/" + ValueText.mask(set.field(), set.maskHigh(), set.mask()) : text;
    }

    private static String typed(String name, int etherType) {
        return "%s:0x%04x".formatted(name, etherType);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
