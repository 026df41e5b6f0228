package io.natator.softswitch.steps;

import io.natator.packet.IpProtocol;
import io.natator.softswitch.count.Count;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.frame.Editor;
import io.natator.softswitch.frame.Endpoint;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Headers;
import io.natator.softswitch.frame.Memory;
import io.natator.softswitch.frame.Quote;
import io.natator.softswitch.session.HostTable;
import io.natator.softswitch.session.Pref64;
import io.natator.softswitch.session.ShareState;

/** The packet that is translated, as steps see it. Mutable and reused. */
final class Packet {
    /** Of ICMPv6 (RFC 4443, section 4). */
    private static final int ECHO_REQUEST = 128;

    private static final int ECHO_REPLY = 129;

    Frame frame;
    Headers headers;
    long[] key;
    long now;
    /** An ICMP error of which {@link #quote} could be read. */
    boolean quotes;
    /** An ICMP error. */
    boolean error;

    final Quote quote = new Quote();

    /** Octets of the largest packet that goes where this one goes now; 0 if it did not become one of IPv6. */
    int ipv6Mtu;

    /** Of a fragment that was cut here octets of all of its ICMP message; else 0. */
    int icmpLength;

    /** It is of IPv6, from a host of NAT64, and read as what it is to become: see {@link #asIpv4}. */
    private boolean isAsIpv4;

    private int source;
    private int destination;
    private int quotedSource;
    private int quotedDestination;

    void take(Frame of, Headers h, long[] k, long time) {
        frame = of;
        headers = h;
        key = k;
        now = time;
        ipv6Mtu = 0;
        isAsIpv4 = false;
        error = Quote.isError(of, h);
        quotes = error && quote.read(of, h);
    }

    /**
     * Reads a packet from inside of NAT64 as if it were of IPv4, so that nothing of it has to change before it is decided what it
     * becomes: its source is the host's number, 0 if it has none, its destination the address within. Of what it quotes it is the
     * other way round.
     *
     * @return why it can become none; null if it can
     */
    Count asIpv4(ShareState share, HostTable hosts) {
        Pref64 pref64 = share.pref64;
        if (!pref64.holds(high(false), low(false))) {
            return Count.CROSS_NOT_EMBEDDED;
        }
        destination = pref64.ipv4(high(false), low(false));
        if (!Unreachable.isHost(destination)) {
            return Count.CROSS_ILLEGAL_ADDRESS;
        }
        source = hosts.find(share.slot, high(true), low(true));
        if (quotes) {
            quotes = pref64.holds(quote.high(true), quote.address(true));
            quotedSource = pref64.ipv4(quote.high(true), quote.address(true));
            quotedDestination = hosts.find(share.slot, quote.high(false), quote.address(false));
        }
        isAsIpv4 = true;
        return null;
    }

    /** The host has a number now. */
    void source(int number) {
        source = number;
    }

    int version() {
        return headers.ipVersion;
    }

    /** IP protocol; that of IPv4 if it is read {@link #asIpv4}, −1 if it has none there. */
    int protocol() {
        return isAsIpv4 ? ofIpv4(headers.protocol) : headers.protocol;
    }

    private static int ofIpv4(int protocol) {
        return switch (protocol) {
            case IpProtocol.ICMPV6 -> IpProtocol.ICMP;
            case IpProtocol.ICMP -> -1;
            default -> protocol;
        };
    }

    /** As {@link #protocol}, of the quoted packet. */
    int quotedProtocol() {
        return isAsIpv4 ? ofIpv4(quote.protocol()) : quote.protocol();
    }

    /** Upper half of an IPv6 address; 0 of IPv4. */
    long high(boolean source) {
        return version() == 4 ? 0 : Key.high(key, source ? Field.IPV6_SRC : Field.IPV6_DST);
    }

    /** Lower half of an IPv6 address; all of an IPv4 address. */
    long low(boolean source) {
        return Key.get(key, field(source));
    }

    /** An IPv4 address. */
    int address(boolean source) {
        if (isAsIpv4) {
            return source ? this.source : destination;
        }
        return (int) Key.get(key, source ? Field.IPV4_SRC : Field.IPV4_DST);
    }

    /** An IPv4 address of the quoted packet; call only if it {@link #quotes}. */
    long quoted(boolean source) {
        if (isAsIpv4) {
            return (source ? quotedSource : quotedDestination) & 0xFFFF_FFFFL;
        }
        return quote.address(source);
    }

    private Field field(boolean source) {
        return version() == 4 ? (source ? Field.IPV4_SRC : Field.IPV4_DST) : (source ? Field.IPV6_SRC : Field.IPV6_DST);
    }

    /** True of TCP, UDP and ICMP, of which the transport header must be whole. */
    boolean needsTransport() {
        return switch (protocol()) {
            case IpProtocol.TCP, IpProtocol.UDP, IpProtocol.ICMP, IpProtocol.ICMPV6 -> true;
            default -> false;
        };
    }

    /** Port of one party, if there is a transport header of TCP or UDP. */
    int port(boolean source) {
        return (int) Key.get(key, source ? Field.TCP_SRC : Field.TCP_DST);
    }

    /** Type of ICMP or ICMPv6, if there is a transport header; that of ICMP if it is read {@link #asIpv4}, −1 if it has none there. */
    int icmpType() {
        int type = Memory.u8(frame.address + headers.transport);
        return isAsIpv4 ? (type == ECHO_REQUEST ? 8 : type == ECHO_REPLY ? 0 : -1) : type;
    }

    /** Identifier of an ICMP query. */
    int icmpId() {
        return Endpoint.icmpId(frame, headers);
    }

    /** TCP's flags; 0 of all others. */
    int flags() {
        return protocol() == IpProtocol.TCP && headers.transport != 0 ? Endpoint.tcpFlags(frame, headers) : 0;
    }

    /** True of any fragment but the first one. */
    boolean isLaterFragment() {
        if (!headers.fragment) {
            return false;
        }
        return version() == 4
                ? (Memory.u16(frame.address + headers.ip + 6) & 0x1FFF) != 0
                : protocol() == IpProtocol.FRAGMENT;
    }

    /** Replaces an address. */
    void address(boolean source, long high, long low) {
        Editor.set(frame, headers, key, field(source), high, low, -1L, -1L);
    }

    /** Replaces a port, or the query identifier. */
    void port(boolean source, int port) {
        Endpoint.port(frame, headers, key, source, port);
    }

    /** Replaces IPv4 address and port, or query identifier, of one party. */
    void endpoint(boolean source, int address, int port) {
        Endpoint.set(frame, headers, key, source, address, port);
    }
}
