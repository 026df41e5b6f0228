package io.natator.server;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.natator.server.config.Config;
import io.natator.v1.AnnouncementsGrpc;
import io.natator.v1.Device;
import io.natator.v1.DevicePort;
import io.natator.v1.DevicesGrpc;
import io.natator.v1.NeighborsGrpc;
import io.natator.v1.PeerGroupsGrpc;
import io.natator.v1.PlansGrpc;
import io.natator.v1.SessionsGrpc;
import io.natator.v1.Translation;
import io.natator.v1.TranslationsGrpc;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.file.Path;
import java.util.List;

/** The daemon on a fake network, and clients of its API. */
final class TestDaemon implements AutoCloseable {
    final FakeNetwork network;
    final Injector injector;
    final ManagedChannel channel;
    final TranslationsGrpc.TranslationsBlockingStub translations;
    final DevicesGrpc.DevicesBlockingStub devices;
    final NeighborsGrpc.NeighborsBlockingStub neighbors;
    final PeerGroupsGrpc.PeerGroupsBlockingStub groups;
    final AnnouncementsGrpc.AnnouncementsBlockingStub announcements;
    final PlansGrpc.PlansBlockingStub plans;
    final SessionsGrpc.SessionsBlockingStub sessions;
    private final Daemon daemon;
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

    /** Store and socket are in {@code dir}; a second daemon there finds what the first one stored. */
    TestDaemon(Path dir) {
        this(dir, new FakeNetwork());
    }

    TestDaemon(Path dir, FakeNetwork network) {
        this(dir, network, "");
    }

    /** @param metrics address to be scraped at, empty for none */
    TestDaemon(Path dir, FakeNetwork network, String metrics) {
        this.network = network;
        Path socket = dir.resolve("natator.sock");
        Config defaults = Config.defaults();
        Config config = new Config(
                new Config.Grpc(List.of("unix:" + socket)),
                defaults.openflow(),
                defaults.bgp(),
                new Config.StoreFile(dir.resolve("natator.db").toString()),
                new Config.Metrics(metrics),
                defaults.log(),
                defaults.softswitch());
        injector = Guice.createInjector(new DaemonModule(config), network);
        daemon = injector.getInstance(Daemon.class);
        daemon.start();
        channel = NettyChannelBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
                .usePlaintext()
                .eventLoopGroup(group)
                .channelType(EpollDomainSocketChannel.class)
                .build();
        translations = TranslationsGrpc.newBlockingStub(channel);
        devices = DevicesGrpc.newBlockingStub(channel);
        neighbors = NeighborsGrpc.newBlockingStub(channel);
        groups = PeerGroupsGrpc.newBlockingStub(channel);
        announcements = AnnouncementsGrpc.newBlockingStub(channel);
        plans = PlansGrpc.newBlockingStub(channel);
        sessions = SessionsGrpc.newBlockingStub(channel);
    }

    static Device device(String id, String datapathId) {
        return Device.newBuilder()
                .setName("devices/" + id)
                .setDatapathId(datapathId)
                .addPorts(DevicePort.newBuilder().setPort("inside").setSide(DevicePort.Side.INSIDE))
                .addPorts(DevicePort.newBuilder().setPort("outside").setSide(DevicePort.Side.OUTSIDE))
                .addNextHops("203.0.113.1")
                .build();
    }

    static Translation translation(String id, String inside, String outside, String device) {
        return Translation.newBuilder()
                .setName("translations/" + id)
                .setInside(inside)
                .setOutside(outside)
                .addDevices("devices/" + device)
                .build();
    }

    @Override
    public void close() {
        channel.shutdownNow();
        daemon.close();
        group.shutdownGracefully(0, 100, java.util.concurrent.TimeUnit.MILLISECONDS);
    }
}
