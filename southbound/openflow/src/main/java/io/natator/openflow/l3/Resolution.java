package io.natator.openflow.l3;

import io.natator.model.device.ResolvedPort;
import io.natator.model.intent.DevicePort.Gateway;
import io.natator.openflow.l3.Verdict.Answer;
import io.natator.packet.Arp;
import io.natator.packet.EtherType;
import io.natator.packet.Ethernet;
import io.natator.packet.Ip6;
import io.natator.packet.IpProtocol;
import io.natator.packet.Ipv6;
import io.natator.packet.NeighborDiscovery;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.onlab.packet.IpAddress;

/** Asks for the MAC of an on-link address (RFC 826; RFC 4861, section 7.2.2). */
public final class Resolution {
    private Resolution() {}

    /** The question and where to ask it; empty if no gateway's prefix contains the address. */
    public static Optional<Answer> ask(List<ResolvedPort> ports, IpAddress address) {
        for (ResolvedPort port : ports) {
            for (Gateway gateway : port.config().gateways()) {
                if (gateway.address().isIp4() == address.isIp4()
                        && gateway.onLink().contains(address)
                        && !gateway.address().equals(address)) {
                    long mac = port.mac().toLong();
                    byte[] frame = address.isIp4()
                            ? request(mac, gateway.address(), address)
                            : solicitation(mac, gateway.address(), address);
                    return Optional.of(new Answer(port.number(), frame, false));
                }
            }
        }
        return Optional.empty();
    }

    private static byte[] request(long mac, IpAddress from, IpAddress wanted) {
        Arp arp = new Arp(Arp.REQUEST, mac, Addresses.bits4(from), 0, Addresses.bits4(wanted));
        return new Ethernet(Ethernet.BROADCAST, mac, EtherType.ARP, arp.encode()).encode();
    }

    private static byte[] solicitation(long mac, IpAddress from, IpAddress wanted) {
        Ip6 src = Addresses.bits6(from);
        Ip6 target = Addresses.bits6(wanted);
        Ip6 dst = target.solicitedNode();
        byte[] body = new NeighborDiscovery(NeighborDiscovery.SOLICITATION, 0, target, OptionalLong.of(mac))
                .icmp()
                .encode(src, dst);
        Ipv6 packet = Ipv6.of(src, dst, 255, IpProtocol.ICMPV6, body);
        return new Ethernet(dst.multicastMac(), mac, EtherType.IPV6, packet.encode()).encode();
    }
}
