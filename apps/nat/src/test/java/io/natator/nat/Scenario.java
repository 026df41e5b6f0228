package io.natator.nat;

import io.natator.model.device.Capabilities;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.device.ResolvedPort;
import io.natator.model.intent.Announce;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import io.natator.model.intent.DevicePort.Gateway;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Embedding;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.intent.Route;
import io.natator.model.intent.SharedInside;
import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import io.natator.model.packet.Arrival;
import io.natator.model.packet.Packet;
import io.natator.model.packet.Packet.Arp;
import io.natator.model.packet.Packet.Ip;
import io.natator.model.packet.Packet.Nd;
import io.natator.model.validate.Stored;
import io.natator.model.validate.Validator;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;

/** A random valid device with translations, in a small world so that packets meet what they could meet. */
final class Scenario {
    static final int UNCONFIGURED_PORT = 9;

    final Random random;
    final Device device;
    final List<Translation> translations = new ArrayList<>();
    final Map<IpAddress, MacAddress> nextHops = new HashMap<>();
    private final int hostBits;
    private final int services;
    private final boolean stateful;
    private final boolean missingPort;
    private final List<IpAddress> pool = new ArrayList<>();

    /** @param hostBits most host bits of a block; 0 for any length at all */
    Scenario(long seed, Device.Mode mode, int hostBits) {
        this(seed, mode, hostBits, 0);
    }

    /** @param services how many software switches there are; with any, some translations have pools */
    Scenario(long seed, Device.Mode mode, int hostBits, int services) {
        this(seed, mode, hostBits, services, false);
    }

    /** @param alone the device is a software switch itself */
    Scenario(long seed, Device.Mode mode, int hostBits, int services, boolean alone) {
        this.random = new Random(seed);
        this.hostBits = hostBits;
        this.services = services;
        this.stateful = alone || services > 0;
        this.missingPort = random.nextInt(4) == 0;
        this.device = device(mode);
        int wanted = 1 + random.nextInt(4);
        Map<String, Capabilities> known = alone
                ? Map.of("sw", Fixtures.capabilities(Fixtures.SOFTWARE, 8, Integer.MAX_VALUE, UNCONFIGURED_PORT))
                : Map.of();
        for (int tries = 0; tries < 60 && translations.size() < wanted; tries++) {
            Translation candidate = candidate("t" + translations.size());
            Map<String, Translation> stored = new HashMap<>();
            translations.forEach(t -> stored.put(t.id(), t));
            Stored all = new Stored(Map.of("sw", device), stored, Map.of(), Map.of(), known);
            // Hosts are shared where there is somebody to tell their flows.
            boolean strangers = !stateful && translations.stream().anyMatch(t -> SharedInside.overlap(t, candidate));
            if (!strangers && Validator.check(candidate, all).isEmpty()) {
                translations.add(candidate);
            }
        }
        Map<String, Device> others = new HashMap<>();
        device.ports().stream()
                .flatMap(p -> p.link().stream())
                .forEach(l -> others.put(l.device(), ServedNetwork.bare(l.device())));
        var violations = Validator.check(device, new Stored(others, Map.of(), Map.of(), Map.of(), Map.of()));
        if (!violations.isEmpty()) {
            throw new IllegalStateException(violations.toString());
        }
        fillPool();
        for (IpAddress address : List.copyOf(pool)) {
            if (random.nextInt(4) == 0) {
                nextHops.put(address, mac());
            }
        }
    }

    // Ports 1 and 2 lead inside, 3 and 4 outside, 5 to a software switch. Port 4 may be unplugged.
    Capabilities capabilities(Set<Feature> features, int tables, int capacity) {
        Capabilities all = Fixtures.capabilities(features, tables, capacity, UNCONFIGURED_PORT);
        boolean fewer =
                missingPort && device.ports().stream().anyMatch(p -> p.port().equals("p2"));
        return new Capabilities(
                all.openflow(),
                all.manufacturer(),
                all.hardware(),
                all.software(),
                all.features(),
                all.tables(),
                all.ports().stream().filter(p -> !fewer || p.number() != 4).toList());
    }

