package io.natator.core;

import io.natator.model.compile.Announcement;
import io.natator.model.compile.Compiler;
import io.natator.model.compile.RoutePlanner;
import io.natator.model.intent.Device;
import io.natator.model.intent.PeerGroup;
import io.natator.model.intent.Translation;
import io.natator.model.southbound.SwitchEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The state of everything and how it moves. Not thread-safe: one loop owns it. Deterministic: the same events
 * at the same times give the same effects (see docs/adr/0040).
 */
public final class Core {
    private final Compiler compiler;
    private final Limits limits;
    private final SortedMap<String, Device> devices = new TreeMap<>();
    private final SortedMap<String, Translation> translations = new TreeMap<>();
    private final SortedMap<Long, DeviceControl> controls = new TreeMap<>();
    private final NeighborBook neighbors = new NeighborBook();
    private final RoaBook roas = new RoaBook();
    private final Announcer announcer;
    private final Offloading offloading;
    private final Set<Awaited> awaited = new HashSet<>();
    private long nonce;
    private boolean started;
    private boolean open;
    private boolean announceStale;
    private final Holders holders = new Holders();
    private boolean linked;
    private long surroundedAt = -1;
    private Instant surroundAgain = Instant.MAX;
    private Instant opensAt = Instant.MAX;

    /** A translation that an earlier process had on a device: its routes may still stand. */
    private record Awaited(long datapathId, String translation) {}

    /** @param firstNonce of probes; random, so that probes of an earlier process are not taken for ours */
    public Core(Compiler compiler, RoutePlanner planner, Limits limits, long firstNonce) {
        this.compiler = compiler;
        this.limits = limits;
        this.announcer = new Announcer(planner);
        this.offloading = new Offloading(() -> nonce++);
        this.nonce = firstNonce;
    }

    /**
     * Folds {@code events} into the state and says what is to be done.
     *
     * @param now never before that of an earlier step
     * @throws IllegalStateException if the first event of all is not {@link Event.Started}
     */
    public List<Effect> step(List<Event> events, Instant now) {
        Outbox outbox = new Outbox();
        events.forEach(e -> apply(e, now, outbox));
        settle(now, outbox);
        return outbox.take();
    }

    /** When {@link #step} is to be called although nothing happened; {@link Instant#MAX}: never. */
    public Instant wakeAt() {
        Instant first = open ? surroundAgain : opensAt.isBefore(surroundAgain) ? opensAt : surroundAgain;
        first = offloading.deadline().isBefore(first) ? offloading.deadline() : first;
        for (DeviceControl control : controls.values()) {
            first = control.deadline().isBefore(first) ? control.deadline() : first;
        }
        return first;
    }

    private void apply(Event event, Instant now, Outbox outbox) {
        if (!started && !(event instanceof Event.Started)) {
            throw new IllegalStateException("the first event must be Started");
        }
        switch (event) {
            case Event.Started e -> start(e, now, outbox);
            case Event.IntentsChanged e -> change(e.changes(), now, outbox);
            case Event.FromSwitch e -> {
                SwitchEvent told = e.event();
                DeviceControl control = controls.get(told.datapathId());
                if (control != null) {
                    control.on(told, now, outbox);
                    offloading.on(told, now, outbox);
                    if (told instanceof SwitchEvent.Connected || told instanceof SwitchEvent.Disconnected) {
                        doubtClients(control, now);
                    }
                }
            }
            case Event.FromNeighbor e -> neighbors.on(e.event(), now, outbox);
            case Event.FromRoas e -> announceStale |= roas.on(e.event(), outbox);
            case Event.Tick e -> {}
        }
    }

    private void start(Event.Started event, Instant now, Outbox outbox) {
        started = true;
        opensAt = now.plus(limits.startup());
        event.devices().forEach(d -> put(d, now, outbox));
        event.translations().forEach(t -> put(t));
        event.groups().forEach(neighbors::put);
        event.neighbors().forEach(n -> neighbors.put(n, now, outbox));
        roas.await(event.roaSources());
        event.remembered().nextHops().forEach((datapathId, known) -> {
            if (controls.containsKey(datapathId)) {
                controls.get(datapathId).remembered(List.of(), known);
            } else {
                outbox.add(new Effect.Forget(datapathId));
            }
        });
        event.remembered().installed().forEach((datapathId, installed) -> {
            if (controls.containsKey(datapathId)) {
                controls.get(datapathId).remembered(installed, Map.of());
                installed.forEach(t -> awaited.add(new Awaited(datapathId, t.id())));
            } else {
                outbox.add(new Effect.Forget(datapathId));
            }
        });
        outbox.add(new Effect.Devices(owned()));
        outbox.add(new Effect.Neighbors(neighbors.wanted()));
        outbox.add(new Effect.Groups(neighbors.dynamicGroups()));
        outbox.info("event=started devices=%d translations=%d neighbors=%d awaited=%d"
                .formatted(
                        devices.size(), translations.size(), neighbors.wanted().size(), awaited.size()));
    }

