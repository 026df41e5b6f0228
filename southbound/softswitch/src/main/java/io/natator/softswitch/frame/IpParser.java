package io.natator.softswitch.frame;

import static io.natator.softswitch.frame.Memory.i32;
import static io.natator.softswitch.frame.Memory.i64;
import static io.natator.softswitch.frame.Memory.u16;
import static io.natator.softswitch.frame.Memory.u8;

import io.natator.packet.Checksum;
import io.natator.packet.IpProtocol;
import io.natator.packet.Ipv4;
import io.natator.packet.Ipv6;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Key;

/** IPv4 (RFC 791) and IPv6 with its extension headers (RFC 8200), for the {@link Parser}. */
final class IpParser {
    private static final int PROTO_TOS = Field.IP_PROTO.word();
    private static final int FRAGMENT_TTL = Field.IP_TTL.word();
    private static final int ADDRESSES = Field.IPV4_SRC.word();
    private static final int SRC = Field.IPV6_SRC.word();
    private static final int DST = Field.IPV6_DST.word();
    private static final int FLABEL = Field.IPV6_FLABEL.word();
    private static final int EXTHDR = Field.IPV6_EXTHDR.word();

    private static final int MF = 0x2000;
    private static final int OFFSET = 0x1FFF;
    private static final int LATER_FRAGMENT = 3;
    /** Octets of the shortest extension header. */
    private static final int EXTENSION = 8;

    private IpParser() {}

    static int ipv4(Frame frame, Headers h, long[] key, int at) {
        long a = frame.address + at;
        int size = frame.length - at;
        if (size < Ipv4.HEADER) {
            return Reason.IPV4_MALFORMED;
        }
        int first = i32(a); // version, header length, tos, total length
        int header = (first >>> 24 & 15) * 4;
        int total = first & 0xFFFF;
        if (first >>> 28 != 4 || header < Ipv4.HEADER || header > total || total > size) {
            return Reason.IPV4_MALFORMED;
        }
        long second = i64(a + 4); // identification, fragment, ttl, protocol, checksum
        long addresses = i64(a + 12);
        int offset = (int) (second >>> 32);
        int fragment = (offset & OFFSET) != 0 ? LATER_FRAGMENT : (offset & MF) != 0 ? 1 : 0;
        int protocol = (int) (second >>> 16) & 0xFF;
        h.ip = at;
        h.ipVersion = 4;
        h.ipEnd = at + total;
        h.protocolAt = at + 9;
        h.protocol = protocol;
        h.fragment = fragment != 0;
        key[PROTO_TOS] |= protocol << 8 | (first >>> 16 & 0xFF);
        key[FRAGMENT_TTL] |= fragment << Key.FRAGMENT_SHIFT | (second >>> 24 & 0xFF);
        key[ADDRESSES] = addresses;
        long sum = (first & 0xFFFF_FFFFL)
                + (second >>> 32)
                + (second & 0xFFFF_FFFFL)
                + (addresses >>> 32)
                + (addresses & 0xFFFF_FFFFL);
        for (int i = Ipv4.HEADER; i < header; i += 4) {
            sum += Memory.u32(a + i);
        }
        int reason = fragment == LATER_FRAGMENT ? Reason.FINE : Transport.parse(frame, h, key, at + header);
        return reason == Reason.FINE && !Checksum.isRight(sum) ? Reason.IPV4_CHECKSUM : reason;
    }

    static int ipv6(Frame frame, Headers h, long[] key, int at) {
        long a = frame.address + at;
        int size = frame.length - at;
        if (size < Ipv6.HEADER) {
            return Reason.IPV6_MALFORMED;
        }
        long first = i64(a); // version, traffic class, flow label, payload length, next header, hop limit
        int total = Ipv6.HEADER + ((int) (first >>> 16) & 0xFFFF);
        if (first >>> 60 != 6 || total > size) {
            return Reason.IPV6_MALFORMED;
        }
        h.ip = at;
        h.ipVersion = 6;
        h.ipEnd = at + total;
        key[PROTO_TOS] |= first >>> 52 & 0xFF;
        key[FRAGMENT_TTL] |= first & 0xFF;
        key[SRC] = i64(a + 8);
        key[SRC + 1] = i64(a + 16);
        key[DST] = i64(a + 24);
        key[DST + 1] = i64(a + 32);
        key[FLABEL] = (first >>> 32 & 0xF_FFFF) << Field.IPV6_FLABEL.shift();
        return upper(frame, h, key, at + 6);
    }

    /** Follows the extension headers; {@code protocolAt} is the octet that says what comes first. */
    private static int upper(Frame frame, Headers h, long[] key, int protocolAt) {
        int at = h.ip + Ipv6.HEADER;
        int nextAt = protocolAt;
        int next = u8(frame.address + nextAt);
        int seen = ExtensionFlags.NONE;
        while (ExtensionFlags.isExtension(next)) {
            seen = ExtensionFlags.add(seen, next);
            int length = extensionLength(frame, next, at, h.ipEnd);
            if (length == 0) {
                key[EXTHDR] |= (long) ExtensionFlags.oxm(seen) << Field.IPV6_EXTHDR.shift();
                return Reason.IPV6_EXTENSION;
            }
            if (next == IpProtocol.FRAGMENT && fragment(frame, h, key, at)) {
                break; // what follows is the middle of something
            }
            h.routed |= next == IpProtocol.ROUTING && u8(frame.address + at + 3) != 0;
            nextAt = at;
            next = u8(frame.address + nextAt);
            at += length;
        }
        h.protocolAt = nextAt;
        h.protocol = next;
        key[PROTO_TOS] |= next << 8;
        key[EXTHDR] |= (long) ExtensionFlags.oxm(ExtensionFlags.last(seen, next)) << Field.IPV6_EXTHDR.shift();
        return next == IpProtocol.FRAGMENT ? Reason.FINE : Transport.parse(frame, h, key, at);
    }

    /** Octets of an extension header; 0 if it is not whole. */
    private static int extensionLength(Frame frame, int type, int at, int end) {
        if (at + EXTENSION > end) {
            return 0;
        }
        int units = u8(frame.address + at + 1);
        int length = switch (type) {
            case IpProtocol.FRAGMENT -> EXTENSION;
            case IpProtocol.AUTHENTICATION -> (units + 2) * 4; // RFC 4302, section 2.2
            default -> (units + 1) * 8;
        };
        return at + length > end ? 0 : length;
    }

    /** Notes a fragment header; true if it is not the first fragment. */
    private static boolean fragment(Frame frame, Headers h, long[] key, int at) {
        int word = u16(frame.address + at + 2);
        boolean later = word >>> 3 != 0;
        boolean more = (word & 1) != 0;
        if (later || more) { // else an atomic fragment (RFC 6946)
            h.fragment = true;
            key[FRAGMENT_TTL] |= (later ? LATER_FRAGMENT : 1) << Key.FRAGMENT_SHIFT;
        }
        return later;
    }
}
