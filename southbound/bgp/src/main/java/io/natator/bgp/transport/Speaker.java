package io.natator.bgp.transport;

import io.natator.bgp.Counter;
import io.natator.bgp.Counters;
import io.natator.bgp.SessionObserver;
import io.natator.bgp.SpeakerConfig;
import io.natator.bgp.codec.ErrorCode;
import io.natator.bgp.codec.Family;
import io.natator.bgp.fsm.Event;
import io.natator.bgp.fsm.Peer;
import io.natator.bgp.fsm.Settings;
import io.natator.bgp.ribout.Routes;
import io.natator.model.compile.Announcement;
import io.natator.model.intent.Neighbor;
import io.natator.model.southbound.NeighborEvent;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.onlab.packet.IpAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All sessions, the listening socket, and the event loop that owns them. */
public final class Speaker {
    private static final Logger LOG = LoggerFactory.getLogger(Speaker.class);
    private static final long CLOSE_SECONDS = 3;
    private static final int MAX_STRANGERS = 256;

    private final SpeakerConfig config;
    private final EventLoopGroup group;
    private final EventLoop loop;
    private final Counters counters = new Counters();
    private final Consumer<NeighborEvent> events;
    private final SplittableRandom random;
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    /** Those that were logged: each once, so that no one can fill the log. */
    private final Set<InetAddress> strangers = new HashSet<>();

    /** Neighbours whose BFD session is up. */
    private final Set<String> pathsUp = new HashSet<>();

    private final Observers observers = new Observers(counters);

    private Optional<Channel> listening = Optional.empty();
    private Optional<List<Announcement>> announced = Optional.empty();

    private Speaker(SpeakerConfig config, EventLoopGroup group, Consumer<NeighborEvent> events) {
        this.config = config;
        this.group = group;
        this.loop = group.next();
        this.events = event -> emit(events, event);
        this.random = new SplittableRandom(config.seed());
    }

    /** @throws IOException if the listening address cannot be had */
    public static Speaker start(SpeakerConfig config, Consumer<NeighborEvent> events) throws IOException {
        Speaker speaker = new Speaker(config, Tcp.loop(), events);
        if (config.listen().isPresent()) {
            speaker.listen(config.listen().get());
        }
        return speaker;
    }

