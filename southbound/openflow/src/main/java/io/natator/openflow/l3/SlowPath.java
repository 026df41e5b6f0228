package io.natator.openflow.l3;

import io.natator.model.device.ResolvedPort;
import io.natator.model.eval.Origin;
import io.natator.model.rule.Cookie;
import io.natator.openflow.Count;
import io.natator.openflow.codec.PacketIn;
import io.natator.packet.Arp;
import io.natator.packet.Decoded.Malformed;
import io.natator.packet.Decoded.Ok;
import io.natator.packet.EtherType;
import io.natator.packet.Ethernet;
import io.natator.packet.Ipv4;
import io.natator.packet.Ipv6;
import java.util.List;

/**
 * ROUTED: what the virtual gateways of a device do with packets that its tables send up. A pure function of the
 * packet and the configured ports.
 */
public final class SlowPath {
    private SlowPath() {}

    /** Decides about {@code in}. */
    public static Verdict decide(List<ResolvedPort> ports, PacketIn in) {
        if (in.frame().length < in.totalLength()) {
            return Verdict.drop(Count.PACKETS_IN_CUT_SHORT);
        }
        return switch (Ethernet.decode(in.frame())) {
            case Malformed<Ethernet> _ -> Verdict.drop(Count.PACKETS_IN_MALFORMED);
            case Ok<Ethernet>(Ethernet frame) -> {
                Link link = Link.of(ports, in.inPort(), frame);
                yield link == null
                        ? Verdict.drop(Count.PACKETS_IN_UNKNOWN_PORT)
                        : decide(link, frame, isProxyRule(in.cookie()));
            }
        };
    }

    /**
     * Nobody answers for the destination of a packet that was sent up translated: its sender is told (RFC 1812, section
     * 4.3.3.1; RFC 4443, section 3.1).
     *
     * @param frame that {@link #decide} found to be for an on-link address
     */
    public static Verdict unreachable(List<ResolvedPort> ports, Origin origin, int inPort, byte[] frame) {
        Link link = Link.of(ports, inPort);
        if (link == null || !(Ethernet.decode(frame) instanceof Ok<Ethernet>(Ethernet ethernet))) {
            return Verdict.drop(Count.PACKETS_IN_UNKNOWN_PORT); // its port is a router's no more
        }
        if (Ipv4.decode(ethernet.payload()) instanceof Ok<Ipv4>(Ipv4 ip)) {
            return Ipv4Answers.hostUnreachable(link, ethernet, AsSent.of(origin, inPort, ethernet, ip));
        }
        return Ipv6.decode(ethernet.payload()) instanceof Ok<Ipv6>(Ipv6 ip)
                ? Ipv6Answers.hostUnreachable(link, ethernet, AsSent.of(origin, inPort, ethernet, ip))
                : Verdict.drop(Count.PACKETS_IN_MALFORMED);
    }

    /** Rules of a translation send up requests for its outside addresses: these are answered for everybody. */
    private static boolean isProxyRule(long cookie) {
        return Cookie.isOurs(cookie) && (cookie & Cookie.OWNER_MASK) != Cookie.ofOwner("");
    }

    private static Verdict decide(Link link, Ethernet frame, boolean proxy) {
        if (!frame.tags().isEmpty()) {
            return Verdict.drop(Count.PACKETS_IN_NOT_FOR_US);
        }
        return switch (frame.type()) {
            case EtherType.ARP ->
                switch (Arp.decode(frame.payload())) {
                    case Ok<Arp>(Arp arp) -> ArpAnswers.decide(link, frame, arp, proxy);
                    case Malformed<Arp> _ -> Verdict.drop(Count.PACKETS_IN_MALFORMED);
                };
            case EtherType.IPV4 ->
                switch (Ipv4.decode(frame.payload())) {
                    case Ok<Ipv4>(Ipv4 ip) when ip.checksumOk() -> Ipv4Answers.decide(link, frame, ip);
                    case Ok<Ipv4> _, Malformed<Ipv4> _ -> Verdict.drop(Count.PACKETS_IN_MALFORMED);
                };
            case EtherType.IPV6 ->
                switch (Ipv6.decode(frame.payload())) {
                    case Ok<Ipv6>(Ipv6 ip) -> Ipv6Answers.decide(link, frame, ip, proxy);
                    case Malformed<Ipv6> _ -> Verdict.drop(Count.PACKETS_IN_MALFORMED);
                };
            default -> Verdict.drop(Count.PACKETS_IN_NOT_FOR_US);
        };
    }
}
