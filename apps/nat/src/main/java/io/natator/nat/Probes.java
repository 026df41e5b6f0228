package io.natator.nat;

import io.natator.model.device.ResolvedPort;
import io.natator.model.eval.Evaluator;
import io.natator.model.eval.Outcome;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort.Gateway;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Embedding;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Route;
import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import io.natator.model.packet.Arrival;
import io.natator.model.packet.Packet;
import io.natator.model.packet.Packet.Ip;
import io.natator.model.proof.ProbeCase;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;

/** Chooses packets that prove a translation; what they become is the evaluator's word. */
final class Probes {
    // Where nobody is: documentation (RFC 5737, RFC 3849) and benchmarking (RFC 2544, RFC 5180).
    private static final List<IpAddress> NOBODY = Stream.of(
                    "198.51.100.77", "192.0.2.77", "203.0.113.77", "198.18.0.77", "2001:db8:ffff::77", "2001:2::77")
            .map(IpAddress::valueOf)
            .toList();
    private static final MacAddress NO_MAC = MacAddress.valueOf("02:4e:50:00:00:02");
    private static final int UDP = 17;
    private static final int DISCARD = 9;
    private static final int MOST_ADDRESSES = 16;
    private static final int RANDOM_ADDRESSES = 2;
    private static final int RANDOM_PEERS = 32;

    private final Context context;
    private final Evaluator evaluator;
    private final List<Translation> translations;
    private final Translation translation;
    private final List<Part> parts;
    private final List<IpPrefix> translated;
    private final Random random;

    /**
     * @param translated outside prefixes, in order
     * @param evaluator of a device without resolved next hops: probes come back before they would be forwarded
     */
    Probes(
            Context context,
            Evaluator evaluator,
            List<Translation> translations,
            Method method,
            List<IpPrefix> translated,
            long seed) {
        this.context = context;
        this.evaluator = evaluator;
        this.translations = translations;
        this.translation = method.translation();
        this.parts = method.parts();
        this.translated = translated;
        this.random = new Random(seed);
    }

    /** @param anyHost not only the first and the last address */
    List<ProbeCase> choose(boolean anyHost) {
        if (translation.kind() != Kind.STATIC) {
            return pooled();
        }
        List<ProbeCase> probes = new ArrayList<>();
        int i = 0;
        for (IpAddress outside : addresses(anyHost)) {
            IpAddress inside = Addresses.withNetwork(outside, translation.inside());
            probe(Side.INSIDE, inside, Optional.empty(), i).ifPresent(probes::add);
            probe(Side.OUTSIDE, outside, Optional.empty(), i).ifPresent(probes::add);
            for (IpAddress gateway : i == 0 ? translation.gateways() : List.<IpAddress>of()) {
                IpAddress beyond = Addresses.withNetwork(gateway, translation.outside());
                if (translated.stream().anyMatch(p -> p.contains(beyond))) {
                    probe(Side.INSIDE, inside, Optional.of(gateway), i).ifPresent(probes::add);
                    probe(Side.OUTSIDE, outside, Optional.of(beyond), i).ifPresent(probes::add);
                }
            }
            i++;
        }
        return List.copyOf(probes);
    }

    /** The first and the last host and address of every part. */
    private List<ProbeCase> pooled() {
        List<ProbeCase> probes = new ArrayList<>();
        int i = 0;
        for (Part part : translated.isEmpty() ? List.<Part>of() : parts) {
            probe(Side.INSIDE, part.inside().address(), Optional.empty(), i).ifPresent(probes::add);
            probe(Side.INSIDE, Addresses.last(part.inside()), Optional.empty(), i)
                    .ifPresent(probes::add);
            probe(Side.OUTSIDE, part.outside().getFirst().address(), Optional.empty(), i)
                    .ifPresent(probes::add);
            probe(Side.OUTSIDE, Addresses.last(part.outside().getLast()), Optional.empty(), i)
                    .ifPresent(probes::add);
            i++;
        }
        return List.copyOf(probes);
    }

