package io.natator.server.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.natator.core.loop.Loop;
import io.natator.core.status.AnnouncementStatus;
import io.natator.core.status.DeviceStatus;
import io.natator.core.status.NeighborStatus;
import io.natator.core.status.PartState;
import io.natator.model.southbound.NeighborEvent;
import io.natator.server.resource.Resources;
import io.natator.server.watch.Board;
import io.natator.server.watch.Catalog;
import io.natator.v1.Announcement;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What is measured. Names and meanings: docs/configuration.md. */
public final class Figures {
    private final Loop loop;
    private final Board board;
    private final Resources resources;
    private final Catalog<Announcement> announcements;
    private final Map<String, Supplier<Map<String, Long>>> counters;
    private final PoolFigures pools;
    private final Set<String> bound = ConcurrentHashMap.newKeySet();

    /** @param counters snapshots by the name of what counts */
    @Inject
    Figures(
            Loop loop,
            Board board,
            Resources resources,
            Catalog<Announcement> announcements,
            Map<String, Supplier<Map<String, Long>>> counters,
            PoolFigures pools) {
        this.loop = loop;
        this.board = board;
        this.resources = resources;
        this.announcements = announcements;
        this.counters = counters;
        this.pools = pools;
    }

    void bindTo(MeterRegistry registry) {
        Gauge.builder("natator.loop.waiting", loop, Loop::waiting)
                .description("events that wait for the core")
                .register(registry);
        FunctionCounter.builder("natator.loop.dropped", loop, Loop::dropped)
                .description("events dropped because the core's queue was full")
                .register(registry);
        Gauge.builder("natator.devices", resources, r -> r.devices().catalog().size())
                .register(registry);
        Gauge.builder(
                        "natator.translations",
                        resources,
                        r -> r.translations().catalog().size())
                .register(registry);
        Gauge.builder(
                        "natator.neighbors",
                        resources,
                        r -> r.neighbors().catalog().size())
                .register(registry);
        Gauge.builder("natator.announcements", announcements, Catalog::size).register(registry);
        Gauge.builder("natator.hardware_bindings", board, Board::hardwareBindings)
                .description("bindings of DYNAMIC translations whose work rules of devices do")
                .register(registry);
        for (AnnouncementStatus.State state : AnnouncementStatus.State.values()) {
            Gauge.builder("natator.announcement.state", board, b -> b.count(state))
                    .description("routes by what becomes of them")
                    .tag("state", state.name())
                    .register(registry);
        }
        FunctionCounter.builder("natator.translation.sessions_lost", board, Board::sessionsLost)
                .description("sessions last counted on software switches whose shares others took over")
                .register(registry);
        for (PartState state : PartState.values()) {
            Gauge.builder("natator.translation.state", board, b -> b.count(state))
                    .description("translations by state, one for each device that they are on")
                    .tag("state", state.name())
                    .register(registry);
        }
    }

    /** Binds what was not there before: counters of southbounds and devices come up one by one. */
    void bindNew(MeterRegistry registry) {
        counters.forEach((source, snapshot) -> snapshot.get().keySet().forEach(name -> {
            if (bound.add(source + "." + name)) {
                FunctionCounter.builder(
                                "natator." + source + "."
                                        + name.replace('-', '_').replace(' ', '_'),
                                snapshot,
                                s -> s.get().getOrDefault(name, 0L))
                        .register(registry);
            }
        }));
        bindNeighbors(registry);
        pools.refresh(registry);
        board.devices().keySet().forEach(device -> {
            if (bound.add("device." + device)) {
                gauge(registry, "natator.device.connected", device, d -> d.connected() ? 1 : 0);
                gauge(registry, "natator.device.in_sync", device, d -> d.inSync() ? 1 : 0);
                gauge(registry, "natator.device.rules", device, DeviceStatus::rules);
                gauge(registry, "natator.device.rules_added", device, DeviceStatus::rulesAdded);
                gauge(registry, "natator.device.rules_removed", device, DeviceStatus::rulesRemoved);
                gauge(registry, "natator.device.rules_restored", device, DeviceStatus::rulesRestored);
            }
        });
    }

    /** Those of neighbours that came up since; of one that is gone there is nothing to tell. */
    private void bindNeighbors(MeterRegistry registry) {
        board.neighbors().keySet().forEach(neighbor -> {
            if (bound.add("neighbor." + neighbor)) {
                neighbor(registry, "natator.neighbor.established", neighbor, s -> s.isUp() ? 1 : 0);
                neighbor(registry, "natator.neighbor.sessions", neighbor, NeighborStatus::sessions);
                neighbor(
                        registry,
                        "natator.neighbor.routes_sent",
                        neighbor,
                        s -> s.routes().sent());
                neighbor(
                        registry,
                        "natator.neighbor.routes_held_back",
                        neighbor,
                        s -> s.routes().heldBack());
                neighbor(
                        registry,
                        "natator.neighbor.routes_filtered",
                        neighbor,
                        s -> s.routes().filtered());
                neighbor(
                        registry,
                        "natator.neighbor.routes_received",
                        neighbor,
                        s -> s.routes().received());
                neighbor(registry, "natator.neighbor.bfd_up", neighbor, Figures::bfdUp);
            }
        });
    }

    /** Nothing where there is no BFD. */
    private static double bfdUp(NeighborStatus status) {
        return status.bfd()
                .map(b -> b.state() == NeighborEvent.BfdState.UP ? 1.0 : 0.0)
                .orElse(Double.NaN);
    }

    private void neighbor(
            MeterRegistry registry, String name, String neighbor, ToDoubleFunction<NeighborStatus> figure) {
        Gauge.builder(name, board, b -> {
                    NeighborStatus status = b.neighbors().get(neighbor);
                    return status == null ? Double.NaN : figure.applyAsDouble(status);
                })
                .tag("neighbor", neighbor)
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String device, ToDoubleFunction<DeviceStatus> figure) {
        Gauge.builder(name, board, b -> {
                    DeviceStatus status = b.devices().get(device);
                    return status == null ? Double.NaN : figure.applyAsDouble(status);
                })
                .tag("device", device)
                .register(registry);
    }
}
