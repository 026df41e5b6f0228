package io.natator.server.watch;

import io.natator.core.Effect;
import io.natator.core.status.AnnouncementStatus;
import io.natator.core.status.DeviceStatus;
import io.natator.core.status.NeighborStatus;
import io.natator.core.status.PartState;
import io.natator.core.status.PartStatus;
import io.natator.server.convert.Announcements;
import io.natator.server.convert.Devices;
import io.natator.server.convert.Neighbors;
import io.natator.server.convert.Translations;
import io.natator.server.resource.Resources;
import io.natator.v1.Announcement;
import io.natator.v1.Device;
import io.natator.v1.Neighbor;
import io.natator.v1.Translation;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Takes the core's news to the catalogs. Written by the loop's thread, read by any. */
public final class Board implements Consumer<Effect> {
    private final Resources resources;
    private final Catalog<Announcement> announcements;
    private final Map<String, SortedMap<String, PartStatus>> parts = new TreeMap<>();
    private final AtomicLong sessionsLost = new AtomicLong();
    private final Map<PartState, AtomicInteger> states = new EnumMap<>(PartState.class);
    private final Map<String, Integer> hardwareBindings = new ConcurrentHashMap<>();
    private final Map<String, DeviceStatus> devices = new ConcurrentHashMap<>();
    private final Map<String, NeighborStatus> neighbors = new ConcurrentHashMap<>();
    private volatile Map<AnnouncementStatus.State, Integer> routes = Map.of();
    private Set<String> announced = new HashSet<>();

    @Inject
    Board(Resources resources, Catalog<Announcement> announcements) {
        this.resources = resources;
        this.announcements = announcements;
        for (PartState state : PartState.values()) {
            states.put(state, new AtomicInteger());
        }
    }

    @Override
    public void accept(Effect news) {
        switch (news) {
            case Effect.PublishPart e -> part(e.status());
            case Effect.PartGone e -> partGone(e);
            case Effect.PublishDevice e -> device(e.status());
            case Effect.DeviceGone e -> {
                devices.remove(e.device());
                resources.forget(e.device());
                resources.devices().catalog().status(e.device(), Optional.empty(), true);
            }
            case Effect.PublishNeighbor e -> neighbor(e);
            case Effect.NeighborGone e -> {
                neighbors.remove(e.neighbor());
                resources.neighbors().catalog().status(e.neighbor(), Optional.empty(), true);
            }
            case Effect.PublishAnnouncements e -> announced(e.announcements());
            case Effect.RememberInstalled e -> {}
            case Effect.RememberNextHop e -> {}
            case Effect.Forget e -> {}
            case Effect.Devices e -> {}
            case Effect.Neighbors e -> {}
            case Effect.Groups e -> {}
            case Effect.Announce e -> {}
            case Effect.ChangeAnnouncements e -> {}
            case Effect.Shares e -> {}
            case Effect.Desire e -> {}
            case Effect.Probe e -> {}
            case Effect.Resolve e -> {}
            case Effect.ReadCounters e -> {}
            case Effect.ReadUse e -> {}
            case Effect.Lease e -> {}
            case Effect.Release e -> {}
            case Effect.ReadLeases e -> {}
            case Effect.AskBindings e -> {}
            case Effect.Log e -> {}
        }
    }

    private void part(PartStatus status) {
        PartStatus before = parts.computeIfAbsent(status.translation(), x -> new TreeMap<>())
                .put(status.device(), status);
        count(before, -1);
        count(status, 1);
        sessionsLost.addAndGet(status.sessionsLost() - (before == null ? 0 : before.sessionsLost()));
        boolean telling = before == null || !before.sameButCounters(status);
        show(status.translation(), telling);
    }

    private void partGone(Effect.PartGone gone) {
        SortedMap<String, PartStatus> ofTranslation = parts.get(gone.translation());
        if (ofTranslation != null && ofTranslation.containsKey(gone.device())) {
            count(ofTranslation.remove(gone.device()), -1);
            if (ofTranslation.isEmpty()) {
                parts.remove(gone.translation());
            }
            show(gone.translation(), true);
        }
    }

    private void count(PartStatus status, int by) {
        if (status != null) {
            states.get(status.state()).addAndGet(by);
        }
    }

    /** How many translations are in {@code state}, one for each device that they are on. */
    public int count(PartState state) {
        return states.get(state).get();
    }

    /** Sessions that were last counted on software switches whose shares others took over. */
    public long sessionsLost() {
        return sessionsLost.get();
    }

    private void show(String translation, boolean telling) {
        SortedMap<String, PartStatus> ofTranslation = parts.get(translation);
        int bindings = ofTranslation == null
                ? 0
                : ofTranslation.values().stream()
                        .mapToInt(PartStatus::hardwareBindings)
                        .sum();
        if (bindings > 0) {
            hardwareBindings.put(translation, bindings);
        } else {
            hardwareBindings.remove(translation);
        }
        Optional<Translation> status = ofTranslation == null
                ? Optional.empty()
                : Optional.of(Translation.newBuilder()
                        .addAllStatuses(ofTranslation.values().stream()
                                .map(Translations::status)
                                .toList())
                        .build());
        resources.translations().catalog().status(translation, status, telling);
    }

    private void device(DeviceStatus status) {
        devices.put(status.device(), status);
        status.capabilities().ifPresent(c -> resources.learned(status.device(), c));
        resources
                .devices()
                .catalog()
                .status(
                        status.device(),
                        Optional.of(Device.newBuilder()
                                .setStatus(Devices.status(status))
                                .build()),
                        true);
    }

    private void neighbor(Effect.PublishNeighbor told) {
        neighbors.put(told.status().neighbor(), told.status());
        Neighbor.Builder message =
                told.dynamic() ? Neighbors.dynamic(told.neighbor()).toBuilder() : Neighbor.newBuilder();
        message.setStatus(Neighbors.status(told.neighbor(), told.status()));
        resources.neighbors().catalog().status(told.status().neighbor(), Optional.of(message.build()), true);
    }

    private void announced(List<AnnouncementStatus> statuses) {
        Map<AnnouncementStatus.State, Integer> counts = new EnumMap<>(AnnouncementStatus.State.class);
        statuses.forEach(s -> counts.merge(s.state(), 1, Integer::sum));
        routes = Map.copyOf(counts);
        Set<String> now = new HashSet<>();
        for (AnnouncementStatus status : statuses) {
            now.add(Announcements.id(status));
            announcements.status(Announcements.id(status), Optional.of(Announcements.message(status)), true);
        }
        announced.stream()
                .filter(id -> !now.contains(id))
                .forEach(id -> announcements.status(id, Optional.empty(), true));
        announced = now;
    }

    /** How many routes are in {@code state}. */
    public int count(AnnouncementStatus.State state) {
        return routes.getOrDefault(state, 0);
    }

    /** Bindings of a translation, by id, whose work rules of devices do. */
    public int hardwareBindings(String translation) {
        return hardwareBindings.getOrDefault(translation, 0);
    }

    /** Bindings whose work rules of devices do. */
    public int hardwareBindings() {
        return hardwareBindings.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Where neighbours stand, by id. */
    public Map<String, NeighborStatus> neighbors() {
        return Map.copyOf(neighbors);
    }

    /** Where devices stand, by id. */
    public Map<String, DeviceStatus> devices() {
        return Map.copyOf(devices);
    }
}
