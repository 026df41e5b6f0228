package io.natator.softswitch.frame;

import static io.natator.softswitch.frame.Memory.u16;
import static io.natator.softswitch.frame.Memory.u48;
import static io.natator.softswitch.frame.Memory.u8;

import io.natator.packet.Ip6;
import io.natator.packet.IpProtocol;
import io.natator.packet.NeighborDiscovery;
import io.natator.packet.Tcp;
import io.natator.packet.Udp;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Key;

/** What stands behind IP, for the {@link Parser}. A header counts if all its fixed octets are there. */
final class Transport {
    /** RFC 9260, section 3. */
    static final int SCTP_HEADER = 12;
    /** Type, code, checksum, and four octets that every ICMP message has. */
    static final int ICMP_HEADER = 8;

    private static final int TCP_CHECKSUM = 16;
    private static final int UDP_CHECKSUM = 6;
    private static final int ICMP_CHECKSUM = 2;
    private static final int OPTIONS = ICMP_HEADER + Ip6.LENGTH;
    private static final int SOURCE_LINK_LAYER = 1;
    private static final int TARGET_LINK_LAYER = 2;

    private static final int PORTS = Field.TCP_SRC.word();
    private static final int TARGET = Field.IPV6_ND_TARGET.word();
    private static final int SLL = Field.IPV6_ND_SLL.word();
    private static final int TLL = Field.IPV6_ND_TLL.word();

    private Transport() {}

    /** Parses the header at {@code at} by {@link Headers#protocol}. */
    static int parse(Frame frame, Headers h, long[] key, int at) {
        h.upper = at;
        return switch (h.protocol) {
            case IpProtocol.TCP -> ports(frame, h, key, at, Tcp.HEADER, TCP_CHECKSUM);
            case IpProtocol.UDP -> ports(frame, h, key, at, Udp.HEADER, UDP_CHECKSUM);
            case IpProtocol.SCTP -> ports(frame, h, key, at, SCTP_HEADER, 0);
            case IpProtocol.UDP_LITE, IpProtocol.DCCP -> checksumOnly(h, at);
            case IpProtocol.ICMP -> h.ipVersion == 4 ? icmp(frame, h, key, at) : Reason.FINE;
            case IpProtocol.ICMPV6 -> h.ipVersion == 6 ? icmp6(frame, h, key, at) : Reason.FINE;
            default -> Reason.FINE;
        };
    }

    private static int ports(Frame frame, Headers h, long[] key, int at, int header, int checksum) {
        if (at + header > h.ipEnd) {
            return truncated(key);
        }
        h.transport = at;
        h.checksum = checksum == 0 ? 0 : at + checksum;
        h.pseudo = checksum != 0;
        long a = frame.address + at;
        key[PORTS] |= (long) u16(a) << 48 | (long) u16(a + 2) << 32;
        return Reason.FINE;
    }

    private static int truncated(long[] key) {
        key[Key.FRAGMENT] |= Key.NO_TRANSPORT;
        return Reason.TRANSPORT_TRUNCATED;
    }

    /** No field of theirs can be matched, but their checksum covers the addresses (RFC 3828, RFC 4340 section 9.1). */
    private static int checksumOnly(Headers h, int at) {
        if (at + Udp.HEADER > h.ipEnd) {
            return Reason.TRANSPORT_TRUNCATED;
        }
        h.checksum = at + UDP_CHECKSUM;
        h.pseudo = true;
        return Reason.FINE;
    }

    private static int icmp(Frame frame, Headers h, long[] key, int at) {
        if (at + ICMP_HEADER > h.ipEnd) {
            return truncated(key);
        }
        h.transport = at;
        h.checksum = at + ICMP_CHECKSUM;
        long a = frame.address + at;
        key[PORTS] |= (long) u8(a) << 48 | (long) u8(a + 1) << 32;
        return Reason.FINE;
    }

    private static int icmp6(Frame frame, Headers h, long[] key, int at) {
        int reason = icmp(frame, h, key, at);
        if (reason != Reason.FINE) {
            return reason;
        }
        h.pseudo = true;
        int type = u8(frame.address + at);
        boolean discovery = type == NeighborDiscovery.SOLICITATION || type == NeighborDiscovery.ADVERTISEMENT;
        return discovery && u8(frame.address + at + 1) == 0 ? discovery(frame, h, key, type, at) : Reason.FINE;
    }

    /** RFC 4861, sections 4.3 and 4.4. */
    private static int discovery(Frame frame, Headers h, long[] key, int type, int at) {
        if (at + OPTIONS > h.ipEnd) {
            return Reason.ND_MALFORMED;
        }
        h.ndType = type;
        h.ndTarget = at + ICMP_HEADER;
        key[TARGET] = Memory.i64(frame.address + h.ndTarget);
        key[TARGET + 1] = Memory.i64(frame.address + h.ndTarget + 8);
        int option = at + OPTIONS;
        while (option + 8 <= h.ipEnd) {
            int length = u8(frame.address + option + 1) * 8;
            if (length == 0 || option + length > h.ipEnd) {
                return Reason.ND_MALFORMED;
            }
            if (length == 8) {
                linkLayer(frame, h, key, type, option);
            }
            option += length;
        }
        return option == h.ipEnd ? Reason.FINE : Reason.ND_MALFORMED;
    }

    /** A link-layer address option of Ethernet; the first one of the kind that belongs to the message counts. */
    private static void linkLayer(Frame frame, Headers h, long[] key, int type, int option) {
        int kind = u8(frame.address + option);
        if (type == NeighborDiscovery.SOLICITATION && kind == SOURCE_LINK_LAYER && h.ndSource == 0) {
            h.ndSource = option + 2;
            key[SLL] = u48(frame.address + h.ndSource) << 16;
        } else if (type == NeighborDiscovery.ADVERTISEMENT && kind == TARGET_LINK_LAYER && h.ndTargetMac == 0) {
            h.ndTargetMac = option + 2;
            key[TLL] = u48(frame.address + h.ndTargetMac) << 16;
        }
    }
}
