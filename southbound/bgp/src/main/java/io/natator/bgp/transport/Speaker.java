package io.natator.bgp.transport;

import io.natator.bgp.Counter;
import io.natator.bgp.Counters;
import io.natator.bgp.SessionObserver;
import io.natator.bgp.SpeakerConfig;
import io.natator.bgp.codec.ErrorCode;
import io.natator.bgp.codec.Notification;
import io.natator.bgp.fsm.Event;
import io.natator.bgp.fsm.Settings;
import io.natator.bgp.ribout.Rib;
import io.natator.model.intent.Neighbor;
import io.natator.model.intent.PeerGroup;
import io.natator.model.southbound.NeighborEvent;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.onlab.packet.IpAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All sessions, and the event loop that owns them. All but the constructor and what says so is called on that. */
public final class Speaker {
    private static final Logger LOG = LoggerFactory.getLogger(Speaker.class);
    private static final long CLOSE_SECONDS = 3;

    private final SpeakerConfig config;
    private final EventLoopGroup group;
    private final EventLoop loop;
    private final Counters counters = new Counters();
    private final Shared shared;
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    /** Neighbours whose BFD session is up. */
    private final Set<String> pathsUp = new HashSet<>();

    private final Reception reception;
    private final Listeners listeners;

    private Speaker(SpeakerConfig config, EventLoopGroup group, Consumer<NeighborEvent> events) {
        this.config = config;
        this.group = group;
        this.loop = group.next();
        this.shared = new Shared(loop, counters, event -> emit(events, event), new SplittableRandom(config.seed()));
        this.reception = new Reception(sessions, shared, this::open);
        this.listeners = new Listeners(loop, reception::accepted);
    }

    /**
     * May be called on any thread.
     *
     * @throws IOException if the listening address cannot be had
     */
    public static Speaker start(SpeakerConfig config, Consumer<NeighborEvent> events) throws IOException {
        Speaker speaker = new Speaker(config, Tcp.loop(), events);
        if (config.listen().isPresent()) {
            try {
                speaker.listeners.start(config.listen().get());
            } catch (IOException taken) {
                speaker.group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
                throw taken;
            }
        }
        return speaker;
    }

