package io.natator.openflow.transport;

import io.natator.openflow.Count;
import io.natator.openflow.Counts;
import io.natator.openflow.OpenFlowConfig;
import io.natator.openflow.session.Link;
import io.natator.openflow.session.SwitchSession;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Listens for switches. One event loop, see the package. */
public final class OpenFlowServer implements AutoCloseable {
    /** Bulk senders wait when this much is queued for one switch, until it is down to half of it. */
    private static final int HIGH_WATER = 1 << 20;

    private static final int TICK_MILLIS = 100;

    private final OpenFlowConfig config;
    private final Counts counts;
    private final Function<Link, SwitchSession> sessions;
    private final MultiThreadIoEventLoopGroup loop;
    private final Set<OpenFlowHandler> handlers = new LinkedHashSet<>();
    private Channel listener;

    /** @param sessions makes the session of a new connection; called on the loop */
    public OpenFlowServer(OpenFlowConfig config, Counts counts, Function<Link, SwitchSession> sessions) {
        this.config = config;
        this.counts = counts;
        this.sessions = sessions;
        IoHandlerFactory io = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        this.loop = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("openflow"), io);
    }

    /** Starts to listen; returns the address in use. */
    public InetSocketAddress start() throws IOException {
        Class<? extends ServerChannel> type =
                Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        var bound = new ServerBootstrap()
                .group(loop)
                .channel(type)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(HIGH_WATER / 2, HIGH_WATER))
                .childHandler(new Accept())
                .bind(config.listen())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + config.listen() + ": " + bound.cause().getMessage(), bound.cause());
        }
        listener = bound.channel();
        loop.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        return (InetSocketAddress) listener.localAddress();
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

    /** Ends all connections; rules stay where they are. */
    @Override
    public void close() {
        if (listener != null) {
            listener.close().awaitUninterruptibly();
        }
        loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private final class Accept extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            if (handlers.size() >= config.maxConnections()) {
                counts.add(Count.CONNECTIONS_TURNED_AWAY_LIMIT);
                channel.close();
                return;
            }
            OpenFlowHandler handler = new OpenFlowHandler(sessions::apply, counts);
            channel.pipeline().addLast(handler);
            channel.closeFuture().addListener(_ -> handlers.remove(handler));
            handlers.add(handler);
        }
    }
}
