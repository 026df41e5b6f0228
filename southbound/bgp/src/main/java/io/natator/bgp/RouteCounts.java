package io.natator.bgp;

import io.natator.model.southbound.NeighborEvent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Remembers the latest numbers of routes on their way to the controller; written by the event loop, read by anyone. */
final class RouteCounts implements Consumer<NeighborEvent> {
    private final Consumer<NeighborEvent> events;
    private final Map<String, long[]> byNeighbor = new ConcurrentHashMap<>();

    RouteCounts(Consumer<NeighborEvent> events) {
        this.events = events;
    }

    @Override
    public void accept(NeighborEvent event) {
        if (event instanceof NeighborEvent.Routes routes) {
            byNeighbor.put(routes.neighbor(), new long[] {routes.received(), routes.sent()});
        }
        events.accept(event);
    }

    /** Heard, told. */
    Map<String, long[]> byNeighbor() {
        return Map.copyOf(byNeighbor);
    }
}