    private Device device(Device.Mode mode) {
        int pairs = 1 + random.nextInt(2);
        List<DevicePort> ports = new ArrayList<>();
        for (int i = 1; i <= pairs; i++) {
            ports.add(port("p" + i, Side.INSIDE, mode, "p" + (i + 2), pairs, i));
            ports.add(port("p" + (i + 2), Side.OUTSIDE, mode, "p" + i, pairs, i));
        }
        for (int i = 0; i < services; i++) {
            ports.add(DevicePort.service("p" + (5 + i), "ss" + i, "p" + (1 + i)));
        }
        if (!stateful && random.nextInt(3) == 0) {
            ports.add(DevicePort.service("p5", "ss1", "s1"));
        }
        List<Route> routes = new ArrayList<>();
        if (mode == Device.Mode.ROUTED) {
            if (random.nextInt(3) > 0) {
                routes.add(route("0.0.0.0/0", "10.4.0.5"));
            }
            if (random.nextBoolean()) {
                routes.add(route("10.3.0.0/26", "10.4.0.6"));
            }
            if (random.nextBoolean()) {
                routes.add(route("10.1.0.192/27", random.nextBoolean() ? "10.1.0.7" : "10.4.0.7"));
            }
            if (random.nextBoolean()) {
                routes.add(route("10.5.0.0/25", "10.1.0.9"));
            }
            if (random.nextBoolean()) {
                routes.add(route("::/0", "fd00:4::5"));
            }
            if (random.nextBoolean()) {
                routes.add(route("fd00:5::/64", "fd00:1::9"));
            }
        }
        routes.removeIf(r -> ports.stream()
                .flatMap(p -> p.gateways().stream())
                .noneMatch(g -> Addresses.in(g.onLink(), r.nextHop())));
        return new Device(
                "sw",
                random.nextLong(1, Long.MAX_VALUE),
                mode,
                Device.Profile.AUTO,
                ports,
                routes,
                List.of(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5));
    }

    private static Route route(String prefix, String nextHop) {
        return new Route(IpPrefix.valueOf(prefix), IpAddress.valueOf(nextHop));
    }

    private DevicePort port(String name, Side side, Device.Mode mode, String peer, int pairs, int i) {
        List<Gateway> gateways = new ArrayList<>();
        if (mode == Device.Mode.ROUTED) {
            boolean inside = side == Side.INSIDE;
            if (random.nextInt(6) > 0 || i == 1) {
                gateways.add(
                        inside
                                ? gateway(i == 1 ? "10.1.0.1" : "10.1.0.129", 25)
                                : gateway(i == 1 ? "10.4.0.1" : "10.4.1.1", 28));
            }
            if (random.nextInt(3) > 0) {
                gateways.add(
                        inside
                                ? gateway(i == 1 ? "fd00:1::1" : "fd00:1::81", 121)
                                : gateway(i == 1 ? "fd00:4::1" : "fd00:4:1::1", 124));
            }
        }
        Optional<String> wire = mode == Device.Mode.TRANSPARENT && (pairs > 1 || random.nextBoolean())
                ? Optional.of(peer)
                : Optional.empty();
        return new DevicePort(name, side, wire, gateways, Optional.empty());
    }

    private static Gateway gateway(String address, int length) {
        IpAddress a = IpAddress.valueOf(address);
        return new Gateway(a, IpPrefix.valueOf(a, length));
    }

    private Translation candidate(String id) {
        boolean ipv4 = random.nextInt(3) > 0;
        int width = ipv4 ? 32 : 128;
        int bits = hostBits > 0 ? random.nextInt(hostBits + 1) : random.nextInt(ipv4 ? 26 : 100);
        boolean small = bits <= 8;
        IpPrefix inside = block(ipv4, width - bits, small ? 1 : 1 + 10 * random.nextInt(4));
        IpPrefix outside = block(ipv4, width - bits, small ? 2 : 2 + 10 * random.nextInt(4));
        List<IpPrefix> exempt = new ArrayList<>();
        while (random.nextInt(3) == 0) {
            exempt.add(block(ipv4, width - random.nextInt(10), 1 + random.nextInt(5)));
        }
        List<IpAddress> gateways = new ArrayList<>();
        while (device.mode() == Device.Mode.TRANSPARENT && random.nextInt(2) == 0) {
            gateways.add(in(inside));
        }
        if (stateful && device.mode() == Device.Mode.ROUTED && random.nextInt(3) == 0) {
            return crossing(id);
        }
        if (stateful && ipv4 && random.nextBoolean()) {
            return pooled(id, inside, exempt);
        }
        if (stateful && !translations.isEmpty() && random.nextInt(4) > 0) {
            Translation other = translations.get(random.nextInt(translations.size()));
            if (other.kind() == Kind.STATIC && other.isIpv4() == ipv4) {
                int length = Math.min(width, other.inside().prefixLength() + random.nextInt(3));
                inside = IpPrefix.valueOf(in(other.inside()), length);
                outside = block(ipv4, length, 2 + 10 * random.nextInt(4));
                exempt = other.exemptDestinations();
                gateways = List.of();
            }
        }
        return new Translation(
                id,
                Kind.STATIC,
                inside,
                outside,
                exempt,
                gateways,
                List.of("sw"),
                Announce.none(),
                random.nextInt(4) == 0 && hostBits > 0);
    }

