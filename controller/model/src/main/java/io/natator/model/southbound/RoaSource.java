package io.natator.model.southbound;

import java.util.function.Consumer;

/** Something that knows validated ROA payloads: an RPKI-to-Router cache (RFC 8210), a file. */
public interface RoaSource extends AutoCloseable {
    /** What its events call it: {@code HOST:PORT} of a cache, the path of a file. */
    String name();

    /**
     * Begins to tell.
     *
     * @param events called from any thread, one call at a time; must not block
     */
    void start(Consumer<RoaEvent> events);

    @Override
    void close();
}
