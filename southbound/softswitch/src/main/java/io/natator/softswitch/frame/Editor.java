package io.natator.softswitch.frame;

import static io.natator.softswitch.frame.Memory.i32;
import static io.natator.softswitch.frame.Memory.put16;
import static io.natator.softswitch.frame.Memory.put32;
import static io.natator.softswitch.frame.Memory.put48;
import static io.natator.softswitch.frame.Memory.put64;
import static io.natator.softswitch.frame.Memory.put8;
import static io.natator.softswitch.frame.Memory.u16;

import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Key;

/**
 * Changes a field of a frame where it stands, with all checksums that cover it; frame, headers and key stay one. Each
 * method returns {@link Reason#FINE}, or why nothing was done. Allocates nothing. {@link Tags} and {@link Ttl} do the
 * rest of the actions.
 */
public final class Editor {
    private static final int TAG = 12;
    private static final int VLAN_ID = 0x0FFF;

    private Editor() {}

    /** True if {@link #set} takes the field: a field of a header, metadata, or the tunnel id (OpenFlow 1.3.5, section 5.12). */
    public static boolean settable(Field field) {
        return switch (field) {
            case IN_PORT, IN_PHY_PORT, IPV6_EXTHDR -> false;
            default -> true;
        };
    }

    /**
     * Sets the bits of a field that the mask names. VLAN_VID keeps its present bit: tags come and go by push and pop.
     *
     * @param high of a field of 128 bits the upper half, else ignored
     * @param value of a field of 128 bits the lower half
     * @param maskHigh as {@code high}
     * @param mask as {@code value}
     */
    public static int set(
            Frame frame, Headers h, long[] key, Field field, long high, long value, long maskHigh, long mask) {
        if (!present(h, field)) {
            return Reason.ABSENT;
        }
        if (!settable(field)) {
            return Reason.NOT_SETTABLE;
        }
        long old = Key.get(key, field);
        long now = (old & ~mask) | (value & mask & field.ones());
        if (field.wide()) {
            long oldHigh = Key.high(key, field);
            return wide(frame, h, key, field, oldHigh, old, (oldHigh & ~maskHigh) | (high & maskHigh), now);
        }
        return now == old ? Reason.FINE : write(frame, h, key, field, old, now);
    }

    /** True if the frame has the field: some with no prerequisite are not in every frame. */
    private static boolean present(Headers h, Field field) {
        return switch (field) {
            case ETH_DST, ETH_SRC, ETH_TYPE -> h.type != 0;
            case VLAN_VID -> h.tags != 0;
            case IP_PROTO -> h.protocolAt != 0;
            default -> h.has(field.prerequisite());
        };
    }

    private static int write(Frame frame, Headers h, long[] key, Field field, long old, long now) {
        long a = frame.address;
        switch (field) {
            case METADATA, TUNNEL_ID -> {}
            case ETH_DST -> put48(a, now);
            case ETH_SRC -> put48(a + 6, now);
            case ETH_TYPE -> put16(a + h.type, (int) now);
            case VLAN_VID, VLAN_PCP -> {
                return vlan(frame, key, field, (int) now);
            }
            case IP_DSCP -> tos(frame, h, (int) old << 2, (int) now << 2, ~3);
            case IP_ECN -> tos(frame, h, (int) old, (int) now, 3);
            case IP_TTL -> ttl(frame, h, (int) old, (int) now);
            case IPV4_SRC -> address(frame, h, h.ip + 12, (int) old, (int) now);
            case IPV4_DST -> address(frame, h, h.ip + 16, (int) old, (int) now);
            case IPV6_FLABEL -> put32(a + h.ip, (i32(a + h.ip) & ~0xF_FFFF) | (int) now);
            case TCP_SRC, UDP_SRC -> upper16(frame, h, h.transport, (int) old, (int) now);
            case TCP_DST, UDP_DST -> upper16(frame, h, h.transport + 2, (int) old, (int) now);
            case SCTP_SRC -> {
                return sctp(frame, h, key, field, 0, (int) now);
            }
            case SCTP_DST -> {
                return sctp(frame, h, key, field, 2, (int) now);
            }
            case ICMPV4_TYPE, ICMPV6_TYPE -> icmp(frame, h, (int) now, u16(a + h.transport) & 0xFF);
            case ICMPV4_CODE, ICMPV6_CODE -> icmp(frame, h, u16(a + h.transport) >>> 8, (int) now);
            case ARP_OP -> put16(a + h.arp + 6, (int) now);
            case ARP_SHA -> put48(a + h.arp + 8, now);
            case ARP_SPA -> put32(a + h.arp + 14, (int) now);
            case ARP_THA -> put48(a + h.arp + 18, now);
            case ARP_TPA -> put32(a + h.arp + 24, (int) now);
            case IPV6_ND_SLL -> upper48(frame, h, h.ndSource, old, now);
            case IPV6_ND_TLL -> upper48(frame, h, h.ndTargetMac, old, now);
            case MPLS_LABEL -> label(frame, h, 12, ~(-1 << 20), (int) now);
            case MPLS_TC -> label(frame, h, 9, 7, (int) now);
            case MPLS_BOS -> label(frame, h, 8, 1, (int) now);
            case PBB_ISID -> put32(a + h.pbb, (i32(a + h.pbb) & 0xFF00_0000) | (int) now);
            case IP_PROTO -> protocol(frame, h, (int) old, (int) now);
            case IN_PORT, IN_PHY_PORT, IPV6_EXTHDR, IPV6_SRC, IPV6_DST, IPV6_ND_TARGET -> {
                return Reason.NOT_SETTABLE;
            }
        }
        return settled(frame, h, key, field, now);
    }

