package io.natator.bgp.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.bgp.codec.Capability;
import io.natator.bgp.codec.Family;
import io.natator.bgp.codec.Open;
import io.natator.bgp.codec.RouteRefresh;
import io.natator.model.peering.AddressFamily;
import io.natator.model.peering.Features;
import io.natator.model.peering.GracefulRestart;
import io.natator.model.peering.Peering;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is offered in an OPEN, and what is done with what both offered. */
class CapabilitiesTest extends PeerOnAClock {
    @Test
    void offersWhatIsConfigured() {
        Features all = new Features(
                List.of(AddressFamily.IPV4_UNICAST),
                true,
                true,
                new GracefulRestart(true, Duration.ofSeconds(30), Duration.ofHours(1)));
        Open ours = with(Peering.between(65000, 65001).with(all)).open(true);
        assertThat(ours.capabilities())
                .containsExactly(
                        new Capability.MultiProtocol(Family.IPV4_UNICAST),
                        new Capability.RefreshRoutes(),
                        new Capability.EnhancedRefresh(),
                        new Capability.FourOctetAs(65000),
                        new Capability.ExtendedMessages(),
                        new Capability.ExtendedNextHop(),
                        new Capability.AddPath(List.of(new Capability.Paths(Family.IPV4_UNICAST, false, true))),
                        new Capability.GracefulRestart(
                                true, true, 30, List.of(new Capability.Preserved(Family.IPV4_UNICAST, true))),
                        new Capability.LongLivedRestart(
                                List.of(new Capability.Stale(Family.IPV4_UNICAST, true, 3600))));
        Features none = new Features(
                List.of(AddressFamily.IPV4_UNICAST),
                false,
                false,
                new GracefulRestart(false, Duration.ofSeconds(30), Duration.ZERO));
        assertThat(with(Peering.between(65000, 65001).with(none))
                        .open(true)
                        .capability(Capability.GracefulRestart.class))
                .isEmpty();
        Negotiated negotiated = Negotiated.of(
                with(Peering.between(65000, 65001).with(all)),
                new Open(
                        65001,
                        90,
                        LOW_ID,
                        List.of(
                                new Capability.AddPath(List.of(new Capability.Paths(Family.IPV4_UNICAST, true, true))),
                                new Capability.ExtendedNextHop(),
                                new Capability.GracefulRestart(false, false, 1, List.of()))));
        assertThat(negotiated.words())
                .containsExactly("graceful-restart", "add-path ipv4-unicast", "extended-next-hop", "two-octet-as");
    }

    @Test
    void saysThatItHasRestartedUntilItHasToldAll() {
        assertThat(restart()).isTrue();
        on(new Event.Lost(1, "gone"));
        assertThat(restart()).isTrue();
        on(new Event.Lost(2, "gone"));
        peer.restartOver();
        assertThat(restart()).isFalse();
    }

    private boolean restart() {
        next();
        int connection = dialled();
        Optional<Capability.GracefulRestart> capability = on(new Event.Connected(connection)).stream()
                .filter(Action.Send.class::isInstance)
                .map(action -> (Open) ((Action.Send) action).message())
                .findFirst()
                .flatMap(open -> open.capability(Capability.GracefulRestart.class));
        assertThat(capability.orElseThrow().families()).allMatch(Capability.Preserved::forwarding);
        return capability.orElseThrow().restarting();
    }

    @Test
    void answersRefreshOfNegotiatedFamiliesOnly() {
        establish();
        assertThat(received(1, new RouteRefresh(2, 0, 1))).containsExactly(new Action.Refresh(Family.IPV6_UNICAST));
        assertThat(received(1, new RouteRefresh(1, 0, 128))).isEmpty();
        assertThat(received(1, new RouteRefresh(1, 1, 1))).isEmpty();
    }
}
