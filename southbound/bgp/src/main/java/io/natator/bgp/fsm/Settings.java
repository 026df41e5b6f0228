package io.natator.bgp.fsm;

import io.natator.bgp.codec.Capability;
import io.natator.bgp.codec.Family;
import io.natator.bgp.codec.Open;
import io.natator.model.peering.GracefulRestart;
import io.natator.model.peering.Peering;
import java.util.ArrayList;
import java.util.List;

/**
 * What is configured of one session.
 *
 * @param routerId our BGP identifier, not 0
 */
public record Settings(Peering peering, int routerId, Timers timers) {
    long localAs() {
        return peering.localAs();
    }

    long peerAs() {
        return peering.peerAs();
    }

    boolean internal() {
        return peering.internal();
    }

    /** What we propose, in seconds: 0, or 3 to 65535. */
    int holdTime() {
        return (int) peering.holdTime().toSeconds();
    }

    boolean passive() {
        return peering.transport().passive();
    }

    boolean hasPassword() {
        return peering.transport().password().isPresent();
    }

    List<Family> families() {
        return peering.features().families().stream().map(Family::of).toList();
    }

    /**
     * Our OPEN. The forwarding bit is always set: the switches translate on while the controller is away.
     *
     * @param restarting this process has not yet told the neighbour all it has to announce
     */
    Open open(boolean restarting) {
        List<Capability> capabilities = new ArrayList<>();
        families().forEach(family -> capabilities.add(new Capability.MultiProtocol(family)));
        capabilities.add(new Capability.RefreshRoutes());
        capabilities.add(new Capability.EnhancedRefresh());
        capabilities.add(new Capability.FourOctetAs(localAs()));
        capabilities.add(new Capability.ExtendedMessages());
        if (offersExtendedNextHop()) {
            capabilities.add(new Capability.ExtendedNextHop());
        }
        if (peering.features().addPathSend()) {
            capabilities.add(new Capability.AddPath(families().stream()
                    .map(family -> new Capability.Paths(family, false, true))
                    .toList()));
        }
        if (peering.features().gracefulRestart().enabled()) {
            restart(restarting, peering.features().gracefulRestart(), capabilities);
        }
        return new Open(localAs(), holdTime(), routerId, capabilities);
    }

    boolean offersExtendedNextHop() {
        return peering.features().extendedNextHop() && families().contains(Family.IPV4_UNICAST);
    }

    private void restart(boolean restarting, GracefulRestart restart, List<Capability> capabilities) {
        capabilities.add(new Capability.GracefulRestart(
                restarting,
                true,
                (int) restart.restartTime().toSeconds(),
                families().stream()
                        .map(family -> new Capability.Preserved(family, true))
                        .toList()));
        int stale = (int) restart.longLivedStaleTime().toSeconds();
        if (stale > 0) {
            capabilities.add(new Capability.LongLivedRestart(families().stream()
                    .map(family -> new Capability.Stale(family, true, stale))
                    .toList()));
        }
    }
}
