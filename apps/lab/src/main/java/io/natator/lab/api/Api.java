package io.natator.lab.api;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.natator.lab.net.Daemon;
import io.natator.lab.net.Wait;
import io.natator.v1.Announcement;
import io.natator.v1.AnnouncementsGrpc;
import io.natator.v1.Device;
import io.natator.v1.DevicesGrpc;
import io.natator.v1.GetDeviceRequest;
import io.natator.v1.GetNeighborRequest;
import io.natator.v1.ListAnnouncementsRequest;
import io.natator.v1.ListTranslationsRequest;
import io.natator.v1.Neighbor;
import io.natator.v1.NeighborsGrpc;
import io.natator.v1.PlansGrpc;
import io.natator.v1.SessionsGrpc;
import io.natator.v1.Translation;
import io.natator.v1.TranslationStatus;
import io.natator.v1.TranslationsGrpc;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Blocking stubs on one channel, and the questions that tests ask most. */
public final class Api implements AutoCloseable {
    private final ManagedChannel channel;

    private Api(ManagedChannel channel) {
        this.channel = channel;
    }

    /** Connects, and connects again by itself when the daemon was restarted. */
    public static Api of(Daemon daemon) {
        return new Api(daemon.channel());
    }

    public TranslationsGrpc.TranslationsBlockingStub translations() {
        return TranslationsGrpc.newBlockingStub(channel);
    }

    public DevicesGrpc.DevicesBlockingStub devices() {
        return DevicesGrpc.newBlockingStub(channel);
    }

    public NeighborsGrpc.NeighborsBlockingStub neighbors() {
        return NeighborsGrpc.newBlockingStub(channel);
    }

    public AnnouncementsGrpc.AnnouncementsBlockingStub announcements() {
        return AnnouncementsGrpc.newBlockingStub(channel);
    }

    public PlansGrpc.PlansBlockingStub plans() {
        return PlansGrpc.newBlockingStub(channel);
    }

    public SessionsGrpc.SessionsBlockingStub sessions() {
        return SessionsGrpc.newBlockingStub(channel);
    }

    /** All translations, up to a thousand. */
    public List<Translation> allTranslations() {
        return translations()
                .listTranslations(
                        ListTranslationsRequest.newBuilder().setPageSize(1000).build())
                .getTranslationsList();
    }

    /** All announcements, up to a thousand. */
    public List<Announcement> allAnnouncements() {
        return announcements()
                .listAnnouncements(
                        ListAnnouncementsRequest.newBuilder().setPageSize(1000).build())
                .getAnnouncementsList();
    }

    /** The translation of that id; empty if there is none. */
    public Optional<Translation> translation(String id) {
        return allTranslations().stream()
                .filter(t -> t.getName().equals("translations/" + id))
                .findFirst();
    }

    public Device device(String id) {
        return devices()
                .getDevice(
                        GetDeviceRequest.newBuilder().setName("devices/" + id).build());
    }

    public Neighbor neighbor(String id) {
        return neighbors()
                .getNeighbor(GetNeighborRequest.newBuilder()
                        .setName("neighbors/" + id)
                        .build());
    }

    /** Waits until a translation is in that state on all its devices. */
    public void awaitState(String translation, TranslationStatus.State state, Duration limit) {
        await(
                "translation " + translation + " to be " + state,
                limit,
                () -> translation(translation)
                        .filter(t -> t.getStatusesCount() > 0
                                && t.getStatusesList().stream().allMatch(s -> s.getState() == state))
                        .isPresent());
    }

    /** Waits until there is no such translation. */
    public void awaitGone(String translation, Duration limit) {
        await(
                "translation " + translation + " to be gone",
                limit,
                () -> translation(translation).isEmpty());
    }

    /** Waits until a device is as wished. */
    public void awaitDevice(String device, Duration limit, String what, Predicate<Device> wished) {
        await("device " + device + " to be " + what, limit, () -> wished.test(device(device)));
    }

    /** Waits until the daemon says so; while it does not answer, it does not say so. */
    public void await(String what, Duration limit, java.util.function.BooleanSupplier condition) {
        Wait.until(what, limit, () -> {
            try {
                return condition.getAsBoolean();
            } catch (StatusRuntimeException e) {
                return false;
            }
        });
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
