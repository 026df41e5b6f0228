package io.natator.server.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.natator.model.session.PoolUse;
import io.natator.server.sessions.SessionDesk;
import io.natator.server.sessions.SessionDesk.From;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Figures of pools, as the software switches told them when somebody last asked. */
final class PoolFigures {
    /** @param device id */
    private record Pool(String device, int share, String translation) {}

    /** A scrape should not take long: figures of switches that answer later are missing in it. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final SessionDesk desk;
    private final Set<String> bound = new HashSet<>();
    private volatile Map<Pool, PoolUse> last = Map.of();

    @Inject
    PoolFigures(SessionDesk desk) {
        this.desk = desk;
    }

    /** Asks all switches, and binds what was not there before. Of a pool that is gone there is nothing to tell. */
    synchronized void refresh(MeterRegistry registry) {
        if (desk.meant(Optional.empty()).isEmpty()) {
            return;
        }
        Map<Pool, PoolUse> now = new HashMap<>();
        for (From<PoolUse> use : desk.use(PATIENCE).values()) {
            now.put(new Pool(use.device(), use.value().share(), use.value().translation()), use.value());
        }
        last = Map.copyOf(now);
        now.forEach((pool, use) -> {
            if (bound.add(pool.toString())) {
                bind(registry, pool);
            }
            use.refused().keySet().forEach(reason -> {
                if (bound.add(pool + reason)) {
                    FunctionCounter.builder(
                                    "natator.pool.refused",
                                    this,
                                    f -> f.read(pool, u -> u.refused().getOrDefault(reason, 0L)))
                            .tags(tags(pool).and("reason", reason))
                            .register(registry);
                }
            });
        });
    }

    private static Tags tags(Pool pool) {
        return Tags.of(
                "translation", pool.translation(), "device", pool.device(), "share", Integer.toString(pool.share()));
    }

    private void bind(MeterRegistry registry, Pool pool) {
        gauge(registry, "natator.pool.addresses", pool, PoolUse::addresses);
        gauge(registry, "natator.pool.addresses_used", pool, PoolUse::addressesUsed);
        gauge(registry, "natator.pool.ports", pool, PoolUse::ports);
        gauge(registry, "natator.pool.ports_used", pool, PoolUse::portsUsed);
        gauge(registry, "natator.pool.sessions", pool, PoolUse::sessions);
        counter(registry, "natator.pool.sessions_begun", pool, PoolUse::created);
        counter(registry, "natator.pool.sessions_lost", pool, PoolUse::lost);
    }

    private void gauge(MeterRegistry registry, String name, Pool pool, ToDoubleFunction<PoolUse> figure) {
        Gauge.builder(name, this, f -> f.read(pool, figure)).tags(tags(pool)).register(registry);
    }

    private void counter(MeterRegistry registry, String name, Pool pool, ToDoubleFunction<PoolUse> figure) {
        FunctionCounter.builder(name, this, f -> f.read(pool, figure))
                .tags(tags(pool))
                .register(registry);
    }

    private double read(Pool pool, ToDoubleFunction<PoolUse> figure) {
        PoolUse use = last.get(pool);
        return use == null ? Double.NaN : figure.applyAsDouble(use);
    }
}
