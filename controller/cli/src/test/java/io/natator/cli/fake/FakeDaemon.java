package io.natator.cli.fake;

import static org.awaitility.Awaitility.await;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.natator.v1.Announcement;
import io.natator.v1.Device;
import io.natator.v1.Neighbor;
import io.natator.v1.PeerGroup;
import io.natator.v1.PlanRequest;
import io.natator.v1.PlanResponse;
import io.natator.v1.PlansGrpc;
import io.natator.v1.Translation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A daemon in memory on a loopback port. What it makes of a resource, a test decides. */
public final class FakeDaemon implements AutoCloseable {
    private UnaryOperator<Translation> onTranslation = UnaryOperator.identity();
    private UnaryOperator<Device> onDevice = UnaryOperator.identity();
    private Function<PlanRequest, PlanResponse> onPlan = request -> PlanResponse.getDefaultInstance();

    private final Shelf<Translation> translations = new Shelf<>(translation -> onTranslation.apply(translation));
    private final Shelf<Device> devices = new Shelf<>(device -> onDevice.apply(device));
    private final Shelf<Neighbor> neighbors = new Shelf<>(UnaryOperator.identity());
    private final Shelf<PeerGroup> groups = new Shelf<>(UnaryOperator.identity());
    private final Shelf<Announcement> announcements = new Shelf<>(UnaryOperator.identity());
    private PlanRequest lastPlan = PlanRequest.getDefaultInstance();
    private final FakeSessions sessions = new FakeSessions();
    private Server server;

    public FakeDaemon() {
        server = start(0);
    }

    private Server start(int port) {
        try {
            return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .addService(new Services.Translations(translations))
                    .addService(new Services.Devices(devices))
                    .addService(new Services.Neighbors(neighbors))
                    .addService(new Services.PeerGroups(groups))
                    .addService(new Services.Announcements(announcements))
                    .addService(new Plans())
                    .addService(sessions)
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Plans extends PlansGrpc.PlansImplBase {
        @Override
        public void plan(PlanRequest request, StreamObserver<PlanResponse> observer) {
            lastPlan = request;
            Shelf.reply(observer, () -> onPlan.apply(request));
        }
    }

    /** What the daemon knows of sessions. */
    public FakeSessions sessions() {
        return sessions;
    }

    /** "127.0.0.1:PORT". */
    public String address() {
        return "127.0.0.1:" + server.getPort();
    }

    /** Goes away and comes back at the same port with all it had; streams break. */
    public void restart() {
        int port = server.getPort();
        stop();
        translations.forgetWatchers();
        // A client that calls meanwhile may hold the port for a moment: it is of the range that callers get.
        await().ignoreException(UncheckedIOException.class).until(() -> (server = start(port)) != null);
    }

    private void stop() {
        server.shutdownNow();
        try {
            server.awaitTermination();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is stored of a translation that was created or updated; may refuse by throwing {@link Refusal}. */
    public void onTranslation(UnaryOperator<Translation> reaction) {
        onTranslation = reaction;
    }

    /** As {@link #onTranslation}. */
    public void onDevice(UnaryOperator<Device> reaction) {
        onDevice = reaction;
    }

    /** What Plan answers. */
    public void onPlan(Function<PlanRequest, PlanResponse> reaction) {
        onPlan = reaction;
    }

    /** The last request to Plan. */
    public PlanRequest lastPlan() {
        return lastPlan;
    }

    /** Stores as it is, output-only fields included; watchers hear of it. */
    public void put(Translation translation) {
        translations.put(translation);
    }

    public void put(Device device) {
        devices.put(device);
    }

    public void put(Neighbor neighbor) {
        neighbors.put(neighbor);
    }

    public void put(PeerGroup group) {
        groups.put(group);
    }

    public void put(Announcement announcement) {
        announcements.put(announcement);
    }

    public Translation translation(String name) {
        return translations.get(name);
    }

    public Neighbor neighbor(String name) {
        return neighbors.get(name);
    }

    public void remove(String translation) {
        translations.remove(translations.get(translation));
    }

    public boolean has(String name) {
        return translations.has(name) || devices.has(name) || neighbors.has(name) || groups.has(name);
    }

    @Override
    public void close() {
        stop();
    }
}
