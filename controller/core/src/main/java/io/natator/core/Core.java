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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

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
    private final FirstAnnouncement first;
    private final Surrounder surrounder = new Surrounder();
    private long nonce;
    private boolean started;
    private boolean announceStale;
    private final Holders holders = new Holders();

    /** @param firstNonce of probes; random, so that probes of an earlier process are not taken for ours */
    public Core(Compiler compiler, RoutePlanner planner, Limits limits, long firstNonce) {
        this.compiler = compiler;
        this.limits = limits;
        this.first = new FirstAnnouncement(limits);
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
        return Stream.concat(
                        Stream.of(first.deadline(), surrounder.deadline(), offloading.deadline()),
                        controls.values().stream().map(DeviceControl::deadline))
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
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
                        Surrounder.cameOrWent(control, controls.values(), now);
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
        first.start(now);
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
                installed.forEach(t -> first.await(datapathId, t.id()));
            } else {
                outbox.add(new Effect.Forget(datapathId));
            }
        });
        outbox.add(new Effect.Devices(owned()));
        outbox.add(new Effect.Neighbors(neighbors.wanted()));
        outbox.add(new Effect.Groups(neighbors.dynamicGroups()));
        outbox.info("event=started devices=%d translations=%d neighbors=%d awaited=%d"
                .formatted(
                        devices.size(), translations.size(), neighbors.wanted().size(), first.awaited()));
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
        boolean _ = surrounder.advance(controls.values(), now);
        settleAll(now, outbox);
        if (surrounder.advance(controls.values(), now)) {
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
        announceStale |= first.advance(controls, roas.isWaiting(), now, outbox);
        for (DeviceControl control : controls.values()) {
            announceStale |= control.announceable().takeChanged();
        }
        announceStale |= neighbors.takeOriginsChanged();
        if (first.isOver() && announceStale) {
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
        controls.values().stream()
                .filter(c -> !c.device().translates())
                .forEach(c -> c.settle(now, first.isOver(), outbox));
        controls.values().stream()
                .filter(c -> c.device().translates())
                .forEach(c -> c.settle(now, first.isOver(), outbox));
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
