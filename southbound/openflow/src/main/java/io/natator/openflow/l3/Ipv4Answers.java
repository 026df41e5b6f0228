package io.natator.openflow.l3;

import io.natator.model.intent.DevicePort.Gateway;
import io.natator.openflow.Count;
import io.natator.packet.Decoded.Malformed;
import io.natator.packet.Decoded.Ok;
import io.natator.packet.EtherType;
import io.natator.packet.Ethernet;
import io.natator.packet.Icmp;
import io.natator.packet.IpProtocol;
import io.natator.packet.Ipv4;
import java.util.Arrays;
import java.util.Optional;
import org.onlab.packet.Ip4Address;

/** IPv4 at a virtual gateway: echo, time exceeded, unreachable (RFC 792, RFC 1812 section 4.3). */
final class Ipv4Answers {
    private static final int TTL = 64;
    private static final int NETWORK = 0;
    private static final int HOST = 1;
    private static final int PORT = 3;

    /** An error is at most 576 octets long (RFC 1812, section 4.3.2.3). */
    private static final int MAX_QUOTE = 576 - Ipv4.HEADER - Icmp.HEADER - 4;

    private Ipv4Answers() {}

    static Verdict decide(Link link, Ethernet frame, Ipv4 ip) {
        if (frame.dst() != link.mac()) {
            return Verdict.drop(Count.PACKETS_IN_NOT_FOR_US);
        }
        Ip4Address dst = Addresses.ip4(ip.dst());
        if (link.isOwn(dst)) {
            return toUs(link, frame, ip);
        }
        if (ip.ttl() <= 1) {
            return error(link, frame, ip, Icmp.TIME_EXCEEDED, 0);
        }
        return link.isOnAnyLink(dst) ? Verdict.wanted(dst) : error(link, frame, ip, Icmp.UNREACHABLE, NETWORK);
    }

    /** @param ip as it was sent */
    static Verdict hostUnreachable(Link link, Ethernet frame, Ipv4 ip) {
        return error(link, frame, ip, Icmp.UNREACHABLE, HOST);
    }

    private static Verdict toUs(Link link, Ethernet frame, Ipv4 ip) {
        if (ip.isFragment()) {
            return Verdict.drop(Count.PACKETS_IN_NOT_FOR_US);
        }
        if (ip.protocol() != IpProtocol.ICMP) {
            return ip.protocol() == IpProtocol.UDP
                    ? error(link, frame, ip, Icmp.UNREACHABLE, PORT)
                    : Verdict.drop(Count.PACKETS_IN_NOT_FOR_US);
        }
        return switch (Icmp.decode(ip)) {
            case Ok<Icmp>(Icmp icmp)
            when icmp.checksumOk() && icmp.type() == Icmp.ECHO -> {
                byte[] body = Icmp.of(Icmp.ECHO_REPLY, 0, icmp.body()).encode();
                Ipv4 reply = Ipv4.of(/* src= */ ip.dst(), /* dst= */ ip.src(), TTL, IpProtocol.ICMP, body);
                yield Verdict.send(Count.ECHO_ANSWERED, link.number(), back(link, frame, reply));
            }
            case Ok<Icmp> _ -> Verdict.drop(Count.PACKETS_IN_NOT_FOR_US);
            case Malformed<Icmp> _ -> Verdict.drop(Count.PACKETS_IN_MALFORMED);
        };
    }

    private static Verdict error(Link link, Ethernet frame, Ipv4 ip, int type, int code) {
        Optional<Gateway> gateway = link.gateway(true);
        if (gateway.isEmpty() || !isDue(frame, ip)) {
            return Verdict.drop(Count.ICMP_ERRORS_NOT_DUE);
        }
        byte[] quote = ip.encode();
        byte[] body = new byte[4 + Math.min(quote.length, MAX_QUOTE)];
        System.arraycopy(quote, 0, body, 4, body.length - 4);
        int src = Addresses.bits4(gateway.get().address());
        Ipv4 error = Ipv4.of(
                src, ip.src(), TTL, IpProtocol.ICMP, Icmp.of(type, code, body).encode());
        return Verdict.error(link.number(), back(link, frame, error));
    }

    /** When no error must be sent: RFC 1812, section 4.3.2.7. */
    private static boolean isDue(Ethernet frame, Ipv4 ip) {
        int first = ip.src() >>> 24;
        boolean sourceIsOneHost = first != 0 && first != 127 && first < 224;
        boolean toOneHost = !Ethernet.isGroup(frame.dst()) && ip.dst() >>> 24 < 224;
        return sourceIsOneHost && toOneHost && ip.fragmentOffset() == 0 && !isError(ip);
    }

    private static boolean isError(Ipv4 ip) {
        if (ip.protocol() != IpProtocol.ICMP) {
            return false;
        }
        int[] queries = {Icmp.ECHO_REPLY, Icmp.ECHO, 13, 14}; // timestamps are queries too
        return ip.payload().length == 0 || Arrays.stream(queries).noneMatch(q -> q == (ip.payload()[0] & 0xFF));
    }

    private static byte[] back(Link link, Ethernet frame, Ipv4 packet) {
        return new Ethernet(frame.src(), link.mac(), EtherType.IPV4, packet.encode()).encode();
    }
}
