package io.natator.softswitch.steps;

import io.natator.packet.IpProtocol;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.frame.Editor;
import io.natator.softswitch.frame.Endpoint;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Headers;
import io.natator.softswitch.frame.Memory;
import io.natator.softswitch.frame.Quote;

/** The packet that is translated, as steps see it. Mutable and reused. */
final class Packet {
    Frame frame;
    Headers headers;
    long[] key;
    long now;
    /** An ICMP error of which {@link #quote} could be read. */
    boolean quotes;
    /** An ICMP error. */
    boolean error;

    final Quote quote = new Quote();

    void take(Frame of, Headers h, long[] k, long time) {
        frame = of;
        headers = h;
        key = k;
        now = time;
        error = Quote.isError(of, h);
        quotes = error && quote.read(of, h);
    }

    int version() {
        return headers.ipVersion;
    }

    int protocol() {
        return headers.protocol;
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
        return (int) Key.get(key, source ? Field.IPV4_SRC : Field.IPV4_DST);
    }

    /** An IPv4 address of the quoted packet; call only if it {@link #quotes}. */
    long quoted(boolean source) {
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

    /** Type of ICMP or ICMPv6, if there is a transport header. */
    int icmpType() {
        return Memory.u8(frame.address + headers.transport);
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

    /** Replaces IPv4 address and port, or query identifier, of one party. */
    void endpoint(boolean source, int address, int port) {
        Endpoint.set(frame, headers, key, source, address, port);
    }
}
