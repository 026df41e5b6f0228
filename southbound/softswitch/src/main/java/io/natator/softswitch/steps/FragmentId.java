package io.natator.softswitch.steps;

import io.natator.packet.IpProtocol;
import io.natator.packet.Ipv6;
import io.natator.softswitch.frame.Memory;

/** What tells the datagrams of two hosts apart. */
final class FragmentId {
    private FragmentId() {}

    /** Identification of a fragment: 16 bits of IPv4 (RFC 791), 32 of IPv6 (RFC 8200, section 4.5); 0 if it is far behind. */
    static int of(Packet p) {
        long ip = p.frame.address + p.headers.ip;
        if (p.version() == 4) {
            return Memory.u16(ip + 4);
        }
        // The parser went this way before: all extension headers up to the fragment header are whole.
        int next = Memory.u8(ip + 6);
        int at = Ipv6.HEADER;
        int end = p.headers.ipEnd - p.headers.ip;
        while (at + 8 <= end) {
            switch (next) {
                case IpProtocol.FRAGMENT -> {
                    return Memory.i32(ip + at + 4);
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
