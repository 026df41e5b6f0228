package io.natator.bgp;

import io.natator.bgp.bfd.BfdSessions;
import io.natator.bgp.bfd.Target;
import io.natator.bgp.bfd.codec.BfdState;
import io.natator.bgp.transport.Speaker;
import io.natator.model.intent.Neighbor;
import io.natator.model.southbound.NeighborEvent;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** BFD for those neighbours that want it; there is no thread before one does. */
final class Paths implements AutoCloseable {
    private final Speaker speaker;
    private final long seed;
    private Optional<BfdSessions> sessions = Optional.empty();
    private List<Neighbor> configured = List.of();
    private List<Neighbor> called = List.of();
    private boolean closed;

    Paths(Speaker speaker, long seed) {
        this.speaker = speaker;
        this.seed = seed;
    }

    /** The complete set of neighbours that are configured. */
    synchronized void watch(List<Neighbor> neighbors) {
        configured = neighbors;
        update();
    }

    /** The complete set of those who called. */
    synchronized void called(List<Neighbor> neighbors) {
        called = neighbors;
        update();
    }

    private void update() {
        if (closed) {
            return;
        }
        List<Target> targets = Stream.concat(configured.stream(), called.stream())
                .flatMap(n -> Target.of(n).stream())
                .toList();
        if (sessions.isEmpty() && !targets.isEmpty()) {
            try {
                sessions = Optional.of(BfdSessions.start(speaker.counters(), this::changed, seed));
            } catch (IOException e) {
                targets.forEach(target ->
                        changed(target.id(), BfdState.DOWN, "BFD does not start: " + e.getMessage(), false, false));
            }
        }
        sessions.ifPresent(running -> running.sessions(targets));
    }

    private void changed(String neighbor, BfdState state, String reason, boolean failed, boolean independent) {
        NeighborEvent.BfdState seen = NeighborEvent.BfdState.valueOf(state.name());
        speaker.execute(() -> speaker.path(neighbor, seen, reason, failed, independent));
    }

    @Override
    public synchronized void close() {
        closed = true;
        sessions.ifPresent(BfdSessions::close);
        sessions = Optional.empty();
    }
}
