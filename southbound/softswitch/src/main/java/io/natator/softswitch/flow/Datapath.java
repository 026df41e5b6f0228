package io.natator.softswitch.flow;

import java.util.List;
import java.util.function.Consumer;

/** The datapath, as agents see it. May be called by any thread; nothing blocks. */
public interface Datapath {
    /**
     * Queues a request. {@code to} is called on the datapath thread and must hand over at once.
     *
     * @return false if the queue is full: ask again later
     */
    boolean ask(Request request, Consumer<Reply> to);

    /** All events go to {@code to}, on the datapath thread; it must hand over at once. */
    void listen(Consumer<Event> to);

    /** What it can do, for features replies and table features. */
    Profile profile();

    /** The ports as they are. */
    List<Event.PortDescription> ports();
}