    /** The key after a field was written: one field, or all of them if it says what the rest means. */
    private static int settled(Frame frame, Headers h, long[] key, Field field, long now) {
        switch (field) {
            case ETH_TYPE, IP_PROTO, ICMPV6_TYPE, ICMPV6_CODE -> Parser.again(frame, h, key);
            default -> Key.set(key, field, now);
        }
        return Reason.FINE;
    }

    private static int wide(
            Frame frame, Headers h, long[] key, Field field, long oldHigh, long old, long nowHigh, long now) {
        long difference = Sums.difference(oldHigh, nowHigh) + Sums.difference(old, now);
        int at;
        if (field == Field.IPV6_ND_TARGET) {
            at = h.ndTarget;
            Sums.upper(frame, h, difference);
        } else {
            boolean source = field == Field.IPV6_SRC;
            at = h.ip + (source ? 8 : 24);
            if (source || !h.routed) {
                Sums.address(frame, h, difference);
            }
        }
        put64(frame.address + at, nowHigh);
        put64(frame.address + at + 8, now);
        Key.set(key, field, nowHigh, now);
        return Reason.FINE;
    }

    private static int vlan(Frame frame, long[] key, Field field, int now) {
        long at = frame.address + TAG + 2;
        int tci = u16(at);
        put16(at, field == Field.VLAN_PCP ? (tci & ~0xE000) | (now << 13) : (tci & ~VLAN_ID) | (now & VLAN_ID));
        Key.set(key, field, field == Field.VLAN_VID ? now | Parser.VLAN_PRESENT : now);
        return Reason.FINE;
    }

    /** Replaces the bits of {@code mask} of the type of service or traffic class. */
    private static void tos(Frame frame, Headers h, int old, int now, int mask) {
        long at = frame.address + h.ip;
        if (h.ipVersion == 4) {
            put8(at + 1, (Memory.u8(at + 1) & ~mask) | now);
            Sums.header(frame, h, Sums.difference(old, now));
        } else {
            put32(at, (i32(at) & ~((mask & 0xFF) << 20)) | (now << 20));
        }
    }

    private static void ttl(Frame frame, Headers h, int old, int now) {
        long at = frame.address + h.ip;
        if (h.ipVersion == 4) {
            put8(at + 8, now);
            Sums.header(frame, h, Sums.difference((long) old << 8, (long) now << 8));
        } else {
            put8(at + 7, now);
        }
    }

    private static void protocol(Frame frame, Headers h, int old, int now) {
        put8(frame.address + h.protocolAt, now);
        if (h.ipVersion == 4) {
            Sums.header(frame, h, Sums.difference(old, now));
        }
    }

    private static void address(Frame frame, Headers h, int at, int old, int now) {
        put32(frame.address + at, now);
        long difference = Sums.difference(old & 0xFFFF_FFFFL, now & 0xFFFF_FFFFL);
        Sums.header(frame, h, difference);
        Sums.address(frame, h, difference);
    }

    private static void upper16(Frame frame, Headers h, int at, int old, int now) {
        put16(frame.address + at, now);
        Sums.upper(frame, h, Sums.difference(old, now));
    }

    private static void upper48(Frame frame, Headers h, int at, long old, long now) {
        put48(frame.address + at, now);
        Sums.upper(frame, h, Sums.difference(old, now));
    }

    private static void icmp(Frame frame, Headers h, int type, int code) {
        int old = u16(frame.address + h.transport);
        upper16(frame, h, h.transport, old, type << 8 | code);
    }

    private static int sctp(Frame frame, Headers h, long[] key, Field field, int at, int now) {
        if (h.fragment) {
            return Reason.CHECKSUM_ELSEWHERE;
        }
        int old = i32(frame.address + h.transport);
        put16(frame.address + h.transport + at, now);
        Sums.sctp(frame, h, old, i32(frame.address + h.transport));
        return settled(frame, h, key, field, now);
    }

    private static void label(Frame frame, Headers h, int shift, int ones, int now) {
        long at = frame.address + h.mpls;
        put32(at, (i32(at) & ~(ones << shift)) | (now << shift));
    }

    /**
     * Copies bits from one field to another, as the key holds them (NX reg_move).
     *
     * @param fromOffset from the lowest bit
     * @param toOffset from the lowest bit
     * @param bits 1 to 128
     */
    public static int move(
            Frame frame, Headers h, long[] key, Field from, int fromOffset, Field to, int toOffset, int bits) {
        if (!h.has(from.prerequisite())) {
            return Reason.ABSENT;
        }
        long high = Key.high(key, from);
        long low = Key.get(key, from);
        long value = right(high, low, fromOffset);
        long valueHigh = right(0, high, fromOffset);
        long ones = bits >= 64 ? -1L : (1L << bits) - 1;
        long onesHigh = bits <= 64 ? 0 : bits == 128 ? -1L : (1L << (bits - 64)) - 1;
        return set(
                frame,
                h,
                key,
                to,
                left(valueHigh, value, toOffset),
                left(value, 0, toOffset),
                left(onesHigh, ones, toOffset),
                left(ones, 0, toOffset));
    }

    /** The lower half of 128 bits shifted right; the upper half if called with (0, high). */
    private static long right(long high, long low, int by) {
        return by == 0 ? low : by >= 64 ? high >>> (by - 64) : (low >>> by) | (high << (64 - by));
    }

    /** The upper half of 128 bits shifted left; the lower half if called with (low, 0). */
    private static long left(long high, long low, int by) {
        return by == 0 ? high : by >= 64 ? low << (by - 64) : (high << by) | (low >>> (64 - by));
    }
}