    /** Between IPv6 and IPv4. */
    private Translation crossing(String id) {
        Kind kind = random.nextBoolean() ? Kind.SIIT : Kind.NAT64;
        int bits = random.nextInt(6);
        int length = Embedding.LENGTHS.get(random.nextInt(Embedding.LENGTHS.size()));
        boolean longer = random.nextInt(4) == 0;
        Pool pool = kind == Kind.NAT64 && random.nextInt(3) == 0
                ? Pool.DEFAULT.but().also(List.of(block(true, 31, 2))).build()
                : Pool.DEFAULT;
        return new Translation(
                id,
                kind,
                block(false, longer ? 121 : 128 - bits, 1),
                block(true, 32 - bits, 2),
                List.of(),
                List.of(),
                List.of("sw"),
                Announce.none(),
                false,
                pool,
                Optional.of(new Embedding(
                        IpPrefix.valueOf(IpAddress.valueOf(random.nextBoolean() ? "fd64::" : "64:ff9b::"), length),
                        1500)));
    }

    private Translation pooled(String id, IpPrefix inside, List<IpPrefix> exempt) {
        Kind kind = random.nextBoolean() ? Kind.NAPT : Kind.DYNAMIC;
        List<IpPrefix> also = new ArrayList<>();
        while (random.nextInt(3) == 0) {
            also.add(block(true, 32 - random.nextInt(4), 2));
        }
        IpPrefix outside = block(true, 32 - random.nextInt(5), 2);
        List<Pool.Reservation> reservations = random.nextInt(3) == 0 && kind == Kind.DYNAMIC
                ? List.of(new Pool.Reservation(in(inside), in(outside)))
                : List.of();
        return new Translation(
                id,
                kind,
                inside,
                outside,
                exempt,
                List.of(),
                List.of("sw"),
                Announce.none(),
                false,
                Pool.DEFAULT.but().also(also).reservations(reservations).build());
    }

    /** Somewhere in 10.n.0.0/24 or fd00:n::/120 (longer ones: around it). */
    private IpPrefix block(boolean ipv4, int length, int n) {
        byte[] octets = new byte[ipv4 ? 4 : 16];
        octets[0] = (byte) (ipv4 ? 10 : 0xFD);
        octets[ipv4 ? 1 : 3] = (byte) n;
        octets[octets.length - 1] = (byte) random.nextInt(256);
        return IpPrefix.valueOf(
                IpAddress.valueOf(ipv4 ? IpAddress.Version.INET : IpAddress.Version.INET6, octets), length);
    }

    /** Some address of a prefix. */
    IpAddress in(IpPrefix prefix) {
        return Addresses.nth(prefix, new BigInteger(128, random).mod(Addresses.size(prefix)));
    }

