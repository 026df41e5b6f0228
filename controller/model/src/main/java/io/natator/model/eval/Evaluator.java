package io.natator.model.eval;

import io.natator.model.device.Capabilities;
import io.natator.model.device.ResolvedPort;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort.Gateway;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import io.natator.model.packet.Arrival;
import io.natator.model.packet.Packet;
import io.natator.model.packet.Packet.Arp;
import io.natator.model.packet.Packet.Ip;
import io.natator.model.packet.Packet.Nd;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;

/**
 * Says what any packet becomes on a device on which every translation is done in full. Where a device lacks
 * something ({@code MOVE} to answer ARP, {@code MATCH_TTL}), its rules may hand a packet to the controller that is
 * {@link Outcome.Answered} here, or drop one whose TTL is exceeded; nothing else may differ.
 */
public final class Evaluator {
    private static final int ARP_REQUEST = 1;
    private static final int SOLICITATION = 135;

    private final Device.Mode mode;
    private final List<ResolvedPort> ports;
    private final List<Translation> translations;
    private final Translator translator;
    private final Routing routing;

    /**
     * @param translations those on this device, that passed validation
     * @param nextHops ROUTED: MACs of resolved on-link addresses
     */
    public Evaluator(
            Device device,
            Capabilities capabilities,
            List<Translation> translations,
            Map<IpAddress, MacAddress> nextHops) {
        this(device, capabilities, translations, nextHops, Stateful.NONE);
    }

    /** @param sessions what DYNAMIC and NAPT translations do */
    public Evaluator(
            Device device,
            Capabilities capabilities,
            List<Translation> translations,
            Map<IpAddress, MacAddress> nextHops,
            Stateful sessions) {
        this.mode = device.mode();
        this.ports = ResolvedPort.of(device, capabilities);
        this.translations = List.copyOf(translations);
        this.routing = new Routing(ports, device.routes(), nextHops);
        this.translator = new Translator(mode, translations, sessions, routing::leadsInside);
    }

    /** What becomes of a packet that comes in by a port. */
    public Outcome evaluate(Arrival arrival) {
        Optional<ResolvedPort> port =
                ports.stream().filter(p -> p.number() == arrival.inPort()).findFirst();
        if (port.isEmpty()) {
            return new Outcome.NotOurs();
        }
        Packet packet = arrival.packet();
        if (port.get().side() == Side.SERVICE) {
            return new Outcome.Dropped(Outcome.Drop.NOT_SERVED);
        }
        if (mode == Device.Mode.ROUTED) {
            return routed(port.get(), packet);
        }
        if (mode == Device.Mode.TRANSPARENT && !(packet instanceof Ip)) {
            return transparent(port.get(), translator.link(port.get().side(), packet));
        }
        Translator.Result result = translator.translate(port.get().side(), packet);
        if (result.dropped()) {
            return new Outcome.Dropped(Outcome.Drop.NO_SESSION);
        }
        return mode == Device.Mode.TRANSPARENT
                ? transparent(port.get(), List.of(result.packet()))
                : new Outcome.Normal(result.packet(), arrival.inPort());
    }

    /** The packet with its addresses translated: all that happens to it before it is forwarded. */
    public Packet translate(Side from, Packet packet) {
        return translator.translate(from, packet).packet();
    }

    private static Outcome transparent(ResolvedPort port, List<Packet> packets) {
        return port.peer()
                .<Outcome>map(peer -> packets.size() == 1
                        ? new Outcome.Sent(packets.getFirst(), peer)
                        : new Outcome.Copied(packets, peer))
                .orElseGet(() -> new Outcome.Dropped(Outcome.Drop.NO_PEER));
    }

    private Outcome routed(ResolvedPort port, Packet packet) {
        return switch (packet) {
            case Arp arp -> arp(port, arp);
            case Nd nd -> neighborDiscovery(port, nd);
            case Ip ip -> ip(port, ip);
        };
    }

    private Outcome arp(ResolvedPort port, Arp arp) {
        boolean request = arp.op() == ARP_REQUEST;
        if (isGateway(port, arp.tpa())) {
            return request
                    ? new Outcome.Answered(
                            new Arp(port.mac(), arp.ethSrc(), 2, port.mac(), arp.tpa(), arp.sha(), arp.spa()))
                    : controlled(arp, Outcome.Cause.LINK);
        }
        boolean announced = arp.spa().equals(arp.tpa()) && routing.leadsTo(port, arp.spa());
        return announced || (request && proxied(port, arp.tpa()))
                ? controlled(arp, Outcome.Cause.LINK)
                : new Outcome.Dropped(Outcome.Drop.NOT_TO_GATEWAY);
    }

    private Outcome neighborDiscovery(ResolvedPort port, Nd nd) {
        boolean forUs = nd.type() == SOLICITATION
                ? isGateway(port, nd.target()) || proxied(port, nd.target())
                : isGateway(port, nd.dst()) || routing.leadsTo(port, nd.target());
        return forUs ? controlled(nd, Outcome.Cause.LINK) : new Outcome.Dropped(Outcome.Drop.NOT_TO_GATEWAY);
    }

    private Outcome ip(ResolvedPort port, Ip ip) {
        boolean family = port.config().gateways().stream().anyMatch(g -> sameFamily(g, ip.dst()));
        if (!ip.ethDst().equals(port.mac()) || !family) {
            boolean own = ip.ethDst().equals(port.mac()) && routing.isGateway(ip.dst());
            return own ? controlled(ip, Outcome.Cause.OWN_ADDRESS) : new Outcome.Dropped(Outcome.Drop.NOT_TO_GATEWAY);
        }
        if (routing.isGateway(ip.dst())) {
            return controlled(ip, Outcome.Cause.OWN_ADDRESS);
        }
        if (ip.ttl() <= 1) {
            return controlled(ip, Outcome.Cause.TTL_EXCEEDED);
        }
        Translator.Result result = translator.translate(port.side(), ip);
        if (!result.settled() && !routing.routable(ip.dst())) {
            return controlled(ip, Outcome.Cause.NO_ROUTE);
        }
        return result.dropped() ? new Outcome.Dropped(Outcome.Drop.NO_SESSION) : routing.forward((Ip) result.packet());
    }

    /** Asked for at an outside port, an outside address is here. */
    private boolean proxied(ResolvedPort port, IpAddress address) {
        return port.side() == Side.OUTSIDE
                && translations.stream().anyMatch(t -> t.outsides().stream().anyMatch(o -> Addresses.in(o, address)));
    }

    private static boolean isGateway(ResolvedPort port, IpAddress address) {
        return port.config().gateways().stream().anyMatch(g -> g.address().equals(address));
    }

    private static boolean sameFamily(Gateway gateway, IpAddress address) {
        return gateway.address().isIp4() == address.isIp4();
    }

    private static Outcome controlled(Packet packet, Outcome.Cause cause) {
        return new Outcome.Controlled(packet, cause);
    }
}
