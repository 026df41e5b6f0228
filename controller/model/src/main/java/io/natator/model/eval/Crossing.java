package io.natator.model.eval;

import io.natator.model.intent.Embedding;
import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import io.natator.model.packet.Packet.Ip;
import java.util.Optional;
import org.onlab.packet.IpAddress;

/** Packets that change their IP version (RFC 7915), as far as the evaluator knows packets. */
public final class Crossing {
    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;
    private static final int LAST_ERROR = 4;

    private Crossing() {}

    /** True if an inside host, or a router in between that says what became of a packet, sends the packet to an IPv4 host. */
    static boolean leaves(Translation translation, Ip packet) {
        return translation.kind().crosses()
                && (Addresses.in(translation.inside(), packet.src()) || isError(packet))
                && embedding(translation).extract(packet.dst()).isPresent();
    }

    private static boolean isError(Ip packet) {
        return packet.protocol() == ICMPV6 && packet.srcPort() >= 1 && packet.srcPort() <= LAST_ERROR;
    }

    /** The IPv4 packet, from {@code outside}; empty if it cannot become one, or is not for an IPv4 host. */
    public static Optional<Ip> toIpv4(Embedding embedding, Ip packet, IpAddress outside) {
        return embedding.extract(packet.dst()).flatMap(remote -> other(packet, outside, remote));
    }

    /** The IPv6 packet, to {@code inside}; empty if it cannot become one. */
    public static Optional<Ip> toIpv6(Embedding embedding, Ip packet, IpAddress inside) {
        return other(packet, embedding.embed(packet.src().getIp4Address()), inside);
    }

    /** What SIIT makes of a packet from inside that {@link #leaves}. */
    static Optional<Ip> toOutside(Translation translation, Ip packet) {
        return isError(packet)
                ? Optional.empty()
                : toIpv4(embedding(translation), packet, translation.eam().toIpv4(packet.src()));
    }

    /** What SIIT makes of a packet to an outside address. */
    static Optional<Ip> toInside(Translation translation, Ip packet) {
        return toIpv6(embedding(translation), packet, translation.eam().toIpv6(packet.dst()));
    }

    private static Embedding embedding(Translation translation) {
        return translation.embedding().orElseThrow();
    }

    /** Of ICMP, echo requests and replies only: what quotes a packet is beyond the evaluator. */
    private static Optional<Ip> other(Ip p, IpAddress src, IpAddress dst) {
        int protocol = p.protocol();
        int type = p.srcPort();
        if (protocol == ICMP || protocol == ICMPV6) {
            boolean toIpv6 = dst.isIp6();
            boolean request = type == (toIpv6 ? 8 : 128);
            boolean reply = type == (toIpv6 ? 0 : 129);
            if (protocol != (toIpv6 ? ICMP : ICMPV6) || !(request || reply)) {
                return Optional.empty();
            }
            protocol = toIpv6 ? ICMPV6 : ICMP;
            type = request ? (toIpv6 ? 128 : 8) : (toIpv6 ? 129 : 0);
        }
        return Optional.of(new Ip(p.ethSrc(), p.ethDst(), src, dst, p.ttl(), protocol, type, p.dstPort()));
    }
}
