package io.natator.bgp.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/** TCP by epoll where it can be loaded, which alone has MD5 signatures (RFC 2385); else by NIO. */
final class Tcp {
    private static final boolean EPOLL = Epoll.isAvailable();
    /** Bounds what waits in memory for a neighbour that reads slowly. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 << 10, 256 << 10);

    private static final int BACKLOG = 64;

    private Tcp() {}

    static EventLoopGroup loop() {
        return new MultiThreadIoEventLoopGroup(
                1,
                new DefaultThreadFactory("bgp", true),
                EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    static boolean hasMd5() {
        return EPOLL;
    }

    /** @param key of TCP MD5, for this neighbour alone */
    static ChannelFuture connect(
            EventLoop loop,
            InetSocketAddress remote,
            Optional<InetAddress> local,
            Optional<byte[]> key,
            ChannelHandler handler) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(EPOLL ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                // The machine has its own timer for this.
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .handler(handler);
        key.ifPresent(octets -> bootstrap.option(EpollChannelOption.TCP_MD5SIG, Map.of(remote.getAddress(), octets)));
        return local.map(address -> bootstrap.connect(remote, new InetSocketAddress(address, 0)))
                .orElseGet(() -> bootstrap.connect(remote));
    }

    static ChannelFuture listen(EventLoop loop, InetSocketAddress address, ChannelInitializer<Channel> accepted) {
        return new ServerBootstrap()
                .group(loop, loop)
                .channel(EPOLL ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(accepted)
                .bind(address);
    }

    /** Sets the keys of all neighbours that have one; the kernel then drops their unsigned segments. */
    static void keys(Channel listening, Map<InetAddress, byte[]> keys) {
        if (EPOLL) {
            listening.config().setOption(EpollChannelOption.TCP_MD5SIG, keys);
        }
    }
}
