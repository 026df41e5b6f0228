package io.natator.bgp.transport;

import io.natator.bgp.Counters;
import io.natator.bgp.ribout.Rib;
import io.natator.model.southbound.NeighborEvent;
import io.netty.channel.EventLoop;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** What all sessions of a speaker have in common. */
final class Shared {
    private final EventLoop loop;
    private final Counters counters;
    private final Consumer<NeighborEvent> events;
    private final SplittableRandom random;
    private final Rib rib = new Rib();
    private final Observers observers;
    private long generation;

    /** @param events must not throw */
    Shared(EventLoop loop, Counters counters, Consumer<NeighborEvent> events, SplittableRandom random) {
        this.loop = loop;
        this.counters = counters;
        this.events = events;
        this.random = random;
        this.observers = new Observers(counters);
    }

    EventLoop loop() {
        return loop;
    }

    Counters counters() {
        return counters;
    }

    void tell(NeighborEvent event) {
        events.accept(event);
    }

    SplittableRandom random() {
        return random;
    }

    Rib rib() {
        return rib;
    }

    Observers observers() {
        return observers;
    }

    /** Of the announcements that {@link #rib} holds. */
    long generation() {
        return generation;
    }

    void generation(long now) {
        generation = now;
    }
}
