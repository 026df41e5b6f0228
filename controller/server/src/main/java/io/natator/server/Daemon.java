package io.natator.server;

import io.natator.core.Event;
import io.natator.core.loop.Executor;
import io.natator.core.loop.Loop;
import io.natator.core.store.Store;
import io.natator.model.southbound.RoaSource;
import io.natator.server.metrics.MetricsServer;
import io.natator.server.resource.Resources;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of the daemon, and the order in which they start and stop. */
final class Daemon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    private static final Duration HANDLED = Duration.ofSeconds(5);

    private final Store store;
    private final Resources resources;
    private final Loop loop;
    private final Southbounds southbounds;
    private final Executor executor;
    private final ApiServer api;
    private final MetricsServer metrics;
    private final ExecutorService threads;
    private final AtomicBoolean closed = new AtomicBoolean();

    @Inject
    Daemon(
            Store store,
            Resources resources,
            Loop loop,
            Southbounds southbounds,
            Executor executor,
            ApiServer api,
            MetricsServer metrics,
            ExecutorService threads) {
        this.store = store;
        this.resources = resources;
        this.loop = loop;
        this.southbounds = southbounds;
        this.executor = executor;
        this.api = api;
        this.metrics = metrics;
        this.threads = threads;
    }

    /** Loads what is stored, then starts the loop, then serves: nobody is answered before the state is known. */
    void start() {
        Set<String> roaSources =
                southbounds.roaSources().stream().map(RoaSource::name).collect(Collectors.toSet());
        loop.start(resources.load(loop::tell, this::awaitHandled, roaSources), executor);
        loop.ask(core -> true).join();
        southbounds.roaSources().forEach(s -> s.start(event -> loop.tell(new Event.FromRoas(event))));
        southbounds.start();
        metrics.start();
        api.start();
        LOG.info("event=serving");
    }

    /** An overloaded or stopping loop is not waited for: what was asked is stored, and handled later. */
    private void awaitHandled() {
        var _ = loop.ask(core -> true)
                .exceptionally(refused -> false)
                .completeOnTimeout(false, HANDLED.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    void await() {
        api.await();
    }

    /**
     * Stops in the reverse order. Switches keep their rules and neighbours our routes: nothing is desired or
     * withdrawn on the way out.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        LOG.info("event=stopping");
        api.close();
        metrics.close();
        loop.close();
        southbounds.close();
        threads.shutdownNow();
        store.close();
        LOG.info("event=stopped");
    }
}
