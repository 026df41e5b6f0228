package io.natator.openflow.transport;

import io.natator.openflow.Counts;
import io.natator.openflow.OpenFlowConfig;
import io.natator.openflow.session.Link;
import io.natator.openflow.session.SwitchSession;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** All connections of switches, on one event loop; see the package. */
public final class OpenFlowServer implements AutoCloseable {
    /** Bulk senders wait when this much is queued for one switch, until it is down to half of it. */
    private static final int HIGH_WATER = 1 << 20;

    private static final int TICK_MILLIS = 100;

    private final OpenFlowConfig config;
    private final Counts counts;
    private final Function<Link, SwitchSession> sessions;
    private final Acceptor acceptor;
    private final MultiThreadIoEventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("openflow"), NioIoHandler.newFactory());
    private final Set<OpenFlowHandler> handlers = new LinkedHashSet<>();

    /** @param sessions makes the session of a new connection; called on the loop */
    public OpenFlowServer(OpenFlowConfig config, Counts counts, Function<Link, SwitchSession> sessions) {
        this.config = config;
        this.counts = counts;
        this.sessions = sessions;
        this.acceptor = new Acceptor(config.maxConnections(), counts, this::greeted);
    }

    /** Loads what the first connection needs, so that it is greeted as quickly as any other. */
    public static void load() {
        Acceptor.rehearse();
    }

    /** Starts to listen; returns the address in use. */
    public InetSocketAddress start() throws IOException {
        try {
            InetSocketAddress address = acceptor.start(config.listen());
            loop.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
            return address;
        } catch (IOException e) {
            throw new IOException("cannot listen on " + config.listen() + ": " + e.getMessage(), e);
        }
    }

    /** Runs {@code task} on the loop, after what was handed over before. */
    public void execute(Runnable task) {
        loop.execute(task);
    }

    private void tick() {
        long now = System.nanoTime();
        for (OpenFlowHandler handler : List.copyOf(handlers)) {
            if (handler.session() != null) {
                handler.session().tick(now);
            }
        }
    }

    /** Takes a connection over from the acceptor's thread. */
    private void greeted(SocketChannel connection) {
        NioSocketChannel channel = new NioSocketChannel(connection);
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(HIGH_WATER / 2, HIGH_WATER));
        OpenFlowHandler handler = new OpenFlowHandler(sessions::apply, counts);
        channel.pipeline().addLast(handler);
        loop.execute(() -> handlers.add(handler));
        loop.register(channel);
        channel.closeFuture().addListener(_ -> {
            handlers.remove(handler);
            acceptor.left();
        });
    }

    /** Ends all connections; rules stay where they are. */
    @Override
    public void close() {
        acceptor.close();
        loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
