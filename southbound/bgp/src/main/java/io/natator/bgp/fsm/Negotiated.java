package io.natator.bgp.fsm;

import io.natator.bgp.codec.Capability;
import io.natator.bgp.codec.Family;
import io.natator.bgp.codec.Open;
import io.natator.bgp.codec.UpdateContext;
import java.util.EnumSet;
import java.util.List;

/**
 * What both sides of a session agreed on.
 *
 * @param families that both speak
 * @param holdTime seconds; 0 if there are no keepalives
 * @param routerId the neighbour's BGP identifier
 * @param endOfRib the neighbour knows End-of-RIB markers (RFC 4724)
 * @param context for the codec
 */
public record Negotiated(List<Family> families, int holdTime, int routerId, boolean endOfRib, UpdateContext context) {
    public Negotiated {
        families = List.copyOf(families);
    }

    static Negotiated of(Settings settings, Open theirs) {
        EnumSet<Family> offered = EnumSet.noneOf(Family.class);
        boolean multiProtocol = false;
        for (Capability capability : theirs.capabilities()) {
            if (capability instanceof Capability.MultiProtocol(Family family)) {
                multiProtocol = true;
                offered.add(family);
            }
        }
        if (!multiProtocol) {
            offered.add(Family.IPV4_UNICAST); // A speaker without RFC 4760 speaks IPv4 unicast.
        }
        offered.retainAll(settings.families());
        boolean fourOctetAs = theirs.capability(Capability.FourOctetAs.class).isPresent();
        return new Negotiated(
                List.copyOf(offered),
                Math.min(settings.holdTime(), theirs.holdTime()),
                theirs.routerId(),
                theirs.capability(Capability.GracefulRestart.class).isPresent(),
                new UpdateContext(fourOctetAs, settings.internal()));
    }
}
