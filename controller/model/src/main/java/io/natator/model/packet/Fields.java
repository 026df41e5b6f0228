package io.natator.model.packet;

import io.natator.model.packet.Packet.Arp;
import io.natator.model.packet.Packet.Ip;
import io.natator.model.packet.Packet.Nd;
import io.natator.model.rule.AddressField;
import java.util.List;
import java.util.Optional;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;

/** The fields of a packet. */
public final class Fields {
    private Fields() {}

    /** The address fields that {@code packet} has. */
    public static List<AddressField> of(Packet packet) {
        return switch (packet) {
            case Arp arp -> List.of(AddressField.ARP_SPA, AddressField.ARP_TPA);
            case Ip ip -> List.of(source(ip), destination(ip));
            case Nd nd -> List.of(AddressField.IPV6_SRC, AddressField.IPV6_DST, AddressField.ND_TARGET);
        };
    }

    /** {@code IPV4_SRC} or {@code IPV6_SRC}. */
    public static AddressField source(Ip ip) {
        return ip.src().isIp4() ? AddressField.IPV4_SRC : AddressField.IPV6_SRC;
    }

    /** {@code IPV4_DST} or {@code IPV6_DST}. */
    public static AddressField destination(Ip ip) {
        return ip.src().isIp4() ? AddressField.IPV4_DST : AddressField.IPV6_DST;
    }

    /** What stands in {@code field}; empty if the packet has no such field. */
    public static Optional<IpAddress> get(Packet packet, AddressField field) {
        if (!of(packet).contains(field)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (packet) {
                    case Arp arp -> field == AddressField.ARP_SPA ? arp.spa() : arp.tpa();
                    case Ip ip -> field == source(ip) ? ip.src() : ip.dst();
                    case Nd nd ->
                        field == AddressField.ND_TARGET
                                ? nd.target()
                                : field == AddressField.IPV6_SRC ? nd.src() : nd.dst();
                });
    }

    /** The packet with {@code value} in {@code field}; as it is if it has no such field. */
    public static Packet set(Packet packet, AddressField field, IpAddress value) {
        if (!of(packet).contains(field)) {
            return packet;
        }
        return switch (packet) {
            case Arp a -> {
                Ip4Address v = value.getIp4Address();
                boolean spa = field == AddressField.ARP_SPA;
                yield new Arp(a.ethSrc(), a.ethDst(), a.op(), a.sha(), spa ? v : a.spa(), a.tha(), spa ? a.tpa() : v);
            }
            case Ip i -> {
                boolean src = field == source(i);
                yield new Ip(
                        i.ethSrc(),
                        i.ethDst(),
                        src ? value : i.src(),
                        src ? i.dst() : value,
                        i.ttl(),
                        i.protocol(),
                        i.srcPort(),
                        i.dstPort());
            }
            case Nd n -> {
                Ip6Address v = value.getIp6Address();
                yield new Nd(
                        n.ethSrc(),
                        n.ethDst(),
                        field == AddressField.IPV6_SRC ? v : n.src(),
                        field == AddressField.IPV6_DST ? v : n.dst(),
                        n.type(),
                        field == AddressField.ND_TARGET ? v : n.target());
            }
        };
    }

    /** The packet between other MACs. */
    public static Packet ethernet(Packet packet, MacAddress src, MacAddress dst) {
        return switch (packet) {
            case Arp a -> new Arp(src, dst, a.op(), a.sha(), a.spa(), a.tha(), a.tpa());
            case Ip i -> new Ip(src, dst, i.src(), i.dst(), i.ttl(), i.protocol(), i.srcPort(), i.dstPort());
            case Nd n -> new Nd(src, dst, n.src(), n.dst(), n.type(), n.target());
        };
    }
}
