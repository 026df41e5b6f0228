package io.natator.bgp.transport;

import io.natator.model.intent.Neighbor;
import io.natator.model.peering.Transport;
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
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.onlab.packet.IpPrefix;

/** TCP by epoll where it can be loaded, which alone has the options of {@link SocketOptions}; else by NIO. */
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

    /** Why a session with such a transport cannot be, in words. */
    static Optional<String> problem(Transport transport) {
        boolean plain = transport.password().isEmpty()
                && transport.ttlSecurityHops().isEmpty()
                && transport.multihopTtl().isEmpty()
                && transport.bindDevice().isEmpty();
        return EPOLL || plain
                ? Optional.empty()
                : Optional.of("TCP MD5, TTLs and devices need netty's epoll library, which did not load");
    }

    static ChannelFuture connect(EventLoop loop, Neighbor neighbor, ChannelHandler handler) {
        Transport transport = neighbor.peering().transport();
        InetSocketAddress remote = new InetSocketAddress(neighbor.address().toInetAddress(), neighbor.port());
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(EPOLL ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                // The machine has its own timer for this.
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .handler(handler);
        return transport
                .localAddress()
                .map(address -> bootstrap.connect(remote, new InetSocketAddress(address.toInetAddress(), 0)))
                .orElseGet(() -> bootstrap.connect(remote));
    }

    /**
     * Sets what the neighbour's configuration says on a socket that is yet to connect.
     *
     * @throws io.netty.channel.ChannelException if the kernel refuses
     */
    static void prepare(Channel channel, Neighbor neighbor) {
        if (EPOLL) {
            Transport transport = neighbor.peering().transport();
            InetAddress remote = neighbor.address().toInetAddress();
            SocketOptions.of(transport, remote).forEach(one -> one.set(channel));
            sign(channel, transport, remote);
        }
    }

    private static void sign(Channel channel, Transport transport, InetAddress remote) {
        transport
                .password()
                .ifPresent(text -> channel.config()
                        .setOption(
                                EpollChannelOption.TCP_MD5SIG, Map.of(remote, text.getBytes(StandardCharsets.UTF_8))));
    }

    /** @param device that connections must come in by; any if empty */
    static ChannelFuture listen(
            EventLoop loop, InetSocketAddress address, Optional<String> device, ChannelInitializer<Channel> accepted) {
        return new ServerBootstrap()
                .group(loop, loop)
                .channel(EPOLL ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .handler(new ListeningInitializer(device))
                .childHandler(accepted)
                .bind(address);
    }

    /**
     * Sets what a socket needs that is yet to listen.
     *
     * @throws io.netty.channel.ChannelException if the kernel refuses
     */
    static void prepare(Channel channel, Optional<String> device) {
        if (EPOLL) {
            // A neighbour that checks the TTL drops our SYN-ACK without this (RFC 5082).
            SocketOptions.allHops(SocketOptions.MOST_HOPS).forEach(one -> one.set(channel));
            device.ifPresent(name -> SocketOptions.device(name).set(channel));
        }
    }

    /** Makes an accepted connection what the neighbour's configuration says. */
    static void configure(Channel accepted, Transport transport, InetAddress remote) {
        if (EPOLL) {
            if (transport.ttlSecurityHops().isEmpty() && transport.multihopTtl().isEmpty()) {
                SocketOptions.hops(remote, SocketOptions.KERNELS_CHOICE).set(accepted);
            }
            SocketOptions.of(transport, remote).forEach(one -> one.set(accepted));
            // It has the listening socket's key, unless it came before that had one.
            sign(accepted, transport, remote);
        }
    }

    /** Sets the keys of all neighbours that have one; the kernel then drops their unsigned segments. */
    static void keys(Channel listening, Map<InetAddress, byte[]> keys) {
        if (EPOLL) {
            listening.config().setOption(EpollChannelOption.TCP_MD5SIG, keys);
        }
    }

    /** Sets the key of all addresses of a prefix; those that have one of their own use that. */
    static void key(Channel listening, IpPrefix prefix, byte[] key) {
        if (EPOLL) {
            SocketOptions.key(prefix, key).set(listening);
        }
    }

    /** Takes back what {@link #key} set: segments from there need no digest any more. */
    static void forgetKey(Channel listening, IpPrefix prefix) {
        key(listening, prefix, new byte[0]);
    }
}
