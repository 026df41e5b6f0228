package io.natator.server.convert;

import io.natator.model.intent.PeerGroup;
import io.natator.model.peering.Peering;
import io.natator.model.validate.Texts;
import io.natator.model.validate.Violation;
import io.natator.v1.Neighbor;
import java.util.List;
import java.util.Optional;
import org.onlab.packet.IpPrefix;

/** Peer groups: message ↔ model. */
public final class PeerGroups {
    private static final int DEFAULT_DYNAMIC = 100;

    private PeerGroups() {}

    /**
     * The message with what was left out written down, except for what neighbours inherit: there, left out means that
     * the group has no say.
     */
    public static io.natator.v1.PeerGroup complete(io.natator.v1.PeerGroup message) {
        return message.getMaxDynamic() == 0
                ? message.toBuilder().setMaxDynamic(DEFAULT_DYNAMIC).build()
                : message;
    }

    /** The model's value of a complete message; empty if there are violations. */
    public static Optional<PeerGroup> parse(String id, io.natator.v1.PeerGroup message, List<Violation> violations) {
        int before = violations.size();
        Reading in = new Reading(violations);
        List<IpPrefix> prefixes = in.list("dynamic_prefixes", message.getDynamicPrefixesList(), Texts::prefix);
        Neighbor.Builder common = Inheritance.asNeighbor(message).toBuilder();
        Peerings.complete(common);
        Peering peering = Peerings.parse(in, common.build());
        return violations.size() > before
                ? Optional.empty()
                : Optional.of(new PeerGroup(id, prefixes, message.getMaxDynamic(), peering));
    }
}
