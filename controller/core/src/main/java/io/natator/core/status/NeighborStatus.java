package io.natator.core.status;

import io.natator.model.intent.Neighbor;
import io.natator.model.southbound.NeighborEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a BGP session stands.
 *
 * @param lastError why the last session ended or could not be made, or what it does not carry, in words
 * @param routes of the present session
 * @param sessions established since the daemon's start
 * @param families negotiated ({@code "ipv4-unicast"})
 * @param capabilities what else was negotiated, in words
 * @param bfd empty until something is known of it
 * @param heard what the neighbour announced, if that is to be shown
 */
public record NeighborStatus(
        String neighbor,
        NeighborEvent.State state,
        Instant since,
        Optional<Remark> lastError,
        NeighborEvent.Routes routes,
        long sessions,
        List<String> families,
        List<String> capabilities,
        Optional<Bfd> bfd,
        List<NeighborEvent.Heard.Route> heard) {
    /** What was noticed, in words, and when. */
    public record Remark(String text, Instant at) {}

    /** @param reason why it is not up; may be empty */
    public record Bfd(NeighborEvent.BfdState state, String reason, Instant since) {}

    public NeighborStatus {
        families = List.copyOf(families);
        capabilities = List.copyOf(capabilities);
        heard = List.copyOf(heard);
    }

    /** Of a neighbour of which nothing is known yet. */
    public static NeighborStatus idle(String neighbor, Instant now) {
        return new NeighborStatus(
                neighbor,
                NeighborEvent.State.IDLE,
                now,
                Optional.empty(),
                new NeighborEvent.Routes(neighbor, 0, 0, 0),
                0,
                List.of(),
                List.of(),
                Optional.empty(),
                List.of());
    }

    public boolean isUp() {
        return state == NeighborEvent.State.ESTABLISHED;
    }

    /** After the session moved, or told something. */
    public NeighborStatus after(NeighborEvent.StateChanged event, Instant now) {
        boolean up = event.state() == NeighborEvent.State.ESTABLISHED;
        boolean moved = event.state() != state;
        return new NeighborStatus(
                neighbor,
                event.state(),
                moved ? now : since,
                remark(event.reason(), now),
                up && !moved ? routes : new NeighborEvent.Routes(neighbor, 0, 0, 0),
                sessions + (up && moved ? 1 : 0),
                up ? event.families() : List.of(),
                up ? event.capabilities() : List.of(),
                bfd,
                up ? heard : List.of());
    }

    private Optional<Remark> remark(String reason, Instant now) {
        boolean same = lastError.map(Remark::text).filter(reason::equals).isPresent();
        return reason.isEmpty() || same ? lastError : Optional.of(new Remark(reason, now));
    }

    /** With other numbers of routes. */
    public NeighborStatus after(NeighborEvent.Routes event) {
        return new NeighborStatus(
                neighbor, state, since, lastError, event, sessions, families, capabilities, bfd, heard);
    }

    /** With other routes heard. */
    public NeighborStatus after(NeighborEvent.Heard event) {
        return new NeighborStatus(
                neighbor, state, since, lastError, routes, sessions, families, capabilities, bfd, event.routes());
    }

    /**
     * Why the neighbour probably filters what it is told, in words; empty if nothing suggests that, which does not mean that
     * it does not (docs/bgp.md).
     */
    public String doubt(Neighbor of) {
        boolean silent = routes.endOfRib() && routes.received() == 0;
        return isUp() && silent && routes.sent() > 0 && !of.peering().internal()
                ? "the neighbour has told no route itself; one without any policy takes none either (RFC 8212)"
                : "";
    }

    /** After BFD moved. */
    public NeighborStatus after(NeighborEvent.BfdChanged event, Instant now) {
        Instant from =
                bfd.filter(b -> b.state() == event.state()).map(Bfd::since).orElse(now);
        Bfd next = new Bfd(event.state(), event.reason(), from);
        return new NeighborStatus(
                neighbor, state, since, lastError, routes, sessions, families, capabilities, Optional.of(next), heard);
    }
}
