package io.natator.nat;

import io.natator.model.compile.Compilation;
import io.natator.model.compile.Offer;
import io.natator.model.compile.Refusal;
import io.natator.model.compile.Surroundings;
import io.natator.model.device.Capabilities;
import io.natator.model.device.OwnForwarding;
import io.natator.model.eval.Crossing;
import io.natator.model.eval.Stateful;
import io.natator.model.fake.FakeTables;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import io.natator.model.intent.Eam;
import io.natator.model.intent.Embedding;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import io.natator.model.packet.Arrival;
import io.natator.model.packet.Packet;
import io.natator.model.packet.Packet.Ip;
import io.natator.model.proof.ProbeCase;
import io.natator.model.rule.Rule;
import io.natator.model.rule.RuleText;
import io.natator.model.session.Binding;
import io.natator.model.session.Share;
import io.natator.model.session.Share.Direction;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.PortNumber;

/** A device, the software switches at its SERVICE ports, and the links between them: all execute their rules. */
final class ServedNetwork implements Stateful {
    /** A packet that goes round and round is an error. */
    private static final int MOST_HOPS = 8;

    private final Device device;
    private FakeTables tables;
    private final Map<String, FakeTables> softwareTables = new HashMap<>();
    private final Map<String, Map<Integer, Share>> shares = new HashMap<>();
    /** What each software switch remembers of hosts with several addresses, and what it should. */
    private final Map<String, Flows<Share>> flows = new HashMap<>();

    private final Flows<Translation> expected = new Flows<>();
    /** The sessions of each software switch, and those that it should have. */
    private final Map<String, Sessions> sessions = new HashMap<>();

    private final Map<List<Object>, IpAddress> bound = new HashMap<>();
    private final Sessions expectedSessions = new Sessions(bound);
    private final Capabilities capabilities;
    private final Capabilities software;
    final Compilation compilation;
    final Map<String, Compilation> softwareCompilations = new TreeMap<>();
    /** Which switches translated, by share. */
    final List<String> log = new ArrayList<>();

    /**
     * @param down software switches that cannot be counted on
     * @param refused what the device does not take
     */
    ServedNetwork(
            Device device,
            Capabilities capabilities,
            List<Translation> translations,
            Map<IpAddress, MacAddress> nextHops,
            Collection<String> down,
            Map<String, Refusal> refused) {
        this.device = device;
        this.capabilities = capabilities;
        this.software = Fixtures.capabilities(Fixtures.SOFTWARE, 8, Integer.MAX_VALUE, 4);
        Surroundings surroundings = surroundings(device, capabilities, down).with(refused);
        NatCompiler compiler = new NatCompiler();
        compilation = compiler.compile(device, capabilities, translations, nextHops, surroundings);
        tables = Judge.tables(compilation.rules());
        for (String id : surroundings.switches().keySet()) {
            Compilation own = compiler.compile(
                    bare(id),
                    software,
                    List.of(),
                    Map.of(),
                    new Surroundings(
                            new TreeMap<>(),
                            List.of(new Surroundings.Client(device, translations, surroundings.switches()))));
            softwareCompilations.put(id, own);
            softwareTables.put(id, new FakeTables(own.rules()));
            Map<Integer, Share> byId = new HashMap<>();
            own.shares().forEach(s -> byId.put(s.id(), s));
            shares.put(id, byId);
        }
        down.forEach(softwareTables::remove);
    }

    /** Software switches have made a binding, and rules of the device do its work. */
    void bind(Map<Binding, Offer> bindings) {
        List<Rule> rules = new ArrayList<>(compilation.rules());
        bindings.forEach((binding, offer) -> {
            Sessions.bind(bound, offer.translation(), binding.inside(), binding.outside());
            rules.addAll(offer.rules().of(binding));
        });
        tables = Judge.tables(rules);
    }

    static Surroundings surroundings(Device device, Capabilities capabilities, Collection<String> down) {
        SortedMap<String, String> switches = new TreeMap<>();
        String obstacle =
                OwnForwarding.obstacle(device, Optional.of(capabilities)).orElse("");
        for (DevicePort port : device.ports()) {
            port.link()
                    .ifPresent(
                            l -> switches.put(l.device(), down.contains(l.device()) ? "is not connected" : obstacle));
        }
        return new Surroundings(switches, List.of());
    }

