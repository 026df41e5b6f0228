package io.natator.softswitch.differential;

import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.flow.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A match that grows field by field, each with its prerequisites, around the key of one packet. */
final class RandomMatch {
    private final Random random;
    private final long[] key;
    private final long[] value = new long[Key.WORDS];
    private final long[] mask = new long[Key.WORDS];

    RandomMatch(Random random, long[] key) {
        this.random = random;
        this.key = key;
    }

    static RandomMatch any() {
        return new RandomMatch(new Random(0), new long[Key.WORDS]);
    }

    Match match() {
        return new Match(value, mask);
    }

    void metadata(long bits, long under) {
        Key.set(value, Field.METADATA, bits & under);
        Key.set(mask, Field.METADATA, under);
    }

    Shape shape() {
        boolean icmp6 = exact(Field.ICMPV6_TYPE) && exact(Field.ICMPV6_CODE) && known(Field.ICMPV6_CODE) == 0;
        boolean tag = (Key.get(mask, Field.VLAN_VID) & 0x1000) != 0;
        return new Shape(
                known(Field.ETH_TYPE),
                known(Field.IP_PROTO),
                icmp6 && known(Field.IP_PROTO) == 58 ? known(Field.ICMPV6_TYPE) : -1,
                !tag ? -1 : (int) Key.get(value, Field.VLAN_VID) >>> 12);
    }

    private int known(Field field) {
        return exact(field) ? (int) Key.get(value, field) : -1;
    }

    private boolean exact(Field field) {
        return Key.get(mask, field) == field.ones();
    }

    /** One more field that the packet has. */
    void addOne() {
        List<Field> there = there();
        add(there.get(random.nextInt(there.size())));
    }

    private List<Field> there() {
        List<Field> there =
                new ArrayList<>(List.of(Field.IN_PORT, Field.ETH_DST, Field.ETH_SRC, Field.ETH_TYPE, Field.VLAN_VID));
        if (Key.get(key, Field.VLAN_VID) != 0) {
            there.add(Field.VLAN_PCP);
        }
        switch ((int) Key.get(key, Field.ETH_TYPE)) {
            case 0x0800 -> {
                there.addAll(List.of(Field.IPV4_SRC, Field.IPV4_DST));
                ip(there);
            }
            case 0x86DD -> {
                there.addAll(List.of(Field.IPV6_SRC, Field.IPV6_DST, Field.IPV6_FLABEL));
                ip(there);
            }
            case 0x0806 ->
                there.addAll(List.of(Field.ARP_OP, Field.ARP_SPA, Field.ARP_TPA, Field.ARP_SHA, Field.ARP_THA));
            case 0x8847, 0x8848 -> there.addAll(List.of(Field.MPLS_LABEL, Field.MPLS_TC, Field.MPLS_BOS));
            default -> {}
        }
        return there;
    }

    private void ip(List<Field> there) {
        there.addAll(List.of(Field.IP_PROTO, Field.IP_DSCP, Field.IP_ECN, Field.IP_TTL));
        boolean v4 = Key.get(key, Field.ETH_TYPE) == 0x0800;
        int protocol = (int) Key.get(key, Field.IP_PROTO);
        List<Field> upper = switch (protocol) {
            case 6 -> List.of(Field.TCP_SRC, Field.TCP_DST);
            case 17 -> List.of(Field.UDP_SRC, Field.UDP_DST);
            case 132 -> List.of(Field.SCTP_SRC, Field.SCTP_DST);
            case 1 -> v4 ? List.of(Field.ICMPV4_TYPE, Field.ICMPV4_CODE) : List.of();
            case 58 -> v4 ? List.of() : icmp6();
            default -> List.of();
        };
        // What is zero may be missing, which Open vSwitch does not tell apart.
        upper.stream().filter(f -> Key.get(key, f) != 0).forEach(there::add);
    }

    private List<Field> icmp6() {
        return switch (nd()) {
            case 135 -> List.of(Field.ICMPV6_TYPE, Field.IPV6_ND_TARGET, Field.IPV6_ND_SLL);
            case 136 -> List.of(Field.ICMPV6_TYPE, Field.IPV6_ND_TARGET, Field.IPV6_ND_TLL);
            default -> List.of(Field.ICMPV6_TYPE, Field.ICMPV6_CODE);
        };
    }

    private int nd() {
        return Key.get(key, Field.ICMPV6_CODE) == 0 ? (int) Key.get(key, Field.ICMPV6_TYPE) : -1;
    }

    private void add(Field field) {
        switch (field.prerequisite()) {
            case NONE -> {}
            case VLAN -> {
                Key.set(value, Field.VLAN_VID, Key.get(value, Field.VLAN_VID) | 0x1000);
                Key.set(mask, Field.VLAN_VID, Key.get(mask, Field.VLAN_VID) | 0x1000);
            }
            case IP, IPV4, IPV6, ARP, MPLS, PBB -> whole(Field.ETH_TYPE);
            case TCP, UDP, SCTP, ICMPV4, ICMPV6 -> {
                whole(Field.ETH_TYPE);
                whole(Field.IP_PROTO);
            }
            case ND, ND_NS, ND_NA -> {
                whole(Field.ETH_TYPE);
                whole(Field.IP_PROTO);
                whole(Field.ICMPV6_TYPE);
                whole(Field.ICMPV6_CODE);
            }
        }
        boolean masked = field.maskable() && field != Field.IP_TTL && random.nextBoolean();
        if (!masked && !exact(field)) {
            whole(field);
        } else if (masked && Key.get(mask, field) == 0 && Key.high(mask, field) == 0) {
            long high = bits() | 0xFL << 60; // ovs-ofctl takes a mask that begins with a digit for a prefix length
            under(field, high, bits());
        }
    }

    /** Often a prefix, sometimes any bits. */
    private long bits() {
        return random.nextInt(3) == 0 ? random.nextLong() : -1L << random.nextInt(64);
    }

    private void whole(Field field) {
        under(field, -1, -1);
    }

    private void under(Field field, long high, long low) {
        long under = low & field.ones();
        if (field == Field.VLAN_VID && under != field.ones()) {
            under |= 0x1000; // Open vSwitch wants to know whether there is a tag
        }
        if (field.wide()) {
            Key.set(value, field, Key.high(key, field) & high, Key.get(key, field) & under);
            Key.set(mask, field, high, under);
        } else {
            Key.set(value, field, Key.get(key, field) & under);
            Key.set(mask, field, under);
        }
    }
}