    private void change(List<Event.Change> changes, Instant now, Outbox outbox) {
        boolean devicesChanged = false;
        boolean neighborsChanged = false;
        List<PeerGroup> groups = neighbors.dynamicGroups();
        for (Event.Change change : changes) {
            switch (change) {
                case Event.Change.DevicePut c -> {
                    put(c.device(), now, outbox);
                    devicesChanged = true;
                }
                case Event.Change.DeviceDeleted c -> {
                    delete(c.id());
                    devicesChanged = true;
                }
                case Event.Change.TranslationPut c -> put(c.translation());
                case Event.Change.TranslationDeleted c -> {
                    translations.remove(c.id());
                    controls.values().forEach(d -> d.unwant(c.id()));
                }
                case Event.Change.NeighborPut c -> {
                    neighbors.put(c.neighbor(), now, outbox);
                    neighborsChanged = true;
                }
                case Event.Change.NeighborDeleted c -> {
                    neighbors.delete(c.id(), outbox);
                    neighborsChanged = true;
                }
                case Event.Change.PeerGroupPut c -> neighbors.put(c.group());
                case Event.Change.PeerGroupDeleted c -> neighbors.deleteGroup(c.id());
            }
        }
        if (devicesChanged) {
            announceStale = true;
            outbox.add(new Effect.Devices(owned()));
        }
        if (neighborsChanged) {
            outbox.add(new Effect.Neighbors(neighbors.wanted()));
        }
        if (!neighbors.dynamicGroups().equals(groups)) {
            outbox.add(new Effect.Groups(neighbors.dynamicGroups()));
        }
    }

    private void put(Device device, Instant now, Outbox outbox) {
        Device before = devices.put(device.id(), device);
        if (before != null && before.datapathId() != device.datapathId()) {
            leave(before, outbox);
        }
        DeviceControl control = controls.computeIfAbsent(
                device.datapathId(), id -> new DeviceControl(id, compiler, limits, () -> nonce++, now));
        control.configure(device, outbox);

        translations.values().stream()
                .filter(t -> t.devices().contains(device.id()))
                .forEach(control::want);
    }

    /** The device is another datapath now: the old one is cleaned under a name of its own. */
    private void leave(Device before, Outbox outbox) {
        DeviceControl control = controls.get(before.datapathId());
        String alias = "%s~%016x".formatted(before.id(), before.datapathId());
        control.configure(
                new Device(
                        alias,
                        before.datapathId(),
                        before.mode(),
                        before.profile(),
                        before.ports(),
                        before.routes(),
                        before.nextHops(),
                        before.hold(),
                        before.drain()),
                outbox);
        control.retire();
    }

    private void delete(String id) {
        Device device = devices.remove(id);
        if (device != null) {
            retire(device);
        }
    }

    private void retire(Device device) {
        DeviceControl control = controls.get(device.datapathId());
        if (control != null && control.device().id().equals(device.id())) {
            control.retire();
        }
    }

    private void put(Translation translation) {
        translations.put(translation.id(), translation);
        for (DeviceControl control : controls.values()) {
            if (!control.isRetired()
                    && translation.devices().contains(control.device().id())) {
                control.want(translation);
            } else {
                control.unwant(translation.id());
            }
        }
    }

    /** Those that are configured, and those that are still being cleaned. */
    private List<Device> owned() {
        return controls.values().stream().map(DeviceControl::device).toList();
    }

    private void settle(Instant now, Outbox outbox) {
        surround(now);
        settleAll(now, outbox);
        if (surround(now)) {
            // What is in force on a device is another, and software switches have to do with it.
            settleAll(now, outbox);
        }
        boolean retold = false;
        for (DeviceControl control : controls.values()) {
            retold |= control.shares().takeRetold();
        }
        if (retold) {
            holders.look(controls, outbox);
        }
        offloading.advance(controls.values(), now, outbox);
        openWhenDecided(now, outbox);
        for (DeviceControl control : controls.values()) {
            announceStale |= control.announceable().takeChanged();
        }
        announceStale |= neighbors.takeOriginsChanged();
        if (open && announceStale) {
            announceStale = false;
            announce(now, outbox);
        }
        controls.values().forEach(c -> c.tell(now, outbox));
        removeFinished(outbox);
        boolean routes = announcer.takeChanged();
        if (neighbors.takeChanged() || routes) {
            announcer.publish(routes, neighbors.pages(), outbox);
        }
    }

