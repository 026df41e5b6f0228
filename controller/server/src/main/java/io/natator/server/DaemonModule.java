package io.natator.server;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.natator.core.Core;
import io.natator.core.Event;
import io.natator.core.Limits;
import io.natator.core.loop.Executor;
import io.natator.core.loop.Loop;
import io.natator.core.store.SqliteStore;
import io.natator.core.store.Store;
import io.natator.hostroute.HostRoutePlanner;
import io.natator.model.compile.Compiler;
import io.natator.model.compile.RoutePlanner;
import io.natator.model.southbound.Sessions;
import io.natator.model.southbound.Speakers;
import io.natator.model.southbound.Switches;
import io.natator.nat.NatCompiler;
import io.natator.server.config.Config;
import io.natator.server.resource.Resources;
import io.natator.server.watch.Board;
import io.natator.server.watch.Catalog;
import io.natator.v1.Announcement;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Everything but the southbounds. */
final class DaemonModule extends AbstractModule {
    private final Config config;

    DaemonModule(Config config) {
        this.config = config;
    }

    @Override
    protected void configure() {
        bind(Config.class).toInstance(config);
        bind(Compiler.class).to(NatCompiler.class);
        bind(RoutePlanner.class).to(HostRoutePlanner.class);
        bind(Board.class).in(Singleton.class);
        bind(java.util.concurrent.Executor.class).to(ExecutorService.class);
    }

    @Provides
    @Singleton
    Store store() {
        return SqliteStore.open(Path.of(config.store().path()));
    }

    @Provides
    @Singleton
    Resources resources(Store store) {
        return new Resources(store);
    }

    @Provides
    @Singleton
    Catalog<Announcement> announcements() {
        return new Catalog<>("announcements", Announcement.getDefaultInstance());
    }

    @Provides
    @Singleton
    Loop loop(Compiler compiler, RoutePlanner planner) {
        return new Loop(new Core(compiler, planner, Limits.defaults(), new SecureRandom().nextLong() >>> 1));
    }

    @Provides
    @Singleton
    Executor executor(Switches switches, Sessions sessions, Speakers speakers, Store store, Loop loop, Board board) {
        return new Executor(
                switches,
                sessions,
                speakers,
                store,
                Resources::json,
                told -> loop.tell(new Event.FromSwitch(told)),
                board);
    }

    @Provides
    Map<String, Supplier<Map<String, Long>>> counters(Southbounds southbounds) {
        return southbounds.counters();
    }

    /** Serves API calls: they may wait for the disk. */
    @Provides
    @Singleton
    ExecutorService apiThreads() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("natator-api-", 0).factory());
    }
}
