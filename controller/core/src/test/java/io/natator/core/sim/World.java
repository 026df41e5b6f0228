package io.natator.core.sim;

import io.natator.core.Core;
import io.natator.core.DeviceView;
import io.natator.core.Effect;
import io.natator.core.Event;
import io.natator.core.Event.Change;
import io.natator.core.Limits;
import io.natator.core.Remembered;
import io.natator.core.status.AnnouncementStatus;
import io.natator.core.status.PartStatus;
import io.natator.hostroute.HostRoutePlanner;
import io.natator.model.compile.Announcement;
import io.natator.model.fake.FakeTables;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import io.natator.model.intent.Translation;
import io.natator.model.packet.Arrival;
import io.natator.model.packet.Packet;
import io.natator.model.rule.Rule;
import io.natator.model.rule.RuleSet;
import io.natator.model.southbound.SwitchEvent;
import io.natator.model.validate.Stored;
import io.natator.nat.NatCompiler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.net.PortNumber;

/** The core, and everything around it, on a clock that moves from event to event. */
final class World {
    private record Due(Instant at, long order, Runnable happens) {}

    final Random random;
    final TreeMap<String, Device> devices = new TreeMap<>();
    final TreeMap<String, Translation> translations = new TreeMap<>();
    final TreeMap<Long, FakeSwitch> switches = new TreeMap<>();
    final Map<String, PartStatus> parts = new TreeMap<>();
    final List<String> log = new ArrayList<>();
    /** What is told about routes. */
    List<AnnouncementStatus> announcements = List.of();

    /** What neighbours hold: outlives the controller (RFC 4724) until the next first announcement. */
    List<Announcement> routes = List.of();

    /** When something last happened to a device that the controller could not know of at once. */
    final Map<Long, Instant> disturbed = new HashMap<>();

    /** Withdrawn, and still used by some router until then. */
    final Map<Announcement, Instant> fading = new HashMap<>();

    /** Switches whose rules were broken, not merely out of reach. */
    final Set<Long> broken = new HashSet<>();

    /** From a restart until the first announcement has arrived everywhere, neighbours keep what they had. */
    Instant staleUntil = Instant.MIN;

    Instant now = Instant.parse("2025-01-01T00:00:00Z");
    /** One probe in so many is lost; 0: none. */
    int probeLoss;
    /** Addresses that answer no ARP. */
    final Set<IpAddress> silent = new HashSet<>();

    /** True: counters move with each reading. */
    boolean traffic;

    private final PriorityQueue<Due> agenda =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
    private final Map<Long, Map<String, Translation>> installed = new TreeMap<>();
    private final Map<Long, Map<IpAddress, MacAddress>> nextHops = new TreeMap<>();
    private final Runnable invariants;
    final FakeBindings bindings = new FakeBindings(this);
    private Core core;
    private long order;
    private long packets;
    private int life;

    World(long seed, Runnable invariants) {
        random = new Random(seed);
        this.invariants = invariants;
    }

    // ---- the controller ----

    List<DeviceView> views() {
        return core.views();
    }

    /** Starts a controller, or kills the one that runs and starts another. */
    void restart() {
        life++;
        staleUntil = Instant.MAX;
        agenda.clear();
        parts.clear();
        log.add(now + " restart");
        core = new Core(new NatCompiler(), new HostRoutePlanner(), Limits.defaults(), random.nextLong() >>> 1);
        Map<Long, List<Translation>> held = new HashMap<>();
        installed.forEach((id, m) -> held.put(id, List.copyOf(m.values())));
        Map<Long, Map<IpAddress, MacAddress>> known = new HashMap<>();
        nextHops.forEach((id, m) -> known.put(id, Map.copyOf(m)));
        for (FakeSwitch each : switches.values()) {
            boolean was = each.connected;
            each.connected = false;
            each.desired = null;
            each.synced = 0;
            if (was) {
                after(random.nextInt(2_000), () -> connect(each));
            }
        }
        tell(new Event.Started(
                List.copyOf(devices.values()),
                List.copyOf(translations.values()),
                List.of(),
                List.of(),
                new Remembered(held, known),
                Set.of()));
    }

    void tell(Event event) {
        now = now.plusNanos(1);
        carryOut(core.step(List.of(event), now));
    }

    /** What is remembered of a device's links. */
    Map<IpAddress, MacAddress> nextHops(long datapathId) {
        return nextHops.getOrDefault(datapathId, Map.of());
    }

    /** A packet comes up for a host that no rule leads to. */
    void wanted(FakeSwitch by, IpAddress host) {
        if (by.connected) {
            fromSwitch(new SwitchEvent.NeighborWanted(by.datapathId, host));
        }
    }

    void fromSwitch(SwitchEvent event) {
        tell(new Event.FromSwitch(event));
    }

    /** Lets time pass, with all that is due in it. */
    void run(Duration time) {
        Instant end = now.plus(time);
        while (true) {
            Instant wake = core.wakeAt();
            Instant next = agenda.isEmpty() || wake.isBefore(agenda.peek().at())
                    ? wake
                    : agenda.peek().at();
            if (next.isAfter(end)) {
                now = end;
                return;
            }
            now = next.isAfter(now) ? next : now;
            if (!agenda.isEmpty() && !agenda.peek().at().isAfter(now)) {
                agenda.remove().happens().run();
            } else {
                tell(new Event.Tick());
            }
        }
    }

