package io.natator.server.sessions;

import io.natator.model.session.Session;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Times and sums of mappings, from the sessions on them. A mapping has no remote: whom a host talks to is nobody's business who asks whose
 * an outside port is (RFC 6888, REQ-12). Switches know when sessions began, not when their mapping did, so a mapping is told to be as old
 * as the oldest session that lives.
 */
final class MappingTimes {
    /** What makes a mapping. */
    private record Key(
            String translation, int protocol, String inside, int insidePort, String outside, int outsidePort) {
        static Key of(Session s) {
            return new Key(
                    s.translation(),
                    s.protocol(),
                    s.inside().toString(),
                    s.insidePort(),
                    s.outside().toString(),
                    s.outsidePort());
        }
    }

    private final Map<Key, Session> sums = new HashMap<>();

    /** True of a mapping of which no times are known. */
    static boolean isUnknown(Session session) {
        return session.protocol() != 0
                && session.remote().equals(session.outside())
                && session.since().equals(session.until());
    }

    void add(List<Session> sessions) {
        sessions.forEach(session -> sums.merge(Key.of(session), session, MappingTimes::sum));
    }

    private static Session sum(Session a, Session b) {
        return timed(
                a,
                a.since().isBefore(b.since()) ? a.since() : b.since(),
                a.until().isAfter(b.until()) ? a.until() : b.until(),
                a.packets() + b.packets(),
                a.bytes() + b.bytes());
    }

    /** The mapping with what is known of its sessions; as it is if there are none. */
    Session timed(Session mapping) {
        Session sum = sums.get(Key.of(mapping));
        return sum == null || !isUnknown(mapping)
                ? mapping
                : timed(mapping, sum.since(), sum.until(), sum.packets(), sum.bytes());
    }

    private static Session timed(Session s, Instant since, Instant until, long packets, long bytes) {
        return new Session(
                s.translation(),
                s.protocol(),
                s.inside(),
                s.insidePort(),
                s.outside(),
                s.outsidePort(),
                s.remote(),
                s.remotePort(),
                s.state(),
                since,
                until,
                packets,
                bytes);
    }
}
