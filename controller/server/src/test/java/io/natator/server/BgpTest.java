package io.natator.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.FieldMask;
import io.grpc.StatusRuntimeException;
import io.natator.model.rpki.Vrp;
import io.natator.server.resource.Resources;
import io.natator.v1.AnnouncePolicy;
import io.natator.v1.Announcement;
import io.natator.v1.CreateDeviceRequest;
import io.natator.v1.CreateNeighborRequest;
import io.natator.v1.CreatePeerGroupRequest;
import io.natator.v1.CreateTranslationRequest;
import io.natator.v1.DeletePeerGroupRequest;
import io.natator.v1.GetPeerGroupRequest;
import io.natator.v1.ListAnnouncementsRequest;
import io.natator.v1.ListNeighborsRequest;
import io.natator.v1.Neighbor;
import io.natator.v1.NeighborTransport;
import io.natator.v1.PeerGroup;
import io.natator.v1.PlanRequest;
import io.natator.v1.Resource;
import io.natator.v1.ToldNeighbor;
import io.natator.v1.UpdatePeerGroupRequest;
import io.natator.v1.UpdateTranslationRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onlab.packet.IpPrefix;

/** Peer groups, and what is told of routes, through the API. */
class BgpTest {
    @TempDir
    Path dir;

    private static PeerGroup transit() {
        return PeerGroup.newBuilder()
                .setName("peerGroups/transit")
                .setLocalAs(65000)
                .setPeerAs(65001)
                .setPassword("secret")
                .setTransport(NeighborTransport.newBuilder().setTtlSecurityHops(1))
                .build();
    }

    private static Neighbor member() {
        return Neighbor.newBuilder()
                .setName("neighbors/router")
                .setAddress("192.0.2.1")
                .setPeerGroup("peerGroups/transit")
                .build();
    }

    private static io.natator.model.intent.Neighbor stored(TestDaemon daemon) {
        return daemon.injector.getInstance(Resources.class).stored().neighbors().get("router");
    }

    @Test
    void neighboursFollowTheirGroup() {
        try (TestDaemon daemon = new TestDaemon(dir)) {
            refused(
                    () -> daemon.neighbors.createNeighbor(CreateNeighborRequest.newBuilder()
                            .setNeighbor(member())
                            .build()),
                    "neighbor.peer_group: unknown peer group peerGroups/transit: create it first");
            PeerGroup shown = daemon.groups.createPeerGroup(
                    CreatePeerGroupRequest.newBuilder().setPeerGroup(transit()).build());
            assertThat(shown.getPassword()).isEmpty();
            Neighbor neighbor = daemon.neighbors.createNeighbor(
                    CreateNeighborRequest.newBuilder().setNeighbor(member()).build());
            assertThat(neighbor.getPeerAs())
                    .as("what is inherited is not written down")
                    .isZero();
            assertThat(stored(daemon).peering().peerAs()).isEqualTo(65001);
            assertThat(stored(daemon).peering().transport().password()).contains("secret");

            var _ = daemon.groups.updatePeerGroup(UpdatePeerGroupRequest.newBuilder()
                    .setPeerGroup(transit().toBuilder().setPeerAs(65009))
                    .setUpdateMask(FieldMask.newBuilder().addPaths("peer_as"))
                    .build());
            assertThat(stored(daemon).peering().peerAs()).isEqualTo(65009);
            assertThat(daemon.network.neighbors())
                    .singleElement()
                    .matches(n -> n.peering().peerAs() == 65009);

            refused(
                    () -> daemon.groups.updatePeerGroup(UpdatePeerGroupRequest.newBuilder()
                            .setPeerGroup(transit().toBuilder().clearLocalAs())
                            .setUpdateMask(FieldMask.newBuilder().addPaths("local_as"))
                            .build()),
                    "peer_group.local_as: of neighbors/router, which inherits it: 0 is not an AS number");
            refused(
                    () -> daemon.groups.deletePeerGroup(DeletePeerGroupRequest.newBuilder()
                            .setName("peerGroups/transit")
                            .build()),
                    "neighbors/router");
        }
        try (TestDaemon again = new TestDaemon(dir)) {
            assertThat(stored(again).peering().peerAs()).isEqualTo(65009);
            assertThat(again.groups
                            .getPeerGroup(GetPeerGroupRequest.newBuilder()
                                    .setName("peerGroups/transit")
                                    .build())
                            .getPeerAs())
                    .isEqualTo(65009);
        }
    }

