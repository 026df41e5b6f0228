package io.natator.softswitch.agent;

import io.natator.softswitch.config.Endpoint;
import io.natator.softswitch.config.TlsFiles;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.function.Supplier;

/** Sockets to and for controllers. */
final class Channels {
    /** So much may be queued for a controller before it loses packets and is asked no more. */
    private static final int HIGH_WATER = 1 << 20;

    private static final int CONNECT_MILLIS = 5_000;

    private final EventLoopGroup loop;
    private final Optional<SslContext> tls;

    /** @throws IOException if the files for TLS cannot be used */
    Channels(EventLoopGroup loop, Optional<TlsFiles> files) throws IOException {
        this.loop = loop;
        this.tls = files.isPresent() ? Optional.of(context(files.get())) : Optional.empty();
    }

    private static SslContext context(TlsFiles files) throws IOException {
        try {
            return SslContextBuilder.forClient()
                    .keyManager(files.certificate().toFile(), files.key().toFile())
                    .trustManager(files.authority().toFile())
                    .build();
        } catch (IllegalArgumentException e) {
            throw new IOException("key or certificates cannot be used: " + e.getMessage(), e);
        }
    }

    /** Begins to connect. */
    ChannelFuture connect(Endpoint to, Supplier<OpenFlowHandler> handlers) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(HIGH_WATER / 2, HIGH_WATER));
        return switch (to) {
            case Endpoint.Unix(String path) ->
                bootstrap
                        .channel(EpollDomainSocketChannel.class)
                        .handler(new Initializer(handlers, Optional.empty()))
                        .connect(new DomainSocketAddress(path));
            case Endpoint.Inet inet ->
                bootstrap
                        .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .handler(new Initializer(handlers, inet.tls() ? Optional.of(inet) : Optional.empty()))
                        .connect(inet.host(), inet.port());
        };
    }

    /** Listens; {@code ssl:} is for connecting only. */
    Channel listen(Endpoint at, Supplier<OpenFlowHandler> handlers) throws IOException {
        SocketAddress address = switch (at) {
            case Endpoint.Unix(String path) -> new DomainSocketAddress(path);
            case Endpoint.Inet inet -> new InetSocketAddress(inet.host(), inet.port());
        };
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(HIGH_WATER / 2, HIGH_WATER))
                .childHandler(new Initializer(handlers, Optional.empty()));
        if (at instanceof Endpoint.Unix) {
            bootstrap.channel(EpollServerDomainSocketChannel.class);
        } else {
            bootstrap
                    .channel(Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.TCP_NODELAY, true);
        }
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + at + ": " + bound.cause().getMessage(), bound.cause());
        }
        return bound.channel();
    }

    private final class Initializer extends ChannelInitializer<Channel> {
        private final Supplier<OpenFlowHandler> handlers;
        private final Optional<Endpoint.Inet> encryptedTo;

        Initializer(Supplier<OpenFlowHandler> handlers, Optional<Endpoint.Inet> encryptedTo) {
            this.handlers = handlers;
            this.encryptedTo = encryptedTo;
        }

        @Override
        protected void initChannel(Channel channel) {
            encryptedTo.ifPresent(to ->
                    channel.pipeline().addLast(tls.orElseThrow().newHandler(channel.alloc(), to.host(), to.port())));
            channel.pipeline().addLast(handlers.get());
        }
    }
}
