package io.natator.server;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.natator.core.Event;
import io.natator.core.loop.Loop;
import io.natator.model.compile.Announcement;
import io.natator.model.device.Capabilities;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.fake.FakeTables;
import io.natator.model.intent.Device;
import io.natator.model.intent.Neighbor;
import io.natator.model.intent.PeerGroup;
import io.natator.model.intent.Translation;
import io.natator.model.proof.ProbeCase;
import io.natator.model.rpki.Vrp;
import io.natator.model.rpki.VrpSet;
import io.natator.model.rule.Rule;
import io.natator.model.rule.RuleSet;
import io.natator.model.southbound.NeighborEvent;
import io.natator.model.southbound.RoaEvent;
import io.natator.model.southbound.RoaSource;
import io.natator.model.southbound.Sessions;
import io.natator.model.southbound.Speakers;
import io.natator.model.southbound.SwitchEvent;
import io.natator.model.southbound.Switches;
import io.natator.openflow.Counts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.onlab.packet.IpAddress;
import org.onosproject.net.PortNumber;

/** Switches that are in sync at once and execute their rules; neighbours that are established at once. */
final class FakeNetwork extends AbstractModule implements Switches, Speakers, Southbounds {
    final Map<Long, RuleSet> rules = new ConcurrentHashMap<>();
    final Counts counts = new Counts();
    final FakeSessions sessions = new FakeSessions();
    volatile List<Announcement> announced;
    private List<RoaSource> roas = List.of();
    private volatile List<PeerGroup> groups = List.of();
    private volatile List<Neighbor> known = List.of();
    private final Set<Feature> features;
    private Loop loop;

    /** Its switches are like Open vSwitch. */
    FakeNetwork() {
        this(EnumSet.complementOf(EnumSet.of(Feature.TRANSLATE)));
    }

    private FakeNetwork(Set<Feature> features) {
        this.features = features;
    }

    static FakeNetwork ofSoftwareSwitches() {
        return new FakeNetwork(EnumSet.allOf(Feature.class));
    }

    @Provides
    @Singleton
    Switches switches(Loop shared) {
        loop = shared;
        return this;
    }

    @Provides
    Sessions sessions() {
        return sessions;
    }

    @Provides
    Speakers speakers() {
        return this;
    }

    @Provides
    Southbounds southbounds() {
        return this;
    }

    private Capabilities capabilities() {
        TreeMap<Integer, Capabilities.Table> tables = new TreeMap<>();
        for (int i = 0; i < 4; i++) {
            tables.put(i, new Capabilities.Table("t" + i, Integer.MAX_VALUE));
        }
        return new Capabilities(
                5,
                "Nicira, Inc.",
                "Open vSwitch",
                "3.1.0",
                features,
                tables,
                List.of(
                        new Capabilities.Port(1, "inside", "02:00:00:00:00:01", true),
                        new Capabilities.Port(2, "outside", "02:00:00:00:00:02", true)));
    }

    @Override
    public void devices(Collection<Device> devices) {
        for (Device device : devices) {
            if (rules.putIfAbsent(device.datapathId(), new RuleSet(0, List.of())) == null) {
                tell(new SwitchEvent.Connected(device.datapathId(), "192.0.2.1:40000", capabilities()));
            }
        }
    }

    @Override
    public void desire(long datapathId, RuleSet desired) {
        int before = rules.put(datapathId, desired).rules().size();
        tell(new SwitchEvent.Synced(
                datapathId, desired.generation(), desired.rules().size(), 0, before, List.of()));
    }

    @Override
    public void probe(long datapathId, long nonce, ProbeCase probe) {
        new FakeTables(rules.get(datapathId).rules())
                .execute(probe.sent()).emissions().stream()
                        .filter(e -> e.port().equals(PortNumber.CONTROLLER))
                        .forEach(e -> tell(new SwitchEvent.ProbeReturned(datapathId, nonce, e.packet(), "")));
    }

    @Override
    public void lease(long datapathId, long id, List<Rule> leased, Duration time) {}

    @Override
    public void release(long datapathId, Collection<Long> ids) {}

    @Override
    public void readLeases(long datapathId, long number) {}

    @Override
    public void translations(long datapathId, List<Translation> translations) {}

    @Override
    public void resolve(long datapathId, IpAddress address) {}

    @Override
    public void readCounters(long datapathId, String owner) {
        tell(new SwitchEvent.Counters(datapathId, owner, 7, 700, 4));
    }

    private void tell(SwitchEvent event) {
        loop.tell(new Event.FromSwitch(event));
    }

    @Override
    public void neighbors(Collection<Neighbor> neighbors) {
        known = List.copyOf(neighbors);
        neighbors.forEach(n -> loop.tell(new Event.FromNeighbor(new NeighborEvent.StateChanged(
                n.id(), NeighborEvent.State.ESTABLISHED, "", List.of("ipv4-unicast", "ipv6-unicast")))));
    }

    @Override
    public void announce(long generation, List<Announcement> announcements) {
        announced = announcements;
        known.forEach(n -> loop.tell(
                new Event.FromNeighbor(new NeighborEvent.Routes(n.id(), announcements.size(), 0, generation))));
    }

    @Override
    public void change(long generation, Collection<Announcement> added, Collection<Announcement> removed) {
        List<Announcement> next = new ArrayList<>(announced);
        next.removeAll(removed);
        next.addAll(added);
        announce(generation, List.copyOf(next));
    }

    /** The neighbours that the speaker was told of. */
    List<Neighbor> neighbors() {
        return known;
    }

    /** A neighbour that nobody configured calls. */
    void calls(String group, String address) {
        IpAddress from = IpAddress.valueOf(address);
        groups.stream()
                .filter(g -> g.id().equals(group) && g.admits(from))
                .forEach(g -> loop.tell(new Event.FromNeighbor(
                        new NeighborEvent.Appeared(g.dynamic(from).id(), group, from))));
    }

    void leaves(String neighbor) {
        loop.tell(new Event.FromNeighbor(new NeighborEvent.Vanished(neighbor)));
    }

    @Override
    public void groups(Collection<PeerGroup> told) {
        groups = List.copyOf(told);
    }

    @Override
    public List<RoaSource> roaSources() {
        return roas;
    }

    /** What is told about route origins as soon as the daemon starts. */
    void roas(Vrp... vrps) {
        roas = List.of(new RoaSource() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public void start(Consumer<RoaEvent> events) {
                events.accept(new RoaEvent.Vrps("test", VrpSet.of(List.of(vrps))));
            }

            @Override
            public void close() {}
        });
    }

    @Override
    public void start() {}

    @Override
    public Map<String, Supplier<Map<String, Long>>> counters() {
        return Map.of("openflow", counts::snapshot);
    }

    @Override
    public void close() {}
}
