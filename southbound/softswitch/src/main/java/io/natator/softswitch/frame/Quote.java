package io.natator.softswitch.frame;

import static io.natator.softswitch.frame.Memory.i64;
import static io.natator.softswitch.frame.Memory.put16;
import static io.natator.softswitch.frame.Memory.put32;
import static io.natator.softswitch.frame.Memory.put64;
import static io.natator.softswitch.frame.Memory.u16;
import static io.natator.softswitch.frame.Memory.u8;

import io.natator.packet.Checksum;
import io.natator.packet.IpProtocol;
import io.natator.packet.Ipv4;
import io.natator.packet.Ipv6;

/**
 * The packet that an ICMP error quotes (RFC 792; RFC 4443, section 2.4): what it is, and how to change it with all checksums
 * that cover it: its own, as far as they are there, and that of the error. The quote may end anywhere. Mutable and reused.
 */
public final class Quote {
    private static final int ICMP_HEADER = 8;
    private static final int TCP_CHECKSUM = 16;
    private static final int UDP_CHECKSUM = 6;
    private static final int ICMP_CHECKSUM = 2;
    private static final int ICMP_ID = 4;
    private static final int OFFSET = 0x1FFF;
    /** Octets of the shortest IPv6 extension header. */
    private static final int EXTENSION = 8;
    /** ICMPv6 messages below are errors (RFC 4443, section 2.1). */
    private static final int FIRST_INFORMATIONAL = 128;

    private Frame frame;
    private Headers headers;
    private int ip;
    private int version;
    private int end;
    private int protocol;
    private int transport;
    private int checksum;
    private boolean pseudo;
    private boolean routed;
    private long change;

    /** True if the frame is an ICMP or ICMPv6 error, whether or not what it quotes can be read. */
    public static boolean isError(Frame frame, Headers h) {
        if (h.transport == 0) {
            return false;
        }
        if (h.protocol == IpProtocol.ICMP) {
            return switch (u8(frame.address + h.transport)) {
                case 3, 4, 5, 11, 12 -> true; // unreachable, source quench, redirect, time exceeded, parameter problem
                default -> false;
            };
        }
        return h.protocol == IpProtocol.ICMPV6 && u8(frame.address + h.transport) < FIRST_INFORMATIONAL;
    }

    /** Reads what an error quotes. False if that is no IP packet of the error's own version with both addresses. */
    public boolean read(Frame of, Headers h) {
        frame = of;
        headers = h;
        ip = h.transport + ICMP_HEADER;
        end = h.ipEnd;
        transport = 0;
        checksum = 0;
        pseudo = false;
        routed = false;
        protocol = -1;
        version = h.ipVersion;
        return version == 4 ? ipv4() : ipv6();
    }

    private boolean ipv4() {
        if (ip + Ipv4.HEADER > end) {
            return false;
        }
        long a = frame.address + ip;
        int length = (u8(a) & 15) * 4;
        if (u8(a) >>> 4 != 4 || length < Ipv4.HEADER) {
            return false;
        }
        protocol = u8(a + 9);
        if ((u16(a + 6) & OFFSET) == 0) {
            transport(ip + length);
        }
        return true;
    }

    private boolean ipv6() {
        if (ip + Ipv6.HEADER > end || u8(frame.address + ip) >>> 4 != 6) {
            return false;
        }
        int next = u8(frame.address + ip + 6);
        int at = ip + Ipv6.HEADER;
        while (ExtensionFlags.isExtension(next)) {
            if (at + EXTENSION > end) {
                return true;
            }
            long a = frame.address + at;
            if (next == IpProtocol.FRAGMENT && u16(a + 2) >>> 3 != 0) {
                return true; // the middle of something
            }
            routed |= next == IpProtocol.ROUTING && u8(a + 3) != 0;
            at += switch (next) {
                case IpProtocol.FRAGMENT -> EXTENSION;
                case IpProtocol.AUTHENTICATION -> (u8(a + 1) + 2) * 4; // RFC 4302, section 2.2
                default -> (u8(a + 1) + 1) * 8;
            };
            next = u8(a);
        }
        protocol = next;
        transport(at);
        return true;
    }