    static Device bare(String id) {
        return new Device(
                id,
                7,
                Device.Mode.TRANSPARENT,
                Device.Profile.AUTO,
                List.of(),
                List.of(),
                List.of(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5));
    }

    /** What leaves the device, by ports that lead to no software switch; the path is of the device's rules. */
    FakeTables.Result execute(Arrival arrival) {
        record Here(Arrival arrival, int vlan) {}
        List<FakeTables.Emission> out = new ArrayList<>();
        List<Rule> path = new ArrayList<>();
        Deque<Here> todo = new ArrayDeque<>(List.of(new Here(arrival, 0)));
        for (int hops = 0; !todo.isEmpty(); hops++) {
            if (hops > MOST_HOPS) {
                throw new IllegalStateException("goes round and round: "
                        + path.stream().map(RuleText::describe).toList());
            }
            Here here = todo.remove();
            FakeTables.Result result = tables.execute(here.arrival, here.vlan, (action, packet) -> {
                Share share = compilation.shares().stream()
                        .filter(s -> s.id() == action.share())
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("the device has no such share"));
                log.add("own " + share.translation() + " " + action.direction());
                return translate("own", share, action.direction(), (Ip) packet);
            });
            path.addAll(result.path());
            for (FakeTables.Emission emission : result.emissions()) {
                Optional<DevicePort.Link> link = link(emission.port());
                if (link.isEmpty()) {
                    out.add(emission);
                    flooded(emission);
                    continue;
                }
                for (FakeTables.Emission back : serve(link.get(), emission, path)) {
                    todo.add(new Here(new Arrival((int) emission.port().toLong(), back.packet()), back.vlan()));
                }
            }
        }
        return new FakeTables.Result(List.copyOf(out), List.copyOf(path));
    }

    /** Whom NORMAL does not know it looks for everywhere; software switches have nothing to do with that. */
    private void flooded(FakeTables.Emission emission) {
        if (!emission.port().equals(PortNumber.NORMAL)) {
            return;
        }
        if (link(PortNumber.portNumber(emission.from())).isPresent()) {
            throw new IllegalStateException("NORMAL learns " + emission.packet().ethSrc() + " at a SERVICE port");
        }
        for (DevicePort port : device.ports()) {
            port.link().ifPresent(link -> {
                if (!serve(link, emission, new ArrayList<>()).isEmpty()) {
                    throw new IllegalStateException("what was flooded comes back: " + emission);
                }
            });
        }
    }

    private List<FakeTables.Emission> serve(DevicePort.Link link, FakeTables.Emission sent, List<Rule> path) {
        FakeTables there = softwareTables.get(link.device());
        if (there == null) {
            return List.of();
        }
        int port = software.port(link.port()).orElseThrow().number();
        FakeTables.Result result = there.execute(new Arrival(port, sent.packet()), sent.vlan(), (action, packet) -> {
            Share share = shares.get(link.device()).get(action.share());
            log.add(link.device() + " " + share.translation() + " " + action.direction());
            return translate(link.device(), share, action.direction(), (Ip) packet);
        });
        path.addAll(result.path());
        return result.emissions().stream()
                .filter(e -> e.port().equals(PortNumber.CONTROLLER) || e.port().toLong() == port)
                .toList();
    }

    private Optional<DevicePort.Link> link(PortNumber port) {
        return device.ports().stream()
                .filter(p -> p.link().isPresent())
                .filter(p -> capabilities
                        .port(p.port())
                        .filter(c -> c.number() == port.toLong())
                        .isPresent())
                .flatMap(p -> p.link().stream())
                .findFirst();
    }

    // ---- what software switches do ----

    private Optional<Packet> translate(String by, Share share, Direction direction, Ip packet) {
        boolean out = direction == Direction.TO_OUTSIDE;
        IpAddress address = out ? packet.src() : packet.dst();
        List<IpPrefix> block = out ? List.of(share.inside()) : share.outside();
        if (block.stream().noneMatch(b -> Addresses.in(b, address))
                && !(share.kind().crosses() && Flows.isError(packet))) {
            throw new IllegalStateException("sent to the wrong share: " + packet + " " + direction + " " + share);
        }
        if (share.kind() == Kind.STATIC) {
            boolean affine = share.affine() && !packet.ethSrc().equals(ProbeCase.MAC);
            Flows<Share> known = flows.computeIfAbsent(by, _ -> new Flows<>());
            Share taken = affine && out ? known.of(packet).orElse(share) : share;
            if (!taken.equals(share)) {
                log.add(by + " " + taken.translation() + " by another");
            }
            IpPrefix to = out ? taken.outside().getFirst() : taken.inside();
            Packet translated = Sessions.with(packet, out, Addresses.withNetwork(address, to));
            if (affine && !out) {
                known.came(share, (Ip) translated);
            }
            return Optional.of(translated);
        }
        if (share.kind().crosses()) {
            Optional<Packet> crossed = crossed(by, share, out, packet);
            return out ? crossed.flatMap(p -> turned(by, (Ip) p)) : crossed;
        }
        if (packet.ethSrc().equals(ProbeCase.MAC)) {
            return Optional.of(Sessions.with(
                    packet,
                    out,
                    out ? share.outside().getFirst().address() : share.inside().address()));
        }
        return sessions.computeIfAbsent(by, _ -> new Sessions(bound))
                .translate(share.translation(), share.inside(), share.outside(), out, packet);
    }

    private Optional<Packet> crossed(String by, Share share, boolean out, Ip packet) {
        Embedding embedding = share.embedding().orElseThrow();
        IpAddress address = out ? packet.src() : packet.dst();
        IpPrefix outside = share.outside().getFirst();
        if (Flows.isError(packet)) {
            return Optional.empty(); // beyond what is known of packets here
        }
        if (share.kind() == Kind.NAT64 && !packet.ethSrc().equals(ProbeCase.MAC)) {
            return sessions.computeIfAbsent(by, _ -> new Sessions(bound))
                    .translate(share.translation(), share.inside(), share.outside(), out, packet, embedding);
        }
        Eam eam = new Eam(share.inside(), outside);
        IpAddress now = share.kind() == Kind.SIIT
                ? (out ? eam.toIpv4(address) : eam.toIpv6(address))
                : (out ? outside : share.inside()).address();
        return (out ? Crossing.toIpv4(embedding, packet, now) : Crossing.toIpv6(embedding, packet, now)).map(p -> p);
    }

    /** What left for an address that is given away here comes back at once. */
    private Optional<Packet> turned(String by, Ip packet) {
        return (by.equals("own") ? compilation.shares() : shares.get(by).values())
                .stream()
                        .filter(s -> s.kind() != Kind.STATIC)
                        .filter(s -> s.outside().stream().anyMatch(o -> Addresses.in(o, packet.dst())))
                        .findFirst()
                        .map(s -> translate(by, s, Direction.TO_INSIDE, packet))
                        .orElseGet(() -> Optional.of(packet));
    }

    @Override
    public Optional<Ip> translate(Translation translation, Direction direction, Ip packet) {
        boolean out = direction == Direction.TO_OUTSIDE;
        // The whole of it: which part does it must not matter to who it becomes, but for its address.
        return compilationParts(translation).stream()
                .filter(p -> out
                        ? Addresses.in(p.inside(), packet.src())
                        : p.outside().stream().anyMatch(o -> Addresses.in(o, packet.dst())))
                .findFirst()
                .flatMap(p -> translation
                        .embedding()
                        .map(e -> expectedSessions.translate(translation.id(), p.inside(), p.outside(), out, packet, e))
                        .orElseGet(() ->
                                expectedSessions.translate(translation.id(), p.inside(), p.outside(), out, packet)))
                .map(Ip.class::cast);
    }

    /** A packet that comes to nothing makes sessions where its TTL, or whether there is a route, is looked at late; elsewhere not. */
    void endSessions() {
        sessions.values().forEach(Sessions::end);
        expectedSessions.end();
    }

    @Override
    public void came(Translation by, Ip inside) {
        expected.came(by, inside);
    }

    @Override
    public Optional<Translation> cameBy(Ip packet) {
        return expected.of(packet);
    }

    private List<Split> compilationParts(Translation translation) {
        int switches = new TreeSet<>(device.ports().stream()
                        .flatMap(p -> p.link().stream())
                        .map(DevicePort.Link::device)
                        .toList())
                .size();
        return Split.of(translation, switches <= 1 ? 1 : Integer.highestOneBit(2 * switches - 1));
    }
}
