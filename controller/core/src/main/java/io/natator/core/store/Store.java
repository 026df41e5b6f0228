package io.natator.core.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Durable storage. Safe for use by several threads; each call is one transaction. */
public interface Store extends AutoCloseable {
    /**
     * A resource as its API message in JSON.
     *
     * @param collection {@code "translations"}, {@code "devices"}, {@code "neighbors"}
     * @param id what follows the collection in the name
     */
    record Row(String collection, String id, String json, String etag, Instant created, Instant updated) {}

    /** One change of resources. */
    sealed interface Write {
        /** Created or replaced. */
        record Put(Row row) implements Write {}

        record Delete(String collection, String id) implements Write {}
    }

    /** One change of derived state. */
    sealed interface Memory {
        /** What a device is told to hold, as JSON; empty: no longer. */
        record Installed(long datapathId, String translation, Optional<String> json) implements Memory {}

        /** A resolved next hop; empty: forgotten. */
        record NextHop(long datapathId, String address, Optional<String> mac) implements Memory {}

        /** Everything about a datapath is forgotten. */
        record Forget(long datapathId) implements Memory {}
    }

    /**
     * Derived state as loaded.
     *
     * @param installed JSON of translations by datapath id
     * @param nextHops MAC by address by datapath id
     */
    record Memories(Map<Long, List<String>> installed, Map<Long, Map<String, String>> nextHops) {}

    /** All resources, by collection and id. */
    List<Row> rows();

    /** All derived state. */
    Memories memories();

    /**
     * Makes changes durable, all or none. When it returns they survive the death of the process and of the machine.
     *
     * @throws StoreException nothing was changed
     */
    void commit(List<Write> writes);

    /**
     * Makes derived state durable, all or none.
     *
     * @throws StoreException nothing was changed
     */
    void remember(List<Memory> memories);

    @Override
    void close();
}