    /** Software switches first: they are to know what they will be asked for. */
    private void settleAll(Instant now, Outbox outbox) {
        controls.values().stream().filter(c -> !c.device().translates()).forEach(c -> c.settle(now, open, outbox));
        controls.values().stream().filter(c -> c.device().translates()).forEach(c -> c.settle(now, open, outbox));
    }

    /** Tells each device what it has to do with others; true if that changed anywhere. */
    private boolean surround(Instant now) {
        long sum = controls.values().stream().mapToLong(DeviceControl::changes).sum() + 31L * controls.size();
        if (sum == surroundedAt && now.isBefore(surroundAgain)) {
            return false;
        }
        surroundedAt = sum;
        surroundAgain = Instant.MAX;
        List<Device> all = controls.values().stream().map(DeviceControl::device).toList();
        if (!linked && !Neighborhood.anyLink(all)) {
            return false;
        }
        linked = true;
        Map<String, DeviceControl> byId = new HashMap<>();
        controls.values().forEach(c -> byId.put(c.device().id(), c));
        Neighborhood neighborhood = new Neighborhood(
                all,
                id -> byId.get(id).coming(),
                id -> Optional.ofNullable(byId.get(id)).flatMap(DeviceControl::capabilities),
                id -> absent(byId.get(id), now));
        boolean changed = false;
        for (DeviceControl control : controls.values()) {
            changed |= control.surround(neighborhood.of(control.device()), now);
        }
        return changed;
    }

    private String absent(DeviceControl control, Instant now) {
        if (control == null || control.isRetired()) {
            return "is no device any more";
        }
        Instant until = control.trust().until();
        if (now.isBefore(until)) {
            surroundAgain = until.isBefore(surroundAgain) ? until : surroundAgain;
            return "";
        }
        return control.trust().reason();
    }

    private void doubtClients(DeviceControl software, Instant now) {
        String id = software.device().id();
        controls.values().stream()
                .filter(c -> c.device().ports().stream()
                        .flatMap(p -> p.link().stream())
                        .anyMatch(l -> l.device().equals(id)))
                .forEach(c -> c.serviceDoubted(now));
    }

    private void announce(Instant now, Outbox outbox) {
        List<RoutePlanner.Proved> proved = controls.values().stream()
                .flatMap(c -> c.announceable().proved().stream())
                .toList();
        Map<RoutePlanner.Proved, String> held = new LinkedHashMap<>();
        controls.values().forEach(c -> held.putAll(c.announceable().heldBack()));
        Map<String, Map<String, String>> problems = new HashMap<>();
        announcer
                .announce(proved, held, origins(), now, outbox)
                .forEach(p -> problems.computeIfAbsent(p.device(), d -> new HashMap<>())
                        .putIfAbsent(p.translation(), p.reason()));
        controls.values()
                .forEach(c -> c.notAnnounced(problems.getOrDefault(c.device().id(), Map.of())));
    }

    /**
     * The first announcement tells neighbours that this is all (End-of-RIB, RFC 4724): what they kept from an
     * earlier process and is not announced again is lost. So it waits until those translations are proved again.
     */
    private void openWhenDecided(Instant now, Outbox outbox) {
        if (open) {
            return;
        }
        awaited.removeIf(a -> controls.get(a.datapathId()) == null
                || controls.get(a.datapathId()).isDecided(a.translation()));
        boolean waits = !awaited.isEmpty() || roas.isWaiting();
        if (waits && now.isBefore(opensAt)) {
            return;
        }
        if (waits) {
            outbox.warn("event=startup-limit undecided=%d after=%ds"
                    .formatted(awaited.size(), limits.startup().toSeconds()));
        }
        open = true;
        announceStale = true;
        controls.values().forEach(DeviceControl::wake);
    }

    private void removeFinished(Outbox outbox) {
        boolean removed = controls.values().removeIf(control -> {
            if (control.isFinished()) {
                outbox.add(new Effect.Forget(control.device().datapathId()));
                outbox.add(new Effect.DeviceGone(control.device().id()));
                offloading.forget(control.device().datapathId());
            }
            return control.isFinished();
        });
        if (removed) {
            outbox.add(new Effect.Devices(owned()));
        }
    }

    // ---- views ----

    /** Every device as plans need it. */
    public List<DeviceView> views() {
        return controls.values().stream()
                .filter(c -> !c.isRetired())
                .map(DeviceControl::view)
                .toList();
    }

    /** What route-origin validation goes by. */
    public RoutePlanner.Origins origins() {
        return new RoutePlanner.Origins(roas.vrps(), neighbors.localAs());
    }

    /** What is announced now. */
    public List<Announcement> announced() {
        return announcer.announced();
    }
}
