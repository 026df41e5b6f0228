package io.natator.softswitch.frame;

import static io.natator.softswitch.frame.Memory.i32;
import static io.natator.softswitch.frame.Memory.i64;
import static io.natator.softswitch.frame.Memory.u16;
import static io.natator.softswitch.frame.Memory.u48;

import io.natator.packet.Arp;
import io.natator.packet.EtherType;
import io.natator.packet.Ethernet;
import io.natator.softswitch.flow.Field;

/**
 * From octets to {@link Headers} and a key: OpenFlow 1.3.5, section 7.2.3.7, and where it is silent as Open vSwitch's
 * flow_extract() (docs/softswitch-vs-ovs.md). Reads nothing outside the frame, throws nothing, allocates nothing.
 */
public final class Parser {
    /** VLAN tags that are looked through; the ethertype behind more is that of a tag. */
    public static final int MAX_TAGS = 4;
    /** The ethertype of an IEEE 802.3 frame that has none. */
    public static final int NO_ETHERTYPE = 0x05FF;

    /** Bit 12 of VLAN_VID: there is a tag. On the wire it is the drop eligible indicator, which cannot be matched. */
    static final int VLAN_PRESENT = 0x1000;

    static final int TAG = 4;
    static final int LABEL = 4;
    /** I-TAG TCI and the customer's Ethernet header. */
    static final int ITAG = 4 + Ethernet.HEADER;

    private static final int SNAP = 8;
    private static final int FIRST_ETHERTYPE = 0x0600;
    /** DSAP, SSAP, control, and an organisation of zeroes. */
    private static final long SNAP_ETHERNET = 0xAAAA_0300_0000L;
    /** Hardware type, protocol type, and the lengths of addresses. */
    private static final long ARP_ETHERNET_IPV4 = 0x0001_0800_0604L;

    private static final int TYPE = 12;
    private static final long MAC = ~0xFFFFL;

    private static final int PORT_TYPE_VLAN = Field.IN_PORT.word();
    private static final int DST = Field.ETH_DST.word();
    private static final int SRC = Field.ETH_SRC.word();
    private static final int ADDRESSES = Field.ARP_SPA.word();
    private static final int ARP_OP = Field.ARP_OP.word();
    private static final int ARP_SHA = Field.ARP_SHA.word();
    private static final int ARP_THA = Field.ARP_THA.word();
    private static final int MPLS = Field.MPLS_LABEL.word();
    private static final int PBB = Field.PBB_ISID.word();
    private static final int METADATA = Field.METADATA.word();
    private static final int TUNNEL = Field.TUNNEL_ID.word();

    private Parser() {}

    /**
     * Parses a frame as it came in at {@link Frame#inPort}; metadata and tunnel id are zero.
     *
     * @return {@link Reason#FINE}, or what is wrong
     */
    public static int parse(Frame frame, Headers headers, long[] key) {
        key[METADATA] = 0;
        key[TUNNEL] = 0;
        return again(frame, headers, key);
    }

    /** Parses a frame of which headers changed; metadata and tunnel id stay. */
    public static int again(Frame frame, Headers h, long[] key) {
        h.clear();
        for (int i = 0; i < METADATA; i++) {
            key[i] = 0;
        }
        long port = frame.inPort & 0xFFFF_FFFFL;
        key[PORT_TYPE_VLAN] = port << Field.IN_PORT.shift();
        key[PBB] = port;
        if (frame.length < Ethernet.HEADER) {
            return Reason.RUNT;
        }
        key[DST] = i64(frame.address) & MAC;
        key[SRC] = i64(frame.address + 6) & MAC;
        int type = u16(frame.address + TYPE);
        h.type = TYPE;
        if (type == EtherType.IPV4) {
            key[PORT_TYPE_VLAN] |= (long) type << 16;
            return IpParser.ipv4(frame, h, key, Ethernet.HEADER);
        }
        return ethertype(frame, h, key, type);
    }

    private static int ethertype(Frame frame, Headers h, long[] key, int first) {
        int type = first;
        while (isVlan(type) && h.tags < MAX_TAGS && frame.length >= h.type + TAG + 2) {
            if (h.tags++ == 0) {
                key[PORT_TYPE_VLAN] |= u16(frame.address + TYPE + 2) | VLAN_PRESENT;
            }
            h.type += TAG;
            type = u16(frame.address + h.type);
        }
        if (type < FIRST_ETHERTYPE) {
            type = snap(frame, h);
        }
        key[PORT_TYPE_VLAN] |= (long) type << 16;
        return isVlan(type) ? Reason.VLAN_MALFORMED : payload(frame, h, key, type, h.type + 2);
    }

    private static int payload(Frame frame, Headers h, long[] key, int type, int at) {
        return switch (type) {
            case EtherType.IPV4 -> IpParser.ipv4(frame, h, key, at);
            case EtherType.IPV6 -> IpParser.ipv6(frame, h, key, at);
            case EtherType.ARP -> arp(frame, h, key, at);
            case EtherType.MPLS, EtherType.MPLS_MULTICAST -> mpls(frame, h, key, at);
            case EtherType.PBB -> pbb(frame, h, key, at);
            default -> Reason.FINE;
        };
    }

    static boolean isVlan(int type) {
        return type == EtherType.VLAN || type == EtherType.SERVICE_VLAN;
    }

    /** The ethertype of an IEEE 802.3 frame (IEEE 802, section 10.5). */
    private static int snap(Frame frame, Headers h) {
        int at = h.type + 2;
        if (frame.length < at + SNAP || u48(frame.address + at) != SNAP_ETHERNET) {
            return NO_ETHERTYPE;
        }
        int type = u16(frame.address + at + 6);
        if (type < FIRST_ETHERTYPE) {
            return NO_ETHERTYPE;
        }
        h.type = at + 6;
        return type;
    }

    private static int arp(Frame frame, Headers h, long[] key, int at) {
        long a = frame.address + at;
        if (frame.length < at + Arp.LENGTH || i64(a) >>> 16 != ARP_ETHERNET_IPV4) {
            return Reason.ARP_MALFORMED;
        }
        h.arp = at;
        key[ARP_OP] = u16(a + 6);
        key[ARP_SHA] = u48(a + 8) << 16;
        key[ADDRESSES] = Memory.u32(a + 14) << 32 | Memory.u32(a + 24);
        key[ARP_THA] = u48(a + 18) << 16;
        return Reason.FINE;
    }

    private static int mpls(Frame frame, Headers h, long[] key, int at) {
        if (frame.length < at + LABEL) {
            return Reason.MPLS_MALFORMED;
        }
        h.mpls = at;
        key[MPLS] = mplsBits(i32(frame.address + at));
        return Reason.FINE;
    }

    /** Label, traffic class and bottom of stack, as they stand together in a key. */
    static long mplsBits(int entry) {
        return (entry >>> 8 & 0xFF_FFFFL) << Field.MPLS_BOS.shift();
    }

    private static int pbb(Frame frame, Headers h, long[] key, int at) {
        if (frame.length < at + ITAG) {
            return Reason.PBB_MALFORMED;
        }
        h.pbb = at;
        key[PBB] |= (i32(frame.address + at) & 0xFF_FFFFL) << Field.PBB_ISID.shift();
        return Reason.FINE;
    }
}
