package io.natator.model.eval;

import io.natator.model.intent.Translation;
import io.natator.model.packet.Packet.Ip;
import io.natator.model.session.Share.Direction;
import java.util.Optional;

/** What sessions make of a packet: the evaluator knows when they are asked, not what they answer. */
@FunctionalInterface
public interface Stateful {
    /** Nobody has a session. */
    Stateful NONE = (_, _, _) -> Optional.empty();

    /** The packet as a DYNAMIC, NAPT or NAT64 translation makes it; empty: it ends there. */
    Optional<Ip> translate(Translation translation, Direction direction, Ip packet);

    /**
     * A packet came in for a host that has outside addresses by several STATIC translations.
     *
     * @param inside as the host is to see its destination; its source may still be made another (hairpin)
     */
    default void came(Translation by, Ip inside) {}

    /** By which translation the flow of a packet of such a host came in; empty: the host began it, or nobody knows. */
    default Optional<Translation> cameBy(Ip packet) {
        return Optional.empty();
    }
}
