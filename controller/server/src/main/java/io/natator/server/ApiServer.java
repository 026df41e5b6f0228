package io.natator.server;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.natator.server.api.AnnouncementsService;
import io.natator.server.api.DevicesService;
import io.natator.server.api.ErrorInterceptor;
import io.natator.server.api.NeighborsService;
import io.natator.server.api.PeerGroupsService;
import io.natator.server.api.PlansService;
import io.natator.server.api.SessionsService;
import io.natator.server.api.TranslationsService;
import io.natator.server.config.Config;
import io.natator.server.config.ConfigException;
import io.natator.server.config.Listen;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** The gRPC server, one listener an address. */
final class ApiServer implements AutoCloseable {
    private static final int MAX_MESSAGE = 16 << 20;
    private static final String UNIX = "unix:";

    private final Config config;
    private final ExecutorService threads;
    private final List<BindableService> services;
    private final HealthStatusManager health = new HealthStatusManager();
    private final List<Server> servers = new ArrayList<>();
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("natator-grpc", true), EpollIoHandler.newFactory());

    @Inject
    ApiServer(
            Config config,
            ExecutorService threads,
            TranslationsService translations,
            DevicesService devices,
            PeerGroupsService groups,
            NeighborsService neighbors,
            AnnouncementsService announcements,
            PlansService plans,
            SessionsService sessions) {
        this.config = config;
        this.threads = threads;
        services = List.of(
                translations,
                devices,
                groups,
                neighbors,
                announcements,
                plans,
                sessions,
                health.getHealthService(),
                ProtoReflectionServiceV1.newInstance());
    }

    /** @throws ConfigException if an address cannot be had */
    void start() {
        for (String address : config.grpc().listen()) {
            servers.add(listen(address));
        }
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.SERVING);
    }

    private Server listen(String address) {
        NettyServerBuilder builder = address.startsWith(UNIX)
                ? unix(Path.of(address.substring(UNIX.length())))
                : NettyServerBuilder.forAddress(Listen.parse("grpc.listen", address))
                        .channelType(EpollServerSocketChannel.class);
        services.forEach(builder::addService);
        try {
            return builder.bossEventLoopGroup(group)
                    .workerEventLoopGroup(group)
                    .executor(threads)
                    .maxInboundMessageSize(MAX_MESSAGE)
                    .intercept(new ErrorInterceptor())
                    .build()
                    .start();
        } catch (IOException e) {
            throw Startup.cannotListen("grpc.listen", address, e);
        }
    }

    /** A socket file that an earlier process left behind is in the way only if nobody answers at it. */
    private static NettyServerBuilder unix(Path path) {
        try {
            if (Files.exists(path) && !Startup.answers(path)) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw Startup.cannotListen("grpc.listen", UNIX + path, e);
        }
        return NettyServerBuilder.forAddress(new DomainSocketAddress(path.toFile()))
                .channelType(EpollServerDomainSocketChannel.class);
    }

    void await() {
        try {
            for (Server server : servers) {
                server.awaitTermination();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        health.enterTerminalState();
        servers.forEach(Server::shutdown);
        for (Server server : servers) {
            try {
                if (!server.awaitTermination(500, TimeUnit.MILLISECONDS)) {
                    server.shutdownNow(); // Watches never end by themselves.
                    server.awaitTermination(500, TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        group.shutdownGracefully(0, 100, TimeUnit.MILLISECONDS);
        for (String address : config.grpc().listen()) {
            if (address.startsWith(UNIX)) {
                removeQuietly(Path.of(address.substring(UNIX.length())));
            }
        }
    }

    private static void removeQuietly(Path socket) {
        try {
            Files.deleteIfExists(socket);
        } catch (IOException ignored) {
            // The next start removes it.
        }
    }
}
