package io.natator.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natator.v1.Announcement;
import io.natator.v1.ChangeType;
import io.natator.v1.CreateDeviceRequest;
import io.natator.v1.CreateNeighborRequest;
import io.natator.v1.CreateTranslationRequest;
import io.natator.v1.DeleteTranslationRequest;
import io.natator.v1.GetDeviceRequest;
import io.natator.v1.GetNeighborRequest;
import io.natator.v1.GetTranslationRequest;
import io.natator.v1.ListAnnouncementsRequest;
import io.natator.v1.ListTranslationsRequest;
import io.natator.v1.Neighbor;
import io.natator.v1.PlanRequest;
import io.natator.v1.PlanResponse;
import io.natator.v1.Resource;
import io.natator.v1.TranslationStatus;
import io.natator.v1.WatchTranslationsRequest;
import io.natator.v1.WatchTranslationsResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a call of the API to rules and routes, and back. */
@Timeout(60)
class LifecycleTest {
    @TempDir
    Path dir;

    private static void declare(TestDaemon daemon) {
        var _ = daemon.devices.createDevice(CreateDeviceRequest.newBuilder()
                .setDevice(TestDaemon.device("sw", "1"))
                .build());
        var _ = daemon.neighbors.createNeighbor(CreateNeighborRequest.newBuilder()
                .setNeighborId("router")
                .setNeighbor(Neighbor.newBuilder()
                        .setAddress("192.0.2.1")
                        .setLocalAs(65000)
                        .setPeerAs(65001)
                        .setPassword("secret"))
                .build());
        var _ = daemon.translations.createTranslation(CreateTranslationRequest.newBuilder()
                .setTranslation(TestDaemon.translation("move", "192.168.2.0/24", "192.168.3.0/24", "sw"))
                .build());
    }

    private static void awaitActive(TestDaemon daemon) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> daemon
                        .translations
                        .getTranslation(GetTranslationRequest.newBuilder()
                                .setName("translations/move")
                                .build())
                        .getStatusesList()
                        .stream()
                        .map(TranslationStatus::getState)
                        .toList()
                        .equals(List.of(TranslationStatus.State.ACTIVE)));
    }

    private static List<Announcement> announcements(TestDaemon daemon) {
        return daemon.announcements
                .listAnnouncements(ListAnnouncementsRequest.getDefaultInstance())
                .getAnnouncementsList();
    }

    @Test
    void aTranslationIsInstalledProvedAnnouncedAndTakenBack() {
        try (TestDaemon daemon = new TestDaemon(dir)) {
            declare(daemon);
            awaitActive(daemon);
            await().until(() -> announcements(daemon).stream().anyMatch(a -> a.getSentToCount() == 1));
            Announcement announcement = announcements(daemon).getFirst();
            assertThat(announcement.getName()).isEqualTo("announcements/192.168.3.0-24@203.0.113.1");
            assertThat(announcement.getTranslationsList()).containsExactly("translations/move");
            assertThat(announcement.getSentToList()).containsExactly("neighbors/router");
            var device = daemon.devices.getDevice(
                    GetDeviceRequest.newBuilder().setName("devices/sw").build());
            assertThat(device.getStatus().getConnected()).isTrue();
            assertThat(device.getStatus().getInSync()).isTrue();
            assertThat(device.getStatus().getOpenflowVersion()).isEqualTo("1.4");
            var neighbor = daemon.neighbors.getNeighbor(
                    GetNeighborRequest.newBuilder().setName("neighbors/router").build());
            assertThat(neighbor.getPassword()).isEmpty();
            assertThat(neighbor.getStatus().getState()).isEqualTo(Neighbor.SessionState.ESTABLISHED);

            var _ = daemon.translations.deleteTranslation(DeleteTranslationRequest.newBuilder()
                    .setName("translations/move")
                    .build());
            assertThat(daemon.translations
                            .getTranslation(GetTranslationRequest.newBuilder()
                                    .setName("translations/move")
                                    .build())
                            .getStatuses(0)
                            .getState())
                    .isEqualTo(TranslationStatus.State.DRAINING);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> daemon.translations
                                    .listTranslations(ListTranslationsRequest.getDefaultInstance())
                                    .getTranslationsCount()
                            == 0);
            assertThat(announcements(daemon)).isEmpty();
            assertThat(daemon.network.announced).isEmpty();
            assertThat(daemon.network.rules.get(1L).rules())
                    .noneMatch(r -> r.owner().equals("move"));
        }
    }

    @Test
    void aSecondDaemonFindsWhatTheFirstOneStored() {
        try (TestDaemon daemon = new TestDaemon(dir)) {
            declare(daemon);
            awaitActive(daemon);
        }
        try (TestDaemon daemon = new TestDaemon(dir)) {
            awaitActive(daemon);
            await().until(() -> announcements(daemon).size() == 1);
        }
    }

    @Test
    void whoWatchesSeesThePresentThenEveryState() {
        try (TestDaemon daemon = new TestDaemon(dir)) {
            Iterator<WatchTranslationsResponse> watch =
                    daemon.translations.watchTranslations(WatchTranslationsRequest.getDefaultInstance());
            assertThat(watch.next().getType()).isEqualTo(ChangeType.SYNCED);
            declare(daemon);
            List<TranslationStatus.State> states = new ArrayList<>();
            WatchTranslationsResponse response = watch.next();
            assertThat(response.getType()).isEqualTo(ChangeType.ADDED);
            while (!states.contains(TranslationStatus.State.ACTIVE)) {
                response = watch.next();
                assertThat(response.getType()).isEqualTo(ChangeType.MODIFIED);
                response.getTranslation().getStatusesList().forEach(s -> states.add(s.getState()));
            }
            assertThat(states.stream().distinct())
                    .containsExactly(
                            TranslationStatus.State.INSTALLING,
                            TranslationStatus.State.PROVING,
                            TranslationStatus.State.ACTIVE);
            Iterator<WatchTranslationsResponse> late =
                    daemon.translations.watchTranslations(WatchTranslationsRequest.getDefaultInstance());
            assertThat(late.next().getType()).isEqualTo(ChangeType.ADDED);
            assertThat(late.next().getType()).isEqualTo(ChangeType.SYNCED);
        }
    }

    @Test
    void aPlanSaysWhatApplyingDoes() {
        try (TestDaemon daemon = new TestDaemon(dir)) {
            declare(daemon);
            awaitActive(daemon);
            PlanResponse plan = daemon.plans.plan(PlanRequest.newBuilder()
                    .addResources(Resource.newBuilder()
                            .setTranslation(TestDaemon.translation("more", "10.0.0.0/24", "198.51.100.0/24", "sw")))
                    .setMaxListed(3)
                    .build());
            assertThat(plan.getDevicesList()).singleElement().satisfies(d -> {
                assertThat(d.getConnected()).isTrue();
                assertThat(d.getRulesAdded()).isPositive();
                assertThat(d.getRulesRemoved()).isZero();
                assertThat(d.getRulesKept())
                        .isEqualTo(daemon.network.rules.get(1L).rules().size());
                assertThat(d.getChangesList()).hasSize(3);
                assertThat(d.getChanges(0).getRule()).startsWith("table=");
            });
            assertThat(plan.getRoutes().getAdded()).isEqualTo(1);
            assertThat(plan.getRoutes().getKept()).isEqualTo(1);
            assertThat(plan.getProblemsList()).isEmpty();
            assertThat(plan.getStepsList()).isNotEmpty();
        }
    }
}
