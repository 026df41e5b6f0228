package io.natator.openflow.l3;

import io.natator.model.eval.Origin;
import io.natator.model.packet.Packet;
import io.natator.packet.Bytes;
import io.natator.packet.Checksum;
import io.natator.packet.Ethernet;
import io.natator.packet.Ip6;
import io.natator.packet.IpProtocol;
import io.natator.packet.Ipv4;
import io.natator.packet.Ipv6;
import org.onlab.packet.IpAddress;

/** Undoes a translation in a packet that is to be quoted, checksums included. */
final class AsSent {
    private AsSent() {}

    static Ipv4 of(Origin origin, int inPort, Ethernet frame, Ipv4 ip) {
        Packet.Ip sent = origin.of(
                inPort, seen(frame, Addresses.ip4(ip.src()), Addresses.ip4(ip.dst()), ip.ttl(), ip.protocol()));
        int src = Addresses.bits4(sent.src());
        int dst = Addresses.bits4(sent.dst());
        byte[] payload = ip.fragmentOffset() == 0
                ? payload(ip.payload(), ip.protocol(), ip.pseudo(0), Checksum.pseudo(src, dst, ip.protocol(), 0))
                : ip.payload();
        return new Ipv4(
                ip.tos(),
                ip.id(),
                ip.flags(),
                ip.fragmentOffset(),
                ip.ttl(),
                ip.protocol(),
                src,
                dst,
                ip.options(),
                payload,
                ip.checksumOk());
    }

    static Ipv6 of(Origin origin, int inPort, Ethernet frame, Ipv6 ip) {
        Packet.Ip sent = origin.of(
                inPort, seen(frame, Addresses.ip6(ip.src()), Addresses.ip6(ip.dst()), ip.hopLimit(), ip.protocol()));
        Ip6 src = Addresses.bits6(sent.src());
        Ip6 dst = Addresses.bits6(sent.dst());
        byte[] payload = ip.isFragment()
                ? ip.payload()
                : payload(ip.payload(), ip.protocol(), ip.pseudo(0), Checksum.pseudo(src, dst, ip.protocol(), 0));
        return new Ipv6(
                ip.trafficClass(), ip.flowLabel(), ip.hopLimit(), src, dst, ip.extensions(), ip.protocol(), payload);
    }

    private static Packet.Ip seen(Ethernet frame, IpAddress src, IpAddress dst, int ttl, int protocol) {
        return new Packet.Ip(Addresses.mac(frame.src()), Addresses.mac(frame.dst()), src, dst, ttl, protocol, 0, 0);
    }

    /** The payload with its checksum moved from one pseudo-header to the other (RFC 1624, equation 3). */
    private static byte[] payload(byte[] payload, int protocol, long before, long after) {
        int at = switch (protocol) {
            case IpProtocol.TCP -> 16;
            case IpProtocol.UDP -> 6;
            case IpProtocol.ICMPV6 -> 2;
            default -> -1;
        };
        boolean none = at < 0 || payload.length < at + 2 || (protocol == IpProtocol.UDP && Bytes.u16(payload, at) == 0);
        if (none) {
            return payload;
        }
        byte[] out = payload.clone();
        long complement = ~Bytes.u16(payload, at) & 0xFFFFL;
        int checksum = Checksum.finish(complement + Checksum.finish(before) + after);
        Bytes.put16(out, at, checksum == 0 && protocol == IpProtocol.UDP ? 0xFFFF : checksum);
        return out;
    }
}
