package io.natator.bgp;

import io.natator.bgp.bmp.BmpConfig;
import io.natator.bgp.bmp.BmpExporter;
import io.natator.bgp.fsm.Event;
import io.natator.bgp.rpki.Cache;
import io.natator.bgp.rpki.RtrCaches;
import io.natator.bgp.transport.Speaker;
import io.natator.model.compile.Announcement;
import io.natator.model.intent.Neighbor;
import io.natator.model.intent.PeerGroup;
import io.natator.model.southbound.NeighborEvent;
import io.natator.model.southbound.Speakers;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The BGP speaker: all neighbours, one event loop. Only what {@link #announce} and {@link #change} say is ever told to
 * anyone.
 *
 * <p>Neighbours keep our routes while this process is away (RFC 4724), and forget those that it no longer announces at
 * End-of-RIB, which follows the routes of the <em>first</em> {@link #announce}. So the first call must wait until what
 * was translated before the restart is proved again; until then neighbours are told nothing.
 *
 * <pre>
 *   core loop ── neighbors(), announce(), change() ──▶ event loop: fsm, rib-out, sockets
 *             ◀────── Consumer of NeighborEvent ──────
 * </pre>
 */
public final class BgpSpeakers implements Speakers, AutoCloseable {
    private final Speaker speaker;
    private final Mailbox mailbox;
    private final Paths paths;
    private final RouteCounts routes;

    private BgpSpeakers(Speaker speaker, RouteCounts routes, long seed) {
        this.speaker = speaker;
        this.mailbox = new Mailbox(speaker);
        this.routes = routes;
        this.paths = new Paths(speaker, seed);
        speaker.execute(() -> speaker.onCallers(paths::called));
    }

    /**
     * Starts the event loop and listens, if that is configured.
     *
     * @param events called on the event loop, in order for each neighbour; must not block
     * @throws IOException if the listening address cannot be had; says which and why
     */
    public static BgpSpeakers start(SpeakerConfig config, Consumer<NeighborEvent> events) throws IOException {
        RouteCounts routes = new RouteCounts(events);
        return new BgpSpeakers(Speaker.start(config, routes), routes, config.seed());
    }

    @Override
    public void neighbors(Collection<Neighbor> neighbors) {
        List<Neighbor> complete = List.copyOf(neighbors);
        speaker.execute(() -> speaker.neighbors(complete));
        paths.watch(complete);
    }

    @Override
    public void groups(Collection<PeerGroup> groups) {
        List<PeerGroup> complete = List.copyOf(groups);
        speaker.execute(() -> speaker.groups(complete));
    }

    @Override
    public void announce(long generation, List<Announcement> announcements) {
        mailbox.replace(generation, List.copyOf(announcements));
    }

    @Override
    public void change(long generation, Collection<Announcement> added, Collection<Announcement> removed) {
        mailbox.change(generation, List.copyOf(added), List.copyOf(removed));
    }

    /** The complete set, for one who does not ask who has been handed what. */
    public void announce(List<Announcement> announcements) {
        mailbox.replace(0, List.copyOf(announcements));
    }

    /** Lets {@code observer} see all sessions, from those that are up now. */
    public void observe(SessionObserver observer) {
        speaker.execute(() -> speaker.observe(observer));
    }

    /** Shows an observer nothing more. */
    public void unobserve(SessionObserver observer) {
        speaker.execute(() -> speaker.unobserve(observer));
    }

    /** VRPs of RPKI-to-Router caches, the preferred one first; it counts where this speaker does. */
    public RtrCaches roas(List<Cache> caches) {
        return new RtrCaches(caches, speaker.counters());
    }

    /** Tells a BMP collector what sessions do, until it is closed. */
    public BmpExporter export(BmpConfig config) {
        BmpExporter.Sessions sessions = new BmpExporter.Sessions() {
            @Override
            public void observe(SessionObserver observer) {
                BgpSpeakers.this.observe(observer);
            }

            @Override
            public void unobserve(SessionObserver observer) {
                BgpSpeakers.this.unobserve(observer);
            }
        };
        return new BmpExporter(config, sessions, routes::byNeighbor, speaker.counters()).start();
    }

    /**
     * The path to a neighbour is dead (RFC 5882): its session ends at once, and is tried again after a pause.
     *
     * @param neighbor id; ignored if there is none of that name
     * @param forwarding what forwards packets there is known to be dead, as when BFD runs apart from the neighbour's
     *     control plane (the C bit of RFC 5880): it is told to forget our routes. Else it may only be restarting, and
     *     keeps them if it is a graceful-restart helper
     * @param reason in words, for people
     */
    public void dead(String neighbor, boolean forwarding, String reason) {
        speaker.execute(() -> speaker.on(neighbor, new Event.Dead(forwarding, reason)));
    }

    /** Counts of what was dropped and refused, and of what went right, by name. */
    public Map<String, Long> counters() {
        return speaker.counters().snapshot();
    }

    /** The TCP port that neighbours may connect to, if it listens. */
    public OptionalInt port() {
        return speaker.port();
    }

    /**
     * Closes all connections without a NOTIFICATION: neighbours keep our routes for the restart time. To have them
     * forgotten, call {@link #neighbors} with an empty set before.
     */
    @Override
    public void close() {
        paths.close();
        speaker.close();
    }
}