    private void fillPool() {
        for (Translation t : translations) {
            for (IpPrefix block : List.of(t.inside(), t.outside())) {
                pool.add(block.address());
                pool.add(Addresses.nth(block, Addresses.size(block).subtract(BigInteger.ONE)));
                pool.add(in(block));
                pool.add(in(block));
            }
            t.pool().also().forEach(o -> pool.add(in(o)));
            for (IpAddress gateway : t.gateways()) {
                pool.add(gateway);
                pool.add(Addresses.withNetwork(gateway, t.outside()));
            }
            t.exemptDestinations().forEach(e -> pool.add(in(e)));
        }
        for (DevicePort port : device.ports()) {
            for (Gateway gateway : port.gateways()) {
                pool.add(gateway.address());
                pool.add(in(gateway.onLink()));
                pool.add(in(gateway.onLink()));
            }
        }
        for (Route route : device.routes()) {
            pool.add(route.nextHop());
            pool.add(in(route.prefix()));
        }
        for (int n = 1; n <= 5; n++) {
            pool.add(block(true, 32, n).address());
            pool.add(block(false, 128, n).address());
        }
        pool.add(IpAddress.valueOf("198.51.100.9"));
        pool.add(IpAddress.valueOf("2001:db8::9"));
    }

    IpAddress address(boolean ipv4) {
        while (true) {
            IpAddress address = pool.get(random.nextInt(pool.size()));
            if (address.isIp4() == ipv4) {
                return address;
            }
        }
    }

    MacAddress mac() {
        return MacAddress.valueOf(0x020000000000L | random.nextInt(1 << 24));
    }

    Arrival arrival(Capabilities capabilities) {
        List<ResolvedPort> ports = ResolvedPort.of(device, capabilities);
        boolean stray = random.nextInt(20) == 0;
        ResolvedPort port = ports.get(random.nextInt(ports.size()));
        MacAddress to = random.nextInt(10) == 0 ? mac() : port.mac();
        return new Arrival(stray ? UNCONFIGURED_PORT : port.number(), packet(to));
    }

    private Packet packet(MacAddress to) {
        return switch (random.nextInt(6)) {
            case 0 -> arp(to);
            case 1 -> nd(to);
            default -> ip(to, random.nextInt(3) > 0);
        };
    }

    /** Some are probes (RFC 5227: no sender), some announce their sender. */
    private Arp arp(MacAddress to) {
        Ip4Address target = address(true).getIp4Address();
        Ip4Address sender = switch (random.nextInt(10)) {
            case 0 -> Ip4Address.valueOf("0.0.0.0");
            case 1, 2 -> target;
            default -> address(true).getIp4Address();
        };
        return new Arp(mac(), to, 1 + random.nextInt(2), mac(), sender, mac(), target);
    }

    /** A solicitation's destination is its target, or the group of its target (RFC 4861, section 4.3). */
    private Nd nd(MacAddress to) {
        Ip6Address target = address(false).getIp6Address();
        IpAddress group = Addresses.withNetwork(target, IpPrefix.valueOf("ff02::1:ff00:0/104"));
        return new Nd(
                mac(),
                to,
                address(false).getIp6Address(),
                random.nextBoolean() ? group.getIp6Address() : address(false).getIp6Address(),
                135 + random.nextInt(2),
                target);
    }

    /** An inside host speaks to an IPv4 one. */
    private Optional<Ip> leaving(Ip any) {
        List<Translation> all =
                translations.stream().filter(t -> t.kind().crosses()).toList();
        if (all.isEmpty() || random.nextInt(3) > 0) {
            return Optional.empty();
        }
        Translation t = all.get(random.nextInt(all.size()));
        boolean stranger = random.nextInt(10) == 0;
        IpAddress to =
                random.nextInt(4) == 0 ? in(all.get(random.nextInt(all.size())).outside()) : address(true);
        return Optional.of(new Ip(
                any.ethSrc(),
                any.ethDst(),
                stranger ? any.src() : in(t.inside()),
                t.embedding().orElseThrow().embed(to.getIp4Address()),
                any.ttl(),
                any.protocol(),
                any.srcPort(),
                any.dstPort()));
    }

    Ip ip(MacAddress to, boolean ipv4) {
        Ip any = anyIp(to, ipv4);
        return ipv4 ? any : leaving(any).orElse(any);
    }

    private Ip anyIp(MacAddress to, boolean ipv4) {
        int[] protocols = {1, 6, 17, 47, 58};
        return new Ip(
                mac(),
                to,
                address(ipv4),
                address(ipv4),
                random.nextInt(6) == 0 ? random.nextInt(3) : 64,
                protocols[random.nextInt(protocols.length)],
                random.nextInt(random.nextBoolean() ? 14 : 100),
                random.nextInt(65536));
    }

    @Override
    public String toString() {
        return device + "\n" + translations + "\nnext hops " + nextHops;
    }
}