    private Set<IpAddress> addresses(boolean anyHost) {
        Set<IpAddress> addresses = new LinkedHashSet<>();
        if (translated.isEmpty()) {
            return addresses;
        }
        addresses.add(translated.getFirst().address());
        addresses.add(Addresses.last(translated.getLast()));
        if (!anyHost) {
            return addresses;
        }
        for (IpPrefix prefix : translated) {
            BigInteger size = Addresses.size(prefix);
            for (int i = 0; i < RANDOM_ADDRESSES && addresses.size() < MOST_ADDRESSES; i++) {
                addresses.add(Addresses.nth(prefix, new BigInteger(128, random).mod(size)));
            }
        }
        return addresses;
    }

    /** From or to {@code address}, by a port of that side; to or from {@code peer}, else somebody suitable. */
    private Optional<ProbeCase> probe(Side side, IpAddress address, Optional<IpAddress> peer, int turn) {
        boolean ipv4 = address.isIp4();
        List<ResolvedPort> ports = ports(side, ipv4);
        if (ports.isEmpty()) {
            return Optional.empty();
        }
        ResolvedPort port = ports.get(turn % ports.size());
        for (IpAddress other : peer.map(List::of).orElseGet(() -> peers(side, ipv4))) {
            Ip packet = side == Side.INSIDE ? packet(port, address, other) : packet(port, other, address);
            Arrival sent = new Arrival(port.number(), packet);
            Packet expected = evaluator.translate(side, packet);
            if (!expected.equals(packet) && reachesForward(evaluator.evaluate(sent))) {
                return Optional.of(new ProbeCase(sent, expected, side == Side.INSIDE ? "to-outside" : "to-inside"));
            }
        }
        return Optional.empty();
    }

    private List<ResolvedPort> ports(Side side, boolean ipv4) {
        return context.ports(side).stream()
                .filter(p -> !context.routed()
                        || p.config().gateways().stream()
                                .anyMatch(g -> g.address().isIp4() == ipv4))
                .toList();
    }

    private Ip packet(ResolvedPort port, IpAddress src, IpAddress dst) {
        MacAddress to = context.device().mode() == Device.Mode.ROUTED ? port.mac() : NO_MAC;
        return new Ip(ProbeCase.MAC, to, src, dst, 64, UDP, 0xC000 + random.nextInt(0x4000), DISCARD);
    }

    /** Nothing before the forward table takes it out. */
    private static boolean reachesForward(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Sent sent -> true;
            case Outcome.Copied copied -> false;
            case Outcome.Normal normal -> true;
            case Outcome.Answered answered -> false;
            case Outcome.NotOurs notOurs -> false;
            case Outcome.Controlled controlled -> controlled.cause() == Outcome.Cause.UNRESOLVED;
            case Outcome.Dropped dropped -> dropped.drop() != Outcome.Drop.NOT_TO_GATEWAY;
        };
    }

    /** Other parties to try, none of which is translated itself: nobody's addresses, then behind routes and on links, then any. */
    private List<IpAddress> peers(Side side, boolean ipv4) {
        if (translation.kind().crosses() && side == Side.INSIDE) {
            Embedding embedding = translation.embedding().orElseThrow();
            return peers(true).stream()
                    .map(p -> (IpAddress) embedding.embed(p.getIp4Address()))
                    .toList();
        }
        return peers(ipv4);
    }

    private List<IpAddress> peers(boolean ipv4) {
        List<IpAddress> peers = new ArrayList<>(NOBODY);
        Stream.concat(
                        context.device().routes().stream().map(Route::prefix),
                        context.gateways().stream().map(Gateway::onLink))
                .forEach(p -> {
                    BigInteger last = Addresses.size(p).subtract(BigInteger.ONE);
                    peers.add(Addresses.nth(p, BigInteger.valueOf(77).min(last)));
                    peers.add(Addresses.nth(p, new BigInteger(128, random).mod(Addresses.size(p))));
                });
        for (int i = 0; i < RANDOM_PEERS; i++) {
            byte[] octets = new byte[ipv4 ? 4 : 16];
            random.nextBytes(octets);
            octets[0] = (byte) (ipv4 ? 1 + random.nextInt(100) : 0x20);
            peers.add(IpAddress.valueOf(ipv4 ? IpAddress.Version.INET : IpAddress.Version.INET6, octets));
        }
        return peers.stream()
                .filter(p -> p.isIp4() == ipv4)
                .filter(p -> translations.stream()
                        .noneMatch(t -> Addresses.in(t.inside(), p)
                                || t.outsides().stream().anyMatch(o -> Addresses.in(o, p))))
                .toList();
    }
}