    /** Runs {@code task} on the event loop; ignored once that has ended. On any thread. */
    public void execute(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException closed) {
            LOG.debug("closed: {}", closed.getMessage());
        }
    }

    /** On any thread. */
    public Counters counters() {
        return counters;
    }

    /** On any thread. */
    public OptionalInt port() {
        return listeners.port();
    }

    // ---- neighbours ----

    /** The complete set of neighbours. */
    public void neighbors(Collection<Neighbor> complete) {
        Map<String, Neighbor> wanted = new LinkedHashMap<>();
        complete.forEach(neighbor -> wanted.put(neighbor.id(), neighbor));
        for (Session session : List.copyOf(sessions.values())) {
            Neighbor now = wanted.get(session.neighbor().id());
            if (now == null && !reception.isDynamic(session.neighbor())) {
                remove(session, leave(session.neighbor()), false, "removed from the configuration");
            } else if (now != null && !now.equals(session.neighbor())) {
                change(session, now);
            }
        }
        reception.configured(complete);
        listen();
        pathsUp.retainAll(wanted.keySet());
        wanted.values().stream()
                .filter(neighbor -> !sessions.containsKey(neighbor.id()))
                .forEach(this::open);
    }

    /** The complete set of groups whose neighbours may call without being configured one by one. */
    public void groups(Collection<PeerGroup> groups) {
        reception.groups(groups).forEach(session -> {
            remove(session, leave(session.neighbor()), false, "its group was changed or removed");
            shared.tell(new NeighborEvent.Vanished(session.neighbor().id()));
        });
        listen();
    }

    /** Lets {@code present} know of all neighbours that are there because they called, whenever that changes. */
    public void onCallers(Consumer<List<Neighbor>> present) {
        reception.onCallers(present);
    }

    private void listen() {
        listeners.serve(reception.callers(), reception.groups());
    }

    /** What a neighbour is told when it is no longer one: its text if it has one (RFC 9003). */
    private static Notification leave(Neighbor neighbor) {
        String text = neighbor.peering().shutdownText();
        return text.isEmpty()
                ? Notification.of(ErrorCode.PEER_DECONFIGURED)
                : Notification.shutdown(ErrorCode.ADMINISTRATIVE_SHUTDOWN, text);
    }

    private void change(Session session, Neighbor now) {
        if (now.peering().enabled()) {
            // The session comes back, so the neighbour may keep our routes until then.
            remove(session, Notification.of(ErrorCode.CONFIGURATION_CHANGE), true, "its configuration changed");
        } else {
            remove(session, shutdown(now), false, "shut down");
        }
    }

    private static Notification shutdown(Neighbor neighbor) {
        return Notification.shutdown(
                ErrorCode.ADMINISTRATIVE_SHUTDOWN, neighbor.peering().shutdownText());
    }

    private void remove(Session session, Notification cease, boolean keep, String why) {
        session.stop(cease, keep, why);
        sessions.remove(session.neighbor().id());
    }

    private Session open(Neighbor neighbor) {
        IpAddress routerId = neighbor.peering().routerId().orElse(config.routerId());
        int identifier = ByteBuffer.wrap(routerId.toOctets()).getInt();
        Settings settings = new Settings(neighbor.peering(), identifier, config.timers());
        Session session = new Session(neighbor, settings, shared, reception::quiet);
        sessions.put(neighbor.id(), session);
        if (neighbor.peering().enabled()) {
            hold(session);
            session.on(new Event.Tick());
        } else {
            session.disable("shut down");
        }
        return session;
    }

    // ---- announcements ----

    /** Changes what is announced, and tells everyone. */
    public void announce(long generation, Consumer<Rib> change) {
        change.accept(shared.rib());
        shared.generation(generation);
        sessions.values().forEach(Session::routesChanged);
    }

    // ---- others ----

    public void observe(SessionObserver observer) {
        shared.observers().add(observer);
        sessions.values().forEach(session -> session.showTo(observer));
    }

    public void unobserve(SessionObserver observer) {
        shared.observers().remove(observer);
    }

    /** What BFD found. */
    public void path(
            String neighbor, NeighborEvent.BfdState state, String reason, boolean failed, boolean independent) {
        Session session = sessions.get(neighbor);
        if (session == null) {
            return;
        }
        if (state == NeighborEvent.BfdState.UP) {
            pathsUp.add(neighbor);
        } else {
            pathsUp.remove(neighbor);
        }
        shared.tell(new NeighborEvent.BfdChanged(neighbor, state, reason));
        hold(session);
        if (failed) {
            session.on(new Event.Dead(independent, "BFD: " + reason));
        }
    }

    /** One who has called is there for as long as it is connected: there is nothing to wait for before. */
    private void hold(Session session) {
        if (session.neighbor().peering().bfd().strict() && !reception.isDynamic(session.neighbor())) {
            session.on(new Event.Hold(!pathsUp.contains(session.neighbor().id())));
        }
    }

    /** Ignored if there is no neighbour of that name. */
    public void on(String neighbor, Event event) {
        Session session = sessions.get(neighbor);
        if (session != null) {
            session.on(event);
        }
    }

    private void emit(Consumer<NeighborEvent> sink, NeighborEvent event) {
        try {
            sink.accept(event);
        } catch (RuntimeException broken) {
            counters.add(Counter.EVENTS_LOST);
            LOG.error("neighbor {}: nobody took {}", event.neighbor(), event, broken);
        }
    }

    /** Closes everything without a NOTIFICATION and waits for the event loop to end. On any other thread. */
    public void close() {
        execute(() -> {
            listeners.close();
            sessions.values().forEach(Session::abandon);
            sessions.clear();
        });
        group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
