package io.natator.softswitch.differential;

import com.google.common.net.InetAddresses;
import io.natator.packet.Ip6;
import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Instructions;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.flow.Match;
import io.natator.softswitch.flow.Modification.Bucket;
import io.natator.softswitch.flow.Modification.FlowMod;
import io.natator.softswitch.flow.Modification.GroupMod;
import io.natator.softswitch.flow.Ports;
import io.natator.softswitch.text.FieldText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Rules and groups as {@code ovs-ofctl bundle} reads them (ovs-ofctl(8), ovs-fields(7), ovs-actions(7)). */
final class OvsText {
    private OvsText() {}

    static String flow(FlowMod mod) {
        return "flow add table=%d,priority=%d%s,actions=%s"
                .formatted(mod.table(), mod.priority(), match(mod.match()), instructions(mod.instructions()));
    }

    static String group(GroupMod mod) {
        String type = mod.type().name().toLowerCase(Locale.ROOT).replace("fast_failover", "ff");
        return "group add group_id=%d,type=%s%s"
                .formatted(
                        mod.group(),
                        type,
                        mod.buckets().stream().map(b -> bucket(mod, b)).collect(Collectors.joining()));
    }

    private static String bucket(GroupMod mod, Bucket bucket) {
        String watch = mod.type().name().equals("FAST_FAILOVER") ? "watch_port:" + bucket.watchPort() + "," : "";
        return ",bucket=" + watch + "actions=" + actions(bucket.actions());
    }

    private static String match(Match match) {
        StringBuilder text = new StringBuilder();
        for (Field field : order()) {
            long mask = Key.get(match.mask(), field);
            long high = Key.high(match.mask(), field);
            if ((mask == 0 && high == 0) || field == Field.IN_PHY_PORT) {
                continue;
            }
            if (sharesItsPlace(field) && !meant(match, field)) {
                continue;
            }
            text.append(',').append(name(field)).append('=');
            text.append(value(field, Key.high(match.value(), field), Key.get(match.value(), field)));
            if (mask != field.ones() || (field.wide() && high != -1)) {
                text.append('/').append(value(field, high, mask));
            }
        }
        return text.toString();
    }

    /** ovs-ofctl wants a prerequisite before what needs it. */
    private static List<Field> order() {
        List<Field> order = new ArrayList<>(List.of(Field.IN_PORT, Field.ETH_TYPE, Field.VLAN_VID, Field.IP_PROTO));
        order.addAll(List.of(Field.ICMPV6_TYPE, Field.ICMPV6_CODE));
        for (Field field : Field.values()) {
            if (!order.contains(field)) {
                order.add(field);
            }
        }
        return order;
    }

    private static boolean sharesItsPlace(Field field) {
        return switch (field.prerequisite()) {
            case TCP, UDP, SCTP, ICMPV4, ICMPV6, ARP, ND, ND_NS, ND_NA, IPV4 -> true;
            default -> false;
        };
    }

    private static boolean meant(Match match, Field field) {
        long type = Key.get(match.value(), Field.ETH_TYPE);
        long protocol = Key.get(match.value(), Field.IP_PROTO);
        long icmp = Key.get(match.value(), Field.ICMPV6_TYPE);
        return switch (field.prerequisite()) {
            case TCP -> protocol == 6;
            case UDP -> protocol == 17;
            case SCTP -> protocol == 132;
            case ICMPV4 -> type == 0x0800 && protocol == 1;
            case ICMPV6 -> type == 0x86DD && protocol == 58;
            case ARP -> type == 0x0806;
            case IPV4 -> type == 0x0800;
            case ND_NS -> type == 0x86DD && protocol == 58 && icmp == 135;
            case ND_NA -> type == 0x86DD && protocol == 58 && icmp == 136;
            default -> true;
        };
    }

