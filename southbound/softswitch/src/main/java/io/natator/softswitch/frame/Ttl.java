package io.natator.softswitch.frame;

import static io.natator.softswitch.frame.Memory.i32;
import static io.natator.softswitch.frame.Memory.put8;
import static io.natator.softswitch.frame.Memory.u16;
import static io.natator.softswitch.frame.Memory.u8;

import io.natator.packet.Checksum;
import io.natator.packet.IpProtocol;
import io.natator.packet.Ipv4;
import io.natator.packet.Ipv6;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Key;

/** The TTL actions of OpenFlow 1.3 (section 5.12). Each method returns {@link Reason#FINE}, or why nothing was done. */
public final class Ttl {
    private static final int MPLS_TTL = 3;
    private static final int IPV4_TTL = 8;
    private static final int IPV4_CHECKSUM = 10;
    private static final int IPV6_HOP_LIMIT = 7;
    private static final int BOTTOM = 1 << 8;

    private Ttl() {}

    /** Sets the IPv4 TTL or IPv6 hop limit, 0 to 255. */
    public static int set(Frame frame, Headers h, long[] key, int ttl) {
        return Editor.set(frame, h, key, Field.IP_TTL, 0, ttl, 0, Field.IP_TTL.ones());
    }

    /** Decrements the IPv4 TTL or IPv6 hop limit. */
    public static int decrement(Frame frame, Headers h, long[] key) {
        if (h.ip == 0) {
            return Reason.ABSENT;
        }
        int ttl = (int) Key.get(key, Field.IP_TTL);
        return ttl <= 1 ? Reason.INVALID_TTL : set(frame, h, key, ttl - 1);
    }

    /** Sets the TTL of the outermost label stack entry, 0 to 255. */
    public static int setMpls(Frame frame, Headers h, int ttl) {
        if (h.mpls == 0) {
            return Reason.ABSENT;
        }
        put8(frame.address + h.mpls + MPLS_TTL, ttl);
        return Reason.FINE;
    }

    /** Decrements the TTL of the outermost label stack entry. */
    public static int decrementMpls(Frame frame, Headers h) {
        if (h.mpls == 0) {
            return Reason.ABSENT;
        }
        int ttl = u8(frame.address + h.mpls + MPLS_TTL);
        return ttl <= 1 ? Reason.INVALID_TTL : setMpls(frame, h, ttl - 1);
    }

    /** From the next-to-outermost header with a TTL to the outermost: MPLS or IP to MPLS, IP to IP. */
    public static int copyOut(Frame frame, Headers h, long[] key) {
        int inner = inner(frame, h);
        if (inner == 0) {
            return Reason.ABSENT;
        }
        int ttl = u8(frame.address + inner);
        return h.mpls != 0 ? setMpls(frame, h, ttl) : set(frame, h, key, ttl);
    }

    /** From the outermost header with a TTL to the next: MPLS to MPLS or IP, IP to IP. */
    public static int copyIn(Frame frame, Headers h, long[] key) {
        int inner = inner(frame, h);
        if (inner == 0) {
            return Reason.ABSENT;
        }
        int ttl = h.mpls != 0 ? u8(frame.address + h.mpls + MPLS_TTL) : (int) Key.get(key, Field.IP_TTL);
        long at = frame.address + inner;
        int old = u8(at);
        put8(at, ttl);
        if (isIpv4(frame, h, inner)) {
            long checksum = at - IPV4_TTL + IPV4_CHECKSUM;
            Memory.put16(checksum, Checksum.update16(u16(checksum), old << 8, ttl << 8));
        }
        return Reason.FINE;
    }

    /** Where the TTL of the next-to-outermost header is; 0 if there is none. */
    private static int inner(Frame frame, Headers h) {
        if (h.mpls != 0) {
            int next = h.mpls + Parser.LABEL;
            if ((i32(frame.address + h.mpls) & BOTTOM) != 0) {
                return ttlOfIp(frame, next, frame.length);
            }
            return next + Parser.LABEL <= frame.length ? next + MPLS_TTL : 0;
        }
        boolean tunnel = h.protocol == IpProtocol.IPV4 || h.protocol == IpProtocol.IPV6;
        return h.ip != 0 && tunnel && h.upper != 0 ? ttlOfIp(frame, h.upper, h.ipEnd) : 0;
    }

    private static int ttlOfIp(Frame frame, int at, int end) {
        if (at >= end) {
            return 0;
        }
        int version = u8(frame.address + at) >>> 4;
        if (version == 4 && at + Ipv4.HEADER <= end) {
            return at + IPV4_TTL;
        }
        return version == 6 && at + Ipv6.HEADER <= end ? at + IPV6_HOP_LIMIT : 0;
    }

    /** True if the TTL at {@code inner}, which is not that of a label, is IPv4's: version 4 stands eight octets before. */
    private static boolean isIpv4(Frame frame, Headers h, int inner) {
        boolean label = h.mpls != 0 && (i32(frame.address + h.mpls) & BOTTOM) == 0;
        int start = h.mpls != 0 ? h.mpls + Parser.LABEL : h.upper;
        return !label && inner == start + IPV4_TTL;
    }
}
