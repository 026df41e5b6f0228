package io.natator.softswitch.table;

import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.flow.Match;
import io.natator.softswitch.flow.Prerequisite;

/** What is certain of the packets that a rule takes, between two of its actions (OpenFlow 1.3.5, section 7.2.3.8). */
final class Shape {
    private static final int UNKNOWN = -1;
    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMPV6 = 58;
    private static final int SCTP = 132;
    private static final int VLAN_PRESENT = 0x1000;

    private int etherType = UNKNOWN;
    private int protocol = UNKNOWN;
    private int icmpType = UNKNOWN;
    private boolean vlan;

    Shape(Match match) {
        etherType = exact(match, Field.ETH_TYPE);
        vlan = (Key.get(match.value(), Field.VLAN_VID) & VLAN_PRESENT) != 0;
        if (has(Prerequisite.IP)) {
            protocol = exact(match, Field.IP_PROTO);
        }
        if (has(Prerequisite.ICMPV6)) {
            icmpType = exact(match, Field.ICMPV6_TYPE);
        }
    }

    private static int exact(Match match, Field field) {
        return Key.get(match.mask(), field) == field.ones() ? (int) Key.get(match.value(), field) : UNKNOWN;
    }

    boolean has(Prerequisite prerequisite) {
        return switch (prerequisite) {
            case NONE -> true;
            case VLAN -> vlan;
            case IP -> isIpv4() || isIpv6();
            case IPV4 -> isIpv4();
            case IPV6 -> isIpv6();
            case TCP -> protocol == TCP;
            case UDP -> protocol == UDP;
            case SCTP -> protocol == SCTP;
            case ICMPV4 -> isIpv4() && protocol == ICMP;
            case ICMPV6 -> isIpv6() && protocol == ICMPV6;
            case ARP -> etherType == 0x0806;
            case ND -> icmpType == 135 || icmpType == 136;
            case ND_NS -> icmpType == 135;
            case ND_NA -> icmpType == 136;
            case MPLS -> etherType == 0x8847 || etherType == 0x8848;
            case PBB -> etherType == 0x88E7;
        };
    }

    private boolean isIpv4() {
        return etherType == 0x0800;
    }

    private boolean isIpv6() {
        return etherType == 0x86DD;
    }

    /** What an action makes of it. */
    void after(Action action) {
        switch (action) {
            case Action.PushVlan _ -> vlan = true;
            case Action.PopVlan _ -> vlan = false;
            case Action.PushMpls push -> becomes(push.etherType());
            case Action.PopMpls pop -> becomes(pop.etherType());
            case Action.PushPbb push -> becomes(push.etherType());
            case Action.PopPbb _ -> becomes(UNKNOWN);
            case Action.SetField set when !set.masked() -> set(set);
            case Action.SetField _,
                    Action.Output _,
                    Action.Move _,
                    Action.SetMplsTtl _,
                    Action.DecMplsTtl _,
                    Action.SetNwTtl _,
                    Action.DecNwTtl _,
                    Action.CopyTtlOut _,
                    Action.CopyTtlIn _,
                    Action.SetQueue _,
                    Action.Translate _,
                    Action.Group _ -> {}
        }
    }

    private void set(Action.SetField set) {
        if (set.field() == Field.ETH_TYPE) {
            becomes((int) set.value());
        } else if (set.field() == Field.IP_PROTO) {
            protocol = (int) set.value();
            icmpType = UNKNOWN;
        } else if (set.field() == Field.ICMPV6_TYPE) {
            icmpType = (int) set.value();
        }
    }

    private void becomes(int type) {
        etherType = type;
        protocol = UNKNOWN;
        icmpType = UNKNOWN;
    }
}