    @Test
    void plansTakeGroupsAndTheirNeighboursTogether() {
        try (TestDaemon daemon = new TestDaemon(dir)) {
            var plan =
                    PlanRequest.newBuilder().addResources(Resource.newBuilder().setNeighbor(member()));
            refused(() -> daemon.plans.plan(plan.build()), "resources[0].neighbor.peer_group: unknown peer group");
            plan.addResources(Resource.newBuilder().setPeerGroup(transit()));
            assertThat(daemon.plans.plan(plan.build()).getProblemsList()).isEmpty();
        }
    }

    @Test
    void callersOfAGroupAreNeighbours() {
        try (TestDaemon daemon = new TestDaemon(dir)) {
            var _ = daemon.groups.createPeerGroup(CreatePeerGroupRequest.newBuilder()
                    .setPeerGroup(transit().toBuilder().addDynamicPrefixes("198.51.100.0/24"))
                    .build());
            daemon.network.calls("transit", "198.51.100.7");
            await().until(() -> neighbors(daemon).size() == 1);
            Neighbor caller = neighbors(daemon).getFirst();
            assertThat(caller.getName()).isEqualTo("neighbors/transit-198-51-100-7");
            assertThat(caller.getDynamic()).isTrue();
            assertThat(caller.getPeerGroup()).isEqualTo("peerGroups/transit");
            assertThat(caller.getPeerAs()).isEqualTo(65001);
            daemon.network.leaves("transit-198-51-100-7");
            await().until(() -> neighbors(daemon).isEmpty());
        }
    }

    private static List<Neighbor> neighbors(TestDaemon daemon) {
        return daemon.neighbors
                .listNeighbors(ListNeighborsRequest.getDefaultInstance())
                .getNeighborsList();
    }

    @Test
    void refusesWhatTheRoasForbidUnlessForced() {
        FakeNetwork network = new FakeNetwork();
        network.roas(new Vrp(IpPrefix.valueOf("198.51.100.0/24"), 24, 65009));
        try (TestDaemon daemon = new TestDaemon(dir, network)) {
            var _ = daemon.groups.createPeerGroup(
                    CreatePeerGroupRequest.newBuilder().setPeerGroup(transit()).build());
            var _ = daemon.neighbors.createNeighbor(
                    CreateNeighborRequest.newBuilder().setNeighbor(member()).build());
            var _ = daemon.devices.createDevice(CreateDeviceRequest.newBuilder()
                    .setDevice(TestDaemon.device("sw", "1"))
                    .build());
            var translation = TestDaemon.translation("t", "192.168.2.0/24", "198.51.100.0/24", "sw");
            var _ = daemon.translations.createTranslation(CreateTranslationRequest.newBuilder()
                    .setTranslation(translation)
                    .build());
            await().until(() -> states(daemon).equals(List.of(Announcement.State.REFUSED)));
            Announcement refused = announcements(daemon).getFirst();
            assertThat(refused.getReason()).contains("AS 65000 may not announce 198.51.100.0/24", "announce.force");
            assertThat(refused.getToldList())
                    .extracting(ToldNeighbor::getOutcome)
                    .containsExactly(ToldNeighbor.Outcome.NOT_SENT);
            assertThat(daemon.network.announced).isEmpty();

            var _ = daemon.translations.updateTranslation(UpdateTranslationRequest.newBuilder()
                    .setTranslation(translation.toBuilder()
                            .setAnnounce(
                                    AnnouncePolicy.newBuilder().setForce(true).setMed(7)))
                    .build());
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> states(daemon).equals(List.of(Announcement.State.ANNOUNCED)));
            assertThat(announcements(daemon).getFirst().getMed()).isEqualTo(7);
            await().until(() -> announcements(daemon).getFirst().getTold(0).getOutcome() == ToldNeighbor.Outcome.SENT);
        }
    }

    private static List<Announcement> announcements(TestDaemon daemon) {
        return daemon.announcements
                .listAnnouncements(ListAnnouncementsRequest.getDefaultInstance())
                .getAnnouncementsList();
    }

    private static List<Announcement.State> states(TestDaemon daemon) {
        return announcements(daemon).stream().map(Announcement::getState).toList();
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String why) {
        Assertions.assertThatThrownBy(call)
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining(why);
    }
}
