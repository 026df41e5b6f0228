package io.natator.softswitch.steps;

import io.natator.packet.IpProtocol;
import io.natator.packet.Ipv6;
import io.natator.softswitch.frame.Memory;

/** What a fragment says of itself: in the header of IPv4 (RFC 791), or in one of IPv6's own (RFC 8200, section 4.5). Reused. */
final class FragmentHeader {
    private static final int OFFSET = 0x1FFF;
    private static final int MORE = 0x2000;
    private static final int OCTETS = 8;

    /** Tells the datagrams of two hosts apart: 16 bits of IPv4, 32 of IPv6. */
    int id;
    /** Of its payload, in units of eight octets. */
    int offset;
    /** Octets of its payload. */
    int payload;
    /** No fragment follows it. */
    boolean last;
    /** What the payload of the first one is. */
    int protocol;

    /** Reads a fragment. False, and zeroes, if what it says is too far behind, or not there. */
    boolean read(Packet p) {
        long ip = p.frame.address + p.headers.ip;
        int octets = p.headers.ipEnd - p.headers.ip;
        if (p.version() == 4) {
            int word = Memory.u16(ip + 6);
            set(Memory.u16(ip + 4), word & OFFSET, octets - (Memory.u8(ip) & 15) * 4, (word & MORE) == 0, p.protocol());
            return true;
        }
        int at = at(ip, octets);
        if (at == 0) {
            set(0, 0, 0, false, 0);
            return false;
        }
        int word = Memory.u16(ip + at + 2);
        set(Memory.i32(ip + at + 4), word >>> 3, octets - at - OCTETS, (word & 1) == 0, Memory.u8(ip + at));
        return true;
    }

    private void set(int identification, int units, int octets, boolean isLast, int of) {
        id = identification;
        offset = units;
        payload = octets;
        last = isLast;
        protocol = of;
    }

    /** Where the fragment header is; 0 if it is not found. The parser went this way before: headers up to it are whole. */
    private static int at(long ip, int end) {
        int next = Memory.u8(ip + 6);
        int at = Ipv6.HEADER;
        while (at + OCTETS <= end) {
            switch (next) {
                case IpProtocol.FRAGMENT -> {
                    return at;
                }
                case IpProtocol.HOP_BY_HOP, IpProtocol.ROUTING, IpProtocol.DESTINATION_OPTIONS -> {
                    next = Memory.u8(ip + at);
                    at += (Memory.u8(ip + at + 1) + 1) * 8;
                }
                default -> {
                    return 0;
                }
            }
        }
        return 0;
    }
}
