package io.natator.openflow.l3;

import io.natator.model.intent.DevicePort.Gateway;
import io.natator.openflow.Count;
import io.natator.openflow.l3.Verdict.Heard;
import io.natator.packet.Decoded.Malformed;
import io.natator.packet.Decoded.Ok;
import io.natator.packet.EtherType;
import io.natator.packet.Ethernet;
import io.natator.packet.Icmp;
import io.natator.packet.Ip6;
import io.natator.packet.IpProtocol;
import io.natator.packet.Ipv6;
import io.natator.packet.NeighborDiscovery;
import java.util.Optional;
import java.util.OptionalLong;
import org.onlab.packet.Ip6Address;

/** IPv6 at a virtual gateway: neighbour discovery (RFC 4861), echo, time exceeded, unreachable (RFC 4443). */
final class Ipv6Answers {
    private static final int HOP_LIMIT = 64;

    /** Neighbour discovery from beyond the link has a smaller one (RFC 4861, section 7.1). */
    private static final int ON_LINK = 255;

    private static final int NO_ROUTE = 0;
    private static final int ADDRESS = 3;
    private static final int PORT = 4;
    private static final int FIRST_QUERY = 128;
    private static final int REDIRECT = 137;

    /** An error fits the smallest MTU (RFC 4443, section 2.4 (c)). */
    private static final int MAX_QUOTE = 1280 - Ipv6.HEADER - Icmp.HEADER - 4;

    private Ipv6Answers() {}

    static Verdict decide(Link link, Ethernet frame, Ipv6 ip, boolean proxy) {
        if (ip.protocol() == IpProtocol.ICMPV6 && !ip.isFragment()) {
            switch (Icmp.decode(ip)) {
                case Malformed<Icmp> _ -> {
                    return Verdict.drop(Count.PACKETS_IN_MALFORMED);
                }
                case Ok<Icmp>(Icmp icmp)
                when !icmp.checksumOk() -> {
                    return Verdict.drop(Count.PACKETS_IN_MALFORMED);
                }
                case Ok<Icmp>(Icmp icmp) -> {
                    if (icmp.type() == NeighborDiscovery.SOLICITATION
                            || icmp.type() == NeighborDiscovery.ADVERTISEMENT) {
                        return discovery(link, frame, ip, icmp, proxy);
                    }
                }
            }
        }
        return unicast(link, frame, ip);
    }

    private static Verdict discovery(Link link, Ethernet frame, Ipv6 ip, Icmp icmp, boolean proxy) {
        return switch (NeighborDiscovery.decode(icmp)) {
            case Malformed<NeighborDiscovery> _ -> Verdict.drop(Count.PACKETS_IN_MALFORMED);
            case Ok<NeighborDiscovery>(NeighborDiscovery nd) -> {
                if (ip.hopLimit() != ON_LINK) {
                    yield Verdict.drop(Count.PACKETS_IN_MALFORMED);
                }
                yield nd.type() == NeighborDiscovery.ADVERTISEMENT
                        ? advertised(link, nd)
                        : solicited(link, frame, ip, nd, proxy);
            }
        };
    }

    private static Verdict advertised(Link link, NeighborDiscovery nd) {
        Optional<Heard> heard = heard(link, nd.target(), nd.linkLayer());
        return Verdict.drop(heard.isPresent() ? Count.NEIGHBORS_HEARD : Count.PACKETS_IN_NOT_FOR_US)
                .hearing(heard);
    }

    private static Verdict solicited(Link link, Ethernet frame, Ipv6 ip, NeighborDiscovery nd, boolean proxy) {
        boolean duplicateDetection = ip.src().equals(Ip6.UNSPECIFIED);
        Optional<Heard> heard = duplicateDetection ? Optional.empty() : heard(link, ip.src(), nd.linkLayer());
        boolean gateway =
                link.isGateway(Addresses.ip6(nd.target())) || nd.target().equals(Ip6.linkLocal(link.mac()));
        if (!gateway && !proxy) {
            return Verdict.drop(heard.isPresent() ? Count.NEIGHBORS_HEARD : Count.PACKETS_IN_NOT_FOR_US)
                    .hearing(heard);
        }
        // RFC 4861, sections 7.2.4 and 7.2.8: a proxy does not override
        int flags = (gateway ? NeighborDiscovery.ROUTER | NeighborDiscovery.OVERRIDE : 0)
                | (duplicateDetection ? 0 : NeighborDiscovery.SOLICITED);
        NeighborDiscovery answer =
                new NeighborDiscovery(NeighborDiscovery.ADVERTISEMENT, flags, nd.target(), OptionalLong.of(link.mac()));
        Ip6 to = duplicateDetection ? Ip6.ALL_NODES : ip.src();
        Ipv6 packet = Ipv6.of(
                nd.target(), to, ON_LINK, IpProtocol.ICMPV6, answer.icmp().encode(nd.target(), to));
        long mac = duplicateDetection ? to.multicastMac() : nd.linkLayer().orElse(frame.src());
        byte[] out = new Ethernet(mac, link.mac(), EtherType.IPV6, packet.encode()).encode();
        return Verdict.send(Count.ND_ANSWERED, link.number(), out).hearing(heard);
    }