    private void listen(InetSocketAddress address) throws IOException {
        ChannelFuture bound = Tcp.listen(loop, address, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                accepted(channel);
            }
        });
        bound.awaitUninterruptibly();
        if (!bound.isSuccess()) {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new IOException(
                    "cannot listen for BGP on " + address.getHostString() + " port " + address.getPort()
                            + ": " + bound.cause().getMessage()
                            + " (another speaker has it, or a port below 1024 needs a privilege)",
                    bound.cause());
        }
        listening = Optional.of(bound.channel());
    }

    /** Runs {@code task} on the event loop; ignored once that has ended. */
    public void execute(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException closed) {
            LOG.debug("closed: {}", closed.getMessage());
        }
    }

    public Counters counters() {
        return counters;
    }

    public OptionalInt port() {
        return listening
                .map(channel -> OptionalInt.of(((InetSocketAddress) channel.localAddress()).getPort()))
                .orElse(OptionalInt.empty());
    }

    /** The complete set of neighbours. On the event loop. */
    public void neighbors(List<Neighbor> complete) {
        Map<String, Neighbor> wanted = new LinkedHashMap<>();
        complete.forEach(neighbor -> wanted.put(neighbor.id(), neighbor));
        for (Session session : List.copyOf(sessions.values())) {
            Neighbor now = wanted.get(session.neighbor().id());
            if (now == null) {
                session.stop(ErrorCode.PEER_DECONFIGURED, "removed from the configuration");
                sessions.remove(session.neighbor().id());
            } else if (!now.equals(session.neighbor())) {
                session.stop(ErrorCode.CONFIGURATION_CHANGE, "its configuration changed");
                sessions.remove(now.id());
            }
        }
        keys(wanted);
        pathsUp.retainAll(wanted.keySet());
        wanted.values().stream()
                .filter(neighbor -> !sessions.containsKey(neighbor.id()))
                .forEach(this::add);
    }

    private void add(Neighbor neighbor) {
        Peer peer = new Peer(settings(neighbor), random.split(), System.nanoTime());
        Session session = new Session(neighbor, peer, loop, counters, events, observers);
        sessions.put(neighbor.id(), session);
        announced.ifPresent(all -> session.want(Routes.of(all, neighbor.id())));
        hold(session);
        session.on(new Event.Tick());
    }

    private Settings settings(Neighbor neighbor) {
        IpAddress routerId = neighbor.peering().routerId().orElse(config.routerId());
        return new Settings(
                neighbor.peering().localAs(),
                neighbor.peering().peerAs(),
                ByteBuffer.wrap(routerId.toOctets()).getInt(),
                (int) neighbor.peering().holdTime().toSeconds(),
                List.of(Family.values()),
                (int) config.restartTime().toSeconds(),
                neighbor.peering().transport().password().isPresent(),
                config.timers());
    }

    private void keys(Map<String, Neighbor> neighbors) {
        Map<InetAddress, byte[]> keys = new HashMap<>();
        for (Neighbor neighbor : neighbors.values()) {
            neighbor.peering()
                    .transport()
                    .password()
                    .ifPresent(text ->
                            keys.put(neighbor.address().toInetAddress(), text.getBytes(StandardCharsets.UTF_8)));
        }
        listening.ifPresent(channel -> Tcp.keys(channel, keys));
    }

    /** The complete set of announcements. On the event loop. */
    public void announce(List<Announcement> complete) {
        announced = Optional.of(complete);
        boolean allTheSame = complete.stream()
                .allMatch(announcement -> announcement.neighbors().isEmpty());
        Optional<Routes> common = allTheSame ? Optional.of(Routes.of(complete, "")) : Optional.empty();
        for (Session session : sessions.values()) {
            session.want(common.orElseGet(
                    () -> Routes.of(complete, session.neighbor().id())));
        }
    }

    /** On the event loop. */
    public void observe(SessionObserver observer) {
        observers.add(observer);
        sessions.values().forEach(session -> session.showTo(observer));
    }

    /** On the event loop. */
    public void unobserve(SessionObserver observer) {
        observers.remove(observer);
    }

    /** See {@link io.natator.bgp.BgpSpeakers#dead}. On the event loop. */
    public void dead(String neighbor, boolean forwarding, String reason) {
        Session session = sessions.get(neighbor);
        if (session != null) {
            session.on(new Event.Dead(forwarding, reason));
        }
    }

    /** What BFD found. On the event loop. */
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
        events.accept(new NeighborEvent.BfdChanged(neighbor, state, reason));
        hold(session);
        if (failed) {
            session.on(new Event.Dead(independent, "BFD: " + reason));
        }
    }

    private void hold(Session session) {
        if (session.neighbor().peering().bfd().strict()) {
            session.on(new Event.Hold(!pathsUp.contains(session.neighbor().id())));
        }
    }

    private void accepted(Channel channel) {
        InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
        Optional<Session> session = owner(remote, (InetSocketAddress) channel.localAddress());
        if (session.isEmpty()) {
            counters.add(Counter.CONNECTIONS_FROM_STRANGERS);
            if (strangers.size() < MAX_STRANGERS && strangers.add(remote.getAddress())) {
                LOG.warn(
                        "refused a connection from {}, which is no neighbour",
                        remote.getAddress().getHostAddress());
            }
            channel.close();
            return;
        }
        if (session.get().neighbor().peering().transport().password().isPresent() && !Tcp.hasMd5()) {
            counters.add(Counter.CONNECTIONS_REFUSED);
            channel.close();
            return;
        }
        channel.pipeline().addLast(session.get().accept(channel));
    }

    /** The neighbour of that address; of several, the one whose configured local address is {@code local}. */
    private Optional<Session> owner(InetSocketAddress remote, InetSocketAddress local) {
        List<Session> candidates = sessions.values().stream()
                .filter(session -> session.neighbor().address().toInetAddress().equals(remote.getAddress()))
                .toList();
        return candidates.stream()
                .filter(session -> session.neighbor()
                        .peering()
                        .transport()
                        .localAddress()
                        .map(IpAddress::toInetAddress)
                        .equals(Optional.of(local.getAddress())))
                .findFirst()
                .or(() -> candidates.stream().findFirst());
    }

    private void emit(Consumer<NeighborEvent> sink, NeighborEvent event) {
        try {
            sink.accept(event);
        } catch (RuntimeException broken) {
            counters.add(Counter.EVENTS_LOST);
            LOG.error("neighbor {}: nobody took {}", event.neighbor(), event, broken);
        }
    }

    /** Closes everything without a NOTIFICATION and waits for the event loop to end. */
    public void close() {
        execute(() -> {
            listening.ifPresent(Channel::close);
            sessions.values().forEach(Session::abandon);
            sessions.clear();
        });
        group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
