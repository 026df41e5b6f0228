package io.natator.softswitch.agent;

import io.natator.softswitch.agent.codec.RequestDecoder;
import io.natator.softswitch.agent.codec.SwitchReplies.Description;
import io.natator.softswitch.config.Endpoint;
import io.natator.softswitch.config.FailMode;
import io.natator.softswitch.config.SwitchConfig;
import io.natator.softswitch.flow.Datapath;
import io.natator.softswitch.flow.Event;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The OpenFlow agent of a software switch: speaks with controllers and with the datapath, on a thread of its own.
 * Closing leaves the datapath as it is.
 */
public final class Agent implements AutoCloseable {
    private static final int TICK_MILLIS = 100;
    private static final int MOST_OPEN = 64;
    private static final int MOST_PACKETS = 4096;
    private static final int MOST_EVENTS = 1 << 18;

    private final SwitchConfig config;
    private final Datapath datapath;
    private final AgentCounts counts = new AgentCounts();
    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop loop;
    private final Channels channels;
    private final Handover handover;
    private final SwitchState state;
    private final RequestDecoder decoder;
    private final byte[] scratch = new byte[1 << 16];
    private final AtomicInteger packets = new AtomicInteger();
    private final AtomicInteger events = new AtomicInteger();

    // the agent's thread only
    private final List<Connector> connectors = new ArrayList<>();
    private final List<Channel> listeners = new ArrayList<>();
    private Standalone standalone;

    /**
     * A controller as it stands.
     *
     * @param role master, equal or slave; empty while not connected
     * @param failure why not, if that is known
     */
    public record Controller(String endpoint, boolean connected, String role, String failure) {}

    /** @throws IOException if the files for TLS cannot be used */
    public Agent(SwitchConfig config, Description description, Datapath datapath) throws IOException {
        this.config = config;
        this.datapath = datapath;
        IoHandlerFactory io = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("switch-agent", true), io);
        loop = group.next();
        channels = channels(group, config);
        handover = new Handover(loop);
        state = new SwitchState(config.datapathId(), description, datapath, counts, config.echo(), config.silence());
        decoder = new RequestDecoder(datapath.profile());
    }

    private static Channels channels(EventLoopGroup group, SwitchConfig config) throws IOException {
        try {
            return new Channels(group, config.tls());
        } catch (IOException e) {
            var _ = group.shutdownGracefully();
            throw e;
        }
    }

    /**
     * Connects and listens.
     *
     * @throws IOException if it cannot listen
     */
    public void start() throws IOException {
        datapath.listen(this::onEvent);
        for (Endpoint endpoint : config.listen()) {
            listeners.add(channels.listen(endpoint, this::accepted));
        }
        loop.execute(() -> {
            connectTo(config.controllers());
            if (config.failMode() == FailMode.STANDALONE) {
                long patience = connectors.isEmpty() ? 0 : state.silenceNanos();
                standalone = new Standalone(requests(() -> {}), patience, System.nanoTime());
            }
        });
        var _ = loop.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Connects to these controllers and to no others; connections that stand already are left alone. Any thread.
     *
     * @throws IllegalArgumentException if one needs TLS and the switch was not given what that needs
     */
    public void setControllers(List<Endpoint> controllers) {
        if (config.tls().isEmpty() && controllers.stream().anyMatch(Endpoint::encrypted)) {
            throw new IllegalArgumentException("ssl: needs --key, --certificate and --ca");
        }
        loop.execute(() -> connectTo(controllers));
    }

    private void connectTo(List<Endpoint> controllers) {
        connectors.stream()
                .filter(c -> !controllers.contains(c.controller()))
                .toList()
                .forEach(c -> {
                    connectors.remove(c);
                    c.close();
                });
        for (Endpoint controller : controllers) {
            if (connectors.stream().noneMatch(c -> c.controller().equals(controller))) {
                Connector connector = new Connector(controller, channels, loop, counts, this::connected);
                connectors.add(connector);
                connector.connect();
            }
        }
    }

    private OpenFlowHandler connected() {
        return new OpenFlowHandler(connection -> Optional.of(session(connection)), counts, scratch);
    }

    private OpenFlowHandler accepted() {
        return new OpenFlowHandler(this::admit, counts, scratch);
    }

    private Optional<Session> admit(Connection connection) {
        if (state.open().size() >= MOST_OPEN) {
            counts.add(AgentCount.CONNECTIONS_TURNED_AWAY_LIMIT);
            return Optional.empty();
        }
        return Optional.of(session(connection));
    }

    private Session session(Connection connection) {
        return new Session(connection, state, requests(connection::resume), decoder, System.nanoTime());
    }

    private Requests requests(Runnable room) {
        return new Requests(
                datapath,
                handover,
                counts,
                task -> {
                    var _ = loop.schedule(task, 1, TimeUnit.MILLISECONDS);
                },
                room);
    }

    private void tick() {
        long now = System.nanoTime();
        state.open().forEach(session -> session.tick(now));
        if (standalone != null) {
            standalone.tick(connectors.stream().anyMatch(Connector::isUp), now);
        }
    }

    /** On the datapath's thread. Packets may be lost here, when the agent is behind; what happened to rules and ports should not. */
    private void onEvent(Event event) {
        boolean packet = event instanceof Event.PacketIn;
        AtomicInteger waiting = packet ? packets : events;
        if (waiting.incrementAndGet() > (packet ? MOST_PACKETS : MOST_EVENTS)) {
            waiting.decrementAndGet();
            counts.add(packet ? AgentCount.PACKET_INS_DROPPED_BACKLOG : AgentCount.EVENTS_DROPPED_BACKLOG);
            return;
        }
        handover.give(() -> {
            waiting.decrementAndGet();
            state.roles().sessions().forEach(session -> session.tell(event));
        });
    }

    /** Counters by name; any thread. */
    public Map<String, Long> counters() {
        return counts.snapshot();
    }

    /** The controllers as they stand; any thread but the agent's own. */
    public List<Controller> controllers() {
        Callable<List<Controller>> ask = () -> connectors.stream()
                .map(c -> new Controller(
                        c.controller().toString(),
                        c.isUp(),
                        c.isUp() ? c.session().role().name().toLowerCase(Locale.ROOT) : "",
                        c.failure()))
                .toList();
        return loop.submit(ask).syncUninterruptibly().getNow();
    }

    @Override
    public void close() {
        loop.submit(() -> {
                    listeners.forEach(Channel::close);
                    connectors.forEach(Connector::close);
                })
                .syncUninterruptibly();
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