    private static String instructions(Instructions todo) {
        List<String> all = new ArrayList<>();
        if (!todo.apply().isEmpty()) {
            all.add(actions(todo.apply()));
        }
        if (todo.clear()) {
            all.add("clear_actions");
        }
        if (!todo.write().isEmpty()) {
            all.add("write_actions(" + actions(todo.write()) + ")");
        }
        if (todo.metadataMask() != 0) {
            all.add("write_metadata:%#x/%#x".formatted(todo.metadata(), todo.metadataMask()));
        }
        if (todo.gotoTable() >= 0) {
            all.add("goto_table:" + todo.gotoTable());
        }
        return all.isEmpty() ? "drop" : String.join(",", all);
    }

    private static String actions(List<Action> actions) {
        return actions.isEmpty()
                ? "drop"
                : actions.stream().map(OvsText::action).collect(Collectors.joining(","));
    }

    private static String action(Action action) {
        return switch (action) {
            case Action.Output(int port, int maxLength) -> output(port, maxLength);
            case Action.SetField set -> set(set);
            case Action.Move(Field from, int fromOffset, Field to, int toOffset, int bits) ->
                "move:%s->%s".formatted(bits(from, fromOffset, bits), bits(to, toOffset, bits));
            case Action.PushVlan(int type) -> "push_vlan:%#x".formatted(type);
            case Action.PopVlan() -> "pop_vlan";
            case Action.PushMpls(int type) -> "push_mpls:%#x".formatted(type);
            case Action.PopMpls(int type) -> "pop_mpls:%#x".formatted(type);
            case Action.SetMplsTtl(int ttl) -> "set_mpls_ttl(" + ttl + ")";
            case Action.DecMplsTtl() -> "dec_mpls_ttl";
            case Action.SetNwTtl(int ttl) -> "mod_nw_ttl:" + ttl;
            case Action.DecNwTtl() -> "dec_ttl";
            case Action.SetQueue(int queue) -> "set_queue:" + queue;
            case Action.Group(int group) -> "group:" + group;
            case Action.PushPbb(int type) -> throw new IllegalArgumentException("no PBB in Open vSwitch: " + type);
            case Action.Translate _ -> throw new IllegalArgumentException("not in Open vSwitch: " + action);
            case Action.PopPbb(), Action.CopyTtlIn(), Action.CopyTtlOut() ->
                throw new IllegalArgumentException("not in Open vSwitch: " + action);
        };
    }

    private static String output(int port, int maxLength) {
        return switch (port) {
            case Ports.IN_PORT -> "in_port";
            case Ports.ALL -> "all";
            case Ports.FLOOD -> "flood";
            case Ports.CONTROLLER -> "controller:" + maxLength;
            default -> "output:" + port;
        };
    }

    private static String set(Action.SetField set) {
        Field field = set.field();
        String value = value(field, set.high(), set.value());
        boolean whole = set.mask() == field.ones() && (!field.wide() || set.maskHigh() == -1);
        return "set_field:%s%s->%s"
                .formatted(value, whole ? "" : "/" + value(field, set.maskHigh(), set.mask()), name(field));
    }

    private static String bits(Field field, int offset, int bits) {
        return "%s[%d..%d]".formatted(name(field), offset, offset + bits - 1);
    }

    private static String name(Field field) {
        return switch (field) {
            case IP_TTL -> "nw_ttl"; // its match knows no ip_ttl
            case TUNNEL_ID -> "tun_id";
            default -> FieldText.setName(field);
        };
    }

    private static String value(Field field, long high, long value) {
        return switch (field) {
            case ETH_DST, ETH_SRC, ARP_SHA, ARP_THA, IPV6_ND_SLL, IPV6_ND_TLL ->
                String.format("%012x", value).replaceAll("(..)(?=.)", "$1:");
            case IPV4_SRC, IPV4_DST, ARP_SPA, ARP_TPA ->
                InetAddresses.fromInteger((int) value).getHostAddress();
            case IPV6_SRC, IPV6_DST, IPV6_ND_TARGET -> ipv6(new Ip6(high, value));
            case IN_PORT -> Long.toString(value);
            default -> "0x" + Long.toHexString(value);
        };
    }

    /** Eight groups, so that addresses that hold an IPv4 address are written like any other. */
    private static String ipv6(Ip6 address) {
        return String.format("%016x%016x", address.high(), address.low()).replaceAll("(....)(?=.)", "$1:");
    }
}