    private void transport(int at) {
        if (at + 4 > end) {
            return;
        }
        transport = at;
        int field = switch (protocol) {
            case IpProtocol.TCP -> TCP_CHECKSUM;
            case IpProtocol.UDP, IpProtocol.UDP_LITE, IpProtocol.DCCP -> UDP_CHECKSUM;
            case IpProtocol.ICMP, IpProtocol.ICMPV6 -> ICMP_CHECKSUM;
            default -> 0;
        };
        if (field != 0 && at + field + 2 <= end) {
            checksum = at + field;
            pseudo = protocol != IpProtocol.ICMP;
        }
    }

    /** 4 or 6. */
    public int version() {
        return version;
    }

    /** IP protocol of the quoted packet; −1 if it is not known. */
    public int protocol() {
        return protocol;
    }

    /** Of an IPv4 address all of it, of an IPv6 address the lower half. */
    public long address(boolean source) {
        return version == 4
                ? Memory.u32(frame.address + ip + (source ? 12 : 16))
                : i64(frame.address + ip + (source ? 16 : 32));
    }

    /** The upper half of an IPv6 address; 0 of IPv4. */
    public long high(boolean source) {
        return version == 4 ? 0 : i64(frame.address + ip + (source ? 8 : 24));
    }

    /** Port of TCP or UDP, or the identifier of an ICMP query (RFC 5508, section 3); −1 if that is not quoted, or there is none. */
    public int port(boolean source) {
        int at = portAt(source);
        return at == 0 ? -1 : u16(frame.address + at);
    }

    private int portAt(boolean source) {
        if (transport == 0) {
            return 0;
        }
        return switch (protocol) {
            case IpProtocol.TCP, IpProtocol.UDP -> transport + (source ? 0 : 2);
            case IpProtocol.ICMP, IpProtocol.ICMPV6 ->
                transport + ICMP_ID + 2 <= end && isQuery(u8(frame.address + transport)) ? transport + ICMP_ID : 0;
            default -> 0;
        };
    }

    /** Echo, timestamp, information and mask, requests and replies. */
    private boolean isQuery(int type) {
        return protocol == IpProtocol.ICMP
                ? type == 8 || type == 0 || (type >= 13 && type <= 18)
                : type == 128 || type == 129;
    }

    /** Replaces one address of the quoted packet; {@code high} counts with IPv6 only. */
    public void address(boolean source, long high, long low) {
        change = 0;
        if (version == 4) {
            int at = ip + (source ? 12 : 16);
            long difference = put(at, (int) low);
            int header = ip + 10;
            word(header, Checksum.finish((~u16(frame.address + header) & 0xFFFFL) + difference));
            upper(difference);
        } else {
            long at = frame.address + ip + (source ? 8 : 24);
            long difference = Sums.difference(i64(at), high) + Sums.difference(i64(at + 8), low);
            put64(at, high);
            put64(at + 8, low);
            change += difference;
            if (source || !routed) {
                upper(difference);
            }
        }
        Sums.upper(frame, headers, change);
    }

    /** Replaces a port, or the identifier of an ICMP query; nothing if {@link #port} is −1. */
    public void port(boolean source, int now) {
        int at = portAt(source);
        if (at == 0) {
            return;
        }
        change = 0;
        long difference = Sums.difference(u16(frame.address + at), now);
        word(at, now);
        covered(difference);
        Sums.upper(frame, headers, change);
    }

    private long put(int at, int now) {
        long difference = Sums.difference(Memory.u32(frame.address + at), now & 0xFFFF_FFFFL);
        put32(frame.address + at, now);
        change += difference;
        return difference;
    }

    private void word(int at, int now) {
        change += Sums.difference(u16(frame.address + at), now);
        put16(frame.address + at, now);
    }

    /** An address changed. */
    private void upper(long difference) {
        if (pseudo) {
            covered(difference);
        }
    }

    /** Something changed that the quoted packet's own checksum covers. */
    private void covered(long difference) {
        int old = checksum == 0 ? 0 : u16(frame.address + checksum);
        boolean udp = protocol == IpProtocol.UDP;
        if (checksum == 0 || (udp && old == 0)) {
            return;
        }
        int now = Checksum.finish((~old & 0xFFFFL) + difference);
        word(checksum, now == 0 && (udp || protocol == IpProtocol.UDP_LITE) ? 0xFFFF : now);
    }
}
