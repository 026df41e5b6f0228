package io.natator.softswitch.differential;

import io.natator.softswitch.differential.Scenario.Packet;
import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.flow.Ports;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Actions that a rule may hold, by what it knows of its packets. */
final class RandomActions {
    /**
     * What becomes of MPLS labels. Not both, as Open vSwitch 3.1 forgets the new ethertype when it pops what it pushed, and
     * pops all labels when it is told to pop one and that the rest is not MPLS.
     */
    enum Labels {
        KEPT,
        PUSHED,
        POPPED
    }

    private static final List<Field> ETHERNET = List.of(Field.ETH_DST, Field.ETH_SRC);
    private static final int BOTTOM_LABELS = 16;

    private final Random random;
    private final List<Packet> packets;
    private final boolean mayPush;
    private final boolean mayEnd;
    private final Labels labels;
    private final int groups;
    private Shape shape;
    private boolean pushed;
    /** The tag may be gone by the time that the action set is carried out, and Open vSwitch then makes one for an id. */
    private boolean writing;

    /** @param mayEnd a packet may end here, its TTL spent: Open vSwitch then carries out what earlier tables wrote */
    RandomActions(
            Random random,
            List<Packet> packets,
            Shape shape,
            boolean mayPush,
            boolean mayEnd,
            Labels labels,
            int groups) {
        this.random = random;
        this.packets = packets;
        this.shape = shape;
        this.mayPush = mayPush;
        this.mayEnd = mayEnd;
        this.labels = labels;
        this.groups = groups;
    }