    private static Optional<Heard> heard(Link link, Ip6 address, OptionalLong mac) {
        return mac.isPresent() && !Ethernet.isGroup(mac.getAsLong()) && link.isNeighbor(Addresses.ip6(address))
                ? Optional.of(new Heard(Addresses.ip6(address), Addresses.mac(mac.getAsLong())))
                : Optional.empty();
    }

    private static Verdict unicast(Link link, Ethernet frame, Ipv6 ip) {
        if (frame.dst() != link.mac()) {
            return Verdict.drop(Count.PACKETS_IN_NOT_FOR_US);
        }
        Ip6Address dst = Addresses.ip6(ip.dst());
        if (link.isOwn(dst) || ip.dst().equals(Ip6.linkLocal(link.mac()))) {
            return toUs(link, frame, ip);
        }
        if (ip.hopLimit() <= 1) {
            return error(link, frame, ip, Icmp.V6_TIME_EXCEEDED, 0);
        }
        return link.isOnAnyLink(dst) ? Verdict.wanted(dst) : error(link, frame, ip, Icmp.V6_UNREACHABLE, NO_ROUTE);
    }

    /** @param ip as it was sent */
    static Verdict hostUnreachable(Link link, Ethernet frame, Ipv6 ip) {
        return error(link, frame, ip, Icmp.V6_UNREACHABLE, ADDRESS);
    }

    private static Verdict toUs(Link link, Ethernet frame, Ipv6 ip) {
        if (ip.isFragment()) {
            return Verdict.drop(Count.PACKETS_IN_NOT_FOR_US);
        }
        if (ip.protocol() == IpProtocol.UDP) {
            return error(link, frame, ip, Icmp.V6_UNREACHABLE, PORT);
        }
        if (ip.protocol() == IpProtocol.ICMPV6
                && Icmp.decode(ip) instanceof Ok<Icmp>(Icmp icmp)
                && icmp.type() == Icmp.V6_ECHO) {
            byte[] body = Icmp.of(Icmp.V6_ECHO_REPLY, 0, icmp.body()).encode(/* src= */ ip.dst(), /* dst= */ ip.src());
            Ipv6 reply = Ipv6.of(/* src= */ ip.dst(), /* dst= */ ip.src(), HOP_LIMIT, IpProtocol.ICMPV6, body);
            return Verdict.send(Count.ECHO_ANSWERED, link.number(), back(link, frame, reply));
        }
        return Verdict.drop(Count.PACKETS_IN_NOT_FOR_US);
    }

    private static Verdict error(Link link, Ethernet frame, Ipv6 ip, int type, int code) {
        Optional<Gateway> gateway = link.gateway(false);
        if (gateway.isEmpty() || !isDue(frame, ip)) {
            return Verdict.drop(Count.ICMP_ERRORS_NOT_DUE);
        }
        byte[] quote = ip.encode();
        byte[] body = new byte[4 + Math.min(quote.length, MAX_QUOTE)];
        System.arraycopy(quote, 0, body, 4, body.length - 4);
        Ip6 src = Addresses.bits6(gateway.get().address());
        byte[] icmp = Icmp.of(type, code, body).encode(src, ip.src());
        return Verdict.error(
                link.number(), back(link, frame, Ipv6.of(src, ip.src(), HOP_LIMIT, IpProtocol.ICMPV6, icmp)));
    }

    /** When no error must be sent: RFC 4443, section 2.4 (e). */
    private static boolean isDue(Ethernet frame, Ipv6 ip) {
        boolean error = ip.protocol() == IpProtocol.ICMPV6
                && (ip.payload().length == 0
                        || (ip.payload()[0] & 0xFF) < FIRST_QUERY
                        || (ip.payload()[0] & 0xFF) == REDIRECT);
        boolean sourceIsOneHost = !ip.src().isMulticast() && !ip.src().equals(Ip6.UNSPECIFIED);
        return !error && sourceIsOneHost && !ip.dst().isMulticast() && !Ethernet.isGroup(frame.dst());
    }

    private static byte[] back(Link link, Ethernet frame, Ipv6 packet) {
        return new Ethernet(frame.src(), link.mac(), EtherType.IPV6, packet.encode()).encode();
    }
}
