package io.natator.bgp.fsm;

import io.natator.bgp.codec.Capability;
import io.natator.bgp.codec.Family;
import io.natator.bgp.codec.Open;
import java.util.ArrayList;
import java.util.List;

/**
 * What is configured of one session.
 *
 * @param routerId our BGP identifier, not 0
 * @param holdTime what we propose, in seconds: 0, or 3 to 65535
 * @param families what we offer
 * @param restartTime seconds for which the neighbour is asked to keep our routes while we restart (RFC 4724), 1 to 4095
 * @param hasPassword TCP MD5 is on; only so that advice can mention it
 */
public record Settings(
        long localAs,
        long peerAs,
        int routerId,
        int holdTime,
        List<Family> families,
        int restartTime,
        boolean hasPassword,
        Timers timers) {
    public Settings {
        families = List.copyOf(families);
    }

    public boolean internal() {
        return localAs == peerAs;
    }

    /**
     * Our OPEN. The forwarding bit is always set: the switches translate on while the controller is away.
     *
     * @param restarting this process has not yet told the neighbour all it has to announce
     */
    Open open(boolean restarting) {
        List<Capability> capabilities = new ArrayList<>();
        families.forEach(family -> capabilities.add(new Capability.MultiProtocol(family)));
        capabilities.add(new Capability.RefreshRoutes());
        capabilities.add(new Capability.FourOctetAs(localAs));
        capabilities.add(new Capability.GracefulRestart(
                restarting,
                restartTime,
                families.stream()
                        .map(family -> new Capability.Preserved(family, true))
                        .toList()));
        return new Open(localAs, holdTime, routerId, capabilities);
    }
}