    /** For apply-actions, in order. */
    List<Action> some(int count) {
        List<Action> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            any(all);
        }
        if (random.nextBoolean()) {
            all.add(output());
        }
        return all;
    }

    /** For write-actions. */
    List<Action> set(int count) {
        List<Action> all = new ArrayList<>();
        writing = true;
        for (int i = 0; i < count; i++) {
            int kind = random.nextInt(8);
            if (kind == 0) {
                vlan(all);
            } else if (kind < 3 && shape.ip()) {
                all.add(random.nextBoolean() ? new Action.DecNwTtl() : new Action.SetNwTtl(random.nextInt(256)));
            } else {
                all.add(set());
            }
        }
        all.add(groups > 0 && random.nextInt(4) == 0 ? group() : output());
        return all;
    }

    /** For a bucket: what packets come is not known. */
    List<Action> bucket() {
        List<Action> all = new ArrayList<>();
        if (random.nextBoolean()) {
            all.add(set());
        }
        if (random.nextInt(4) == 0) {
            shape = new Shape(random.nextBoolean() ? 0x0800 : 0x86DD, 17, -1, -1);
            all.add(set());
        }
        all.add(output());
        return all;
    }

    private void any(List<Action> all) {
        switch (random.nextInt(12)) {
            case 0, 1 -> all.add(output());
            case 2 -> ttl(all);
            case 3 -> vlan(all);
            case 4 -> mpls(all);
            case 5 -> move(all);
            case 6 -> all.add(groups > 0 ? group() : set());
            default -> all.add(set());
        }
    }

    private Action output() {
        return switch (random.nextInt(12)) {
            case 0 -> new Action.Output(Ports.IN_PORT, 0);
            case 1 -> new Action.Output(Ports.ALL, 0);
            case 2 -> new Action.Output(Ports.FLOOD, 0);
            default -> new Action.Output(1 + random.nextInt(RandomPackets.PORTS), 0);
        };
    }

    private Action group() {
        return new Action.Group(1 + random.nextInt(groups));
    }

    private void ttl(List<Action> all) {
        if (shape.ip()) {
            boolean whole = !mayEnd || uncovered() || random.nextInt(3) == 0;
            all.add(whole ? new Action.SetNwTtl(random.nextInt(4)) : new Action.DecNwTtl());
        } else if (shape.mpls()) {
            all.add(
                    !mayEnd || random.nextInt(3) == 0
                            ? new Action.SetMplsTtl(random.nextInt(4))
                            : new Action.DecMplsTtl());
        }
    }

    /** Maybe it is no IP at all: the ethertype is what a rule said that popped a label. */
    private boolean uncovered() {
        return labels == Labels.POPPED && shape.ip();
    }

    private void vlan(List<Action> all) {
        if (shape.vlan() == 1 && random.nextBoolean()) {
            all.add(new Action.PopVlan());
            shape = shape.tagged(false);
        } else if (mayPush && !pushed) {
            pushed = true;
            shape = shape.tagged(true);
            // What a new tag holds at first differs.
            all.add(new Action.PushVlan(random.nextBoolean() ? 0x8100 : 0x88A8));
            all.add(whole(Field.VLAN_VID, 0x1000 | random.nextInt(4096)));
            all.add(whole(Field.VLAN_PCP, random.nextInt(8)));
        }
    }

    private void mpls(List<Action> all) {
        if (labels == Labels.POPPED && shape.mpls()) {
            int type = random.nextInt(3) == 0 ? 0x9000 : random.nextBoolean() ? 0x0800 : 0x86DD;
            all.add(new Action.PopMpls(type));
            shape = shape.typed(type);
        } else if (labels == Labels.PUSHED && mayPush && !pushed && shape.type() != -1) {
            pushed = true;
            int type = random.nextBoolean() ? 0x8847 : 0x8848;
            shape = shape.typed(type);
            all.add(new Action.PushMpls(type));
            all.add(whole(Field.MPLS_LABEL, BOTTOM_LABELS + random.nextInt(1000)));
            all.add(whole(Field.MPLS_TC, random.nextInt(8)));
            all.add(new Action.SetMplsTtl(2 + random.nextInt(100)));
        }
    }

    private static Action whole(Field field, long value) {
        return new Action.SetField(field, 0, value, 0, field.ones());
    }

    private List<Field> fields() {
        List<Field> all = new ArrayList<>(ETHERNET);
        if (shape.vlan() == 1) {
            all.addAll(writing ? List.of(Field.VLAN_PCP) : List.of(Field.VLAN_VID, Field.VLAN_PCP));
        }
        if (shape.ip()) {
            all.addAll(List.of(Field.IP_DSCP, Field.IP_ECN));
        }
        if (shape.type() == 0x0800) {
            all.addAll(List.of(Field.IPV4_SRC, Field.IPV4_DST, Field.IPV4_SRC, Field.IPV4_DST));
        } else if (shape.type() == 0x86DD) {
            all.addAll(List.of(Field.IPV6_SRC, Field.IPV6_DST, Field.IPV6_SRC, Field.IPV6_DST, Field.IPV6_FLABEL));
        } else if (shape.type() == 0x0806) {
            all.addAll(List.of(Field.ARP_SPA, Field.ARP_TPA, Field.ARP_SHA, Field.ARP_THA, Field.ARP_OP));
        } else if (shape.mpls()) {
            all.addAll(List.of(Field.MPLS_LABEL, Field.MPLS_TC));
        }
        if (shape.ip()) {
            all.addAll(upper());
        }
        return all;
    }

    private List<Field> upper() {
        return switch (shape.protocol()) {
            case 6 -> List.of(Field.TCP_SRC, Field.TCP_DST);
            case 17 -> List.of(Field.UDP_SRC, Field.UDP_DST);
            case 132 -> List.of(Field.SCTP_SRC, Field.SCTP_DST);
            case 1 -> shape.type() == 0x0800 ? List.of(Field.ICMPV4_TYPE, Field.ICMPV4_CODE) : List.of();
            case 58 -> shape.type() == 0x86DD ? discovery() : List.of();
            default -> List.of();
        };
    }

    private List<Field> discovery() {
        return switch (shape.icmp6()) {
            case 135 -> List.of(Field.IPV6_ND_TARGET, Field.IPV6_ND_SLL);
            case 136 -> List.of(Field.IPV6_ND_TARGET, Field.IPV6_ND_TLL);
            default -> List.of();
        };
    }

    private Action set() {
        List<Field> all = fields();
        Field field = all.get(random.nextInt(all.size()));
        long[] other = packets.get(random.nextInt(packets.size())).key();
        boolean borrowed = random.nextBoolean();
        long high = borrowed ? Key.high(other, field) : random.nextLong();
        long value = (borrowed ? Key.get(other, field) : random.nextLong()) & field.ones();
        boolean part = field.maskable() && random.nextInt(4) == 0;
        long maskHigh = part ? -1L << random.nextInt(61) : -1; // begins with f: see RandomMatch
        long mask = part ? field.ones() & (-1L << random.nextInt(Math.min(63, field.bits() - 1))) : field.ones();
        return switch (field) {
            case VLAN_VID -> whole(field, 0x1000 | (value & 0xFFF));
            case ARP_OP -> whole(field, 1 + (value & 0xFF) % 254); // Open vSwitch writes 65535 for 255
            case ICMPV4_TYPE, ICMPV4_CODE -> whole(field, value | 1);
            default ->
                field.wide()
                        ? new Action.SetField(field, high & maskHigh, value & mask, maskHigh, mask)
                        : new Action.SetField(field, 0, value & mask, 0, mask);
        };
    }

    private void move(List<Action> all) {
        List<Field> fields = fields();
        Field from = fields.get(random.nextInt(fields.size()));
        Field to = fields.get(random.nextInt(fields.size()));
        boolean uncovered = uncovered() && !ETHERNET.contains(from);
        if (uncovered || upper().contains(from)) { // may be missing, and Open vSwitch then copies zeroes
            return;
        }
        if (from == to || to == Field.VLAN_VID || from == Field.VLAN_VID || to == Field.ARP_OP) {
            return;
        }
        int bits = 1 + random.nextInt(Math.min(from.bits(), to.bits()));
        all.add(new Action.Move(
                from, random.nextInt(from.bits() - bits + 1), to, random.nextInt(to.bits() - bits + 1), bits));
    }
}
