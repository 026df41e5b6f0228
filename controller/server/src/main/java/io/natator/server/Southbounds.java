package io.natator.server;

import io.natator.model.southbound.RoaSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Switches and neighbours as the daemon starts, watches and stops them. */
interface Southbounds extends AutoCloseable {
    /**
     * Lets switches connect. Called when the core knows what they should hold.
     *
     * @throws io.natator.server.config.ConfigException if the address cannot be had
     */
    void start();

    /** Who knows route origins. */
    List<RoaSource> roaSources();

    /** Snapshots of counters, by the name of the southbound. */
    Map<String, Supplier<Map<String, Long>>> counters();

    @Override
    void close();
}
