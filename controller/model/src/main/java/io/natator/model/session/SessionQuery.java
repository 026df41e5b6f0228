package io.natator.model.session;

import java.util.Optional;
import java.util.OptionalInt;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * Which sessions: all conditions that are there must hold.
 *
 * @param translation id
 * @param protocol IP protocol
 * @param inside prefix of the host
 * @param outside address that the remote sees
 * @param outsidePort port that the remote sees
 * @param remote prefix of the remote
 */
public record SessionQuery(
        Optional<String> translation,
        OptionalInt protocol,
        Optional<IpPrefix> inside,
        Optional<IpAddress> outside,
        OptionalInt outsidePort,
        Optional<IpPrefix> remote) {
    public static final SessionQuery ALL = new SessionQuery(
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty());
}