    void after(long millis, Runnable happens) {
        int then = life;
        agenda.add(new Due(now.plusMillis(millis), order++, () -> {
            if (then == life) {
                happens.run();
            }
        }));
    }

    private void carryOut(List<Effect> effects) {
        invariants.run();
        for (Effect effect : effects) {
            carryOut(effect);
            invariants.run();
        }
    }

    private void announce(List<Announcement> next) {
        log.add(now + " announce "
                + next.stream().map(a -> a.prefix().toString()).toList());
        routes.stream().filter(r -> !next.contains(r)).forEach(r -> fading.put(r, now.plusMillis(random.nextInt(500))));
        routes = List.copyOf(next);
        staleUntil = staleUntil.equals(Instant.MAX) ? now.plusMillis(500) : staleUntil;
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.RememberInstalled e ->
                e.current()
                        .ifPresentOrElse(
                                t -> installed
                                        .computeIfAbsent(e.datapathId(), x -> new TreeMap<>())
                                        .put(e.translation(), t),
                                () -> installed
                                        .getOrDefault(e.datapathId(), new HashMap<>())
                                        .remove(e.translation()));
            case Effect.RememberNextHop e ->
                e.mac()
                        .ifPresentOrElse(
                                m -> nextHops.computeIfAbsent(e.datapathId(), x -> new TreeMap<>())
                                        .put(e.address(), m),
                                () -> nextHops.getOrDefault(e.datapathId(), new HashMap<>())
                                        .remove(e.address()));
            case Effect.Forget e -> {
                installed.remove(e.datapathId());
                nextHops.remove(e.datapathId());
            }
            case Effect.Announce e -> announce(e.announcements());
            case Effect.ChangeAnnouncements e -> {
                List<Announcement> next = new ArrayList<>(routes);
                next.removeAll(e.removed());
                next.addAll(e.added());
                announce(next);
            }
            case Effect.Desire e -> desire(e.datapathId(), e.rules());
            case Effect.Shares e -> shares(e);
            case Effect.Probe e -> probe(e);
            case Effect.Resolve e -> {
                if (!silent.contains(e.address())) {
                    after(5, () -> ifConnected(e.datapathId(), () -> seen(e.datapathId(), e.address())));
                }
            }
            case Effect.ReadCounters e -> {
                packets += traffic ? 1 : 0;
                long reading = packets;
                after(
                        2,
                        () -> ifConnected(
                                e.datapathId(),
                                () -> fromSwitch(new SwitchEvent.Counters(
                                        e.datapathId(), e.owner(), reading, reading * 100, 4))));
            }
            case Effect.ReadUse e ->
                after(
                        2,
                        () -> ifConnected(
                                e.datapathId(),
                                () -> fromSwitch(new SwitchEvent.SharesUsed(
                                        e.datapathId(), switches.get(e.datapathId()).sessions))));
            case Effect.Lease _, Effect.Release _, Effect.ReadLeases _, Effect.AskBindings _ ->
                bindings.carryOut(effect);
            case Effect.PublishPart e -> {
                parts.put(e.status().translation() + "@" + e.status().device(), e.status());
                log.add(now + " " + e.status());
            }
            case Effect.PartGone e -> {
                parts.remove(e.translation() + "@" + e.device());
                log.add(now + " gone " + e.translation() + "@" + e.device());
            }
            case Effect.Devices e -> {}
            case Effect.Neighbors e -> {}
            case Effect.Groups e -> {}
            case Effect.PublishDevice e -> {}
            case Effect.DeviceGone e -> {}
            case Effect.PublishNeighbor e -> {}
            case Effect.NeighborGone e -> {}
            case Effect.PublishAnnouncements e -> announcements = e.announcements();
            case Effect.Log e -> log.add(now + " " + e.text());
        }
    }

    // ---- switches and their southbound ----

    /** An address is heard of; its MAC follows from it. */
    void seen(long datapathId, IpAddress address) {
        MacAddress mac = MacAddress.valueOf(0x0200_0000_0000L | (address.hashCode() & 0xFFFF_FFFFL));
        fromSwitch(new SwitchEvent.NeighborSeen(datapathId, address, mac));
    }

    private void desire(long datapathId, RuleSet rules) {
        FakeSwitch to = switches.get(datapathId);
        to.desired = rules;
        if (to.connected) {
            scheduleSync(to);
        }
    }

    private void scheduleSync(FakeSwitch to) {
        after(1 + random.nextInt(200), () -> {
            if (to.connected && to.desired != null) {
                if (random.nextInt(10) == 0 && probeLoss > 0) {
                    fromSwitch(
                            new SwitchEvent.SyncFailed(to.datapathId, to.desired.generation(), "dump was cut short"));
                    scheduleSync(to);
                    return;
                }
                SwitchEvent.Synced synced = to.sync();
                if (!synced.failures().isEmpty()) {
                    tampered(to);
                }
                log.add(now + " " + synced);
                fromSwitch(synced);
            }
        });
    }

    private void shares(Effect.Shares told) {
        FakeSwitch to = switches.get(told.datapathId());
        to.shares = told.shares();
        log.add(now + " shares " + told.datapathId() + " " + told.shares().size());
    }

    private void probe(Effect.Probe probe) {
        FakeSwitch to = switches.get(probe.datapathId());
        after(1 + random.nextInt(20), () -> {
            if (!to.connected || (probeLoss > 0 && random.nextInt(probeLoss) == 0)) {
                return;
            }
            through(to, probe.probe().sent(), 0).ifPresent(packet -> returned(to, probe.nonce(), packet));
        });
    }

    /** What comes back of a packet that goes in, by way of software switches if need be. */
    private Optional<Packet> through(FakeSwitch at, Arrival sent, int vlan) {
        for (FakeTables.Emission out : at.execute(sent, vlan).emissions()) {
            if (out.port().equals(PortNumber.CONTROLLER)) {
                return Optional.of(out.packet());
            }
            Optional<Packet> served = link(at, (int) out.port().toLong())
                    .flatMap(l -> serve(l, out))
                    .flatMap(back -> through(at, new Arrival((int) out.port().toLong(), back.packet()), back.vlan()));
            if (served.isPresent()) {
                return served;
            }
        }
        return Optional.empty();
    }

    private Optional<DevicePort.Link> link(FakeSwitch at, int port) {
        return devices.values().stream()
                .filter(d -> d.datapathId() == at.datapathId)
                .flatMap(d -> d.ports().stream())
                .filter(p -> at.capabilities
                        .port(p.port())
                        .filter(c -> c.number() == port)
                        .isPresent())
                .flatMap(p -> p.link().stream())
                .findFirst();
    }

    /** A software switch that is not connected here is dead. */
    private Optional<FakeTables.Emission> serve(DevicePort.Link link, FakeTables.Emission sent) {
        FakeSwitch software = switches.get(devices.get(link.device()).datapathId());
        int port = software.capabilities.port(link.port()).orElseThrow().number();
        return software.connected
                ? software.execute(new Arrival(port, sent.packet()), sent.vlan()).emissions().stream()
                        .filter(e -> e.port().toLong() == port)
                        .findFirst()
                : Optional.empty();
    }

    private void returned(FakeSwitch from, long nonce, Packet packet) {
        fromSwitch(new SwitchEvent.ProbeReturned(from.datapathId, nonce, packet, ""));
    }

    private void ifConnected(long datapathId, Runnable happens) {
        if (switches.get(datapathId).connected) {
            happens.run();
        }
    }

    void connect(FakeSwitch each) {
        if (each.connected) {
            return;
        }
        each.connected = true;
        bindings.connected(each);
        disturbed.put(each.datapathId, now);
        fromSwitch(new SwitchEvent.Connected(each.datapathId, "192.0.2.1:40000", each.capabilities));
        if (each.desired != null) {
            scheduleSync(each);
        }
    }

    void disconnect(FakeSwitch each) {
        if (each.connected) {
            each.connected = false;
            disturbed.put(each.datapathId, now);
            fromSwitch(new SwitchEvent.Disconnected(each.datapathId, "connection reset"));
        }
    }

    /** Rules vanish; a connected switch tells, and the southbound puts them back. */
    void loseRules(FakeSwitch each) {
        int lost = each.lose(random);
        tampered(each);
        if (lost > 0 && each.connected && each.desired != null) {
            fromSwitch(new SwitchEvent.RulesLost(each.datapathId, lost));
            scheduleSync(each);
        }
    }

    /** All rules of one translation vanish; returns how many. */
    int loseRules(FakeSwitch each, String owner) {
        int lost = each.lose(owner);
        tampered(each);
        fromSwitch(new SwitchEvent.RulesLost(each.datapathId, lost));
        scheduleSync(each);
        return lost;
    }

    private void tampered(FakeSwitch each) {
        disturbed.put(each.datapathId, now);
        broken.add(each.datapathId);
    }

    void refuse(FakeSwitch each, Set<String> owners) {
        refuse(each, r -> owners.contains(r.owner()));
    }

    void refuse(FakeSwitch each, Predicate<Rule> rules) {
        each.refuses = rules;
        tampered(each);
        if (each.connected && each.desired != null) {
            scheduleSync(each);
        }
    }

    // ---- the user ----

    Stored stored() {
        return new Stored(devices, translations, Map.of(), Map.of(), Map.of());
    }

    void put(Device device) {
        devices.put(device.id(), device);
        tell(new Event.IntentsChanged(List.of(new Change.DevicePut(device))));
    }

    void put(Translation translation) {
        translations.put(translation.id(), translation);
        tell(new Event.IntentsChanged(List.of(new Change.TranslationPut(translation))));
    }

    void delete(String translation) {
        translations.remove(translation);
        tell(new Event.IntentsChanged(List.of(new Change.TranslationDeleted(translation))));
    }
}
