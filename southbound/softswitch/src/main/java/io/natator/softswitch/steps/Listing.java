package io.natator.softswitch.steps;

import io.natator.model.session.PoolUse;
import io.natator.model.session.Session;
import io.natator.model.session.SessionQuery;
import io.natator.softswitch.session.Block;
import io.natator.softswitch.session.End;
import io.natator.softswitch.session.Inspection;
import io.natator.softswitch.session.SessionStore;
import io.natator.softswitch.session.SessionTable;
import io.natator.softswitch.session.ShareState;
import io.natator.softswitch.session.Shares;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Sessions for people. Allocates, and is cut into parts that do not take long. */
final class Listing {
    /** Records that one call looks at. */
    private static final int LOOKS = 1 << 15;

    private final Shares shares;
    private final SessionStore store;
    private final SessionTable sessions;
    private final Inspection inspection;

    Listing(Shares shares, SessionStore store) {
        this.shares = shares;
        this.store = store;
        this.sessions = store.sessions;
        inspection = new Inspection(shares, store);
    }

    Page list(SessionQuery query, String token, int most, Instant wall) {
        List<Session> found = new ArrayList<>();
        return walk(query, token, found, s -> {
            found.add(inspection.session(s, wall));
            return found.size() < most;
        });
    }

    Page clear(SessionQuery query, String token) {
        return walk(query, token, List.of(), s -> {
            store.end(s, End.CLEARED);
            return true;
        });
    }

    private Page walk(SessionQuery query, String token, List<Session> found, IntPredicate what) {
        int at = token.isEmpty() ? 1 : start(token);
        int end = Math.min(sessions.highest(), at + LOOKS - 1);
        int count = 0;
        boolean more = true;
        for (; at <= end && more; at++) {
            if (sessions.kind(at) != SessionTable.NONE && store.check(at) && is(query, at)) {
                count++;
                more = what.test(at);
            }
        }
        return new Page(found, count, at > sessions.highest() ? "" : Integer.toString(at));
    }

    /** A token that is none of ours starts at the end. */
    private int start(String token) {
        try {
            return Math.max(1, Integer.parseInt(token));
        } catch (NumberFormatException e) {
            return sessions.highest() + 1;
        }
    }

    private boolean is(SessionQuery query, int s) {
        ShareState share = shares.get(sessions.share(s));
        boolean binding = sessions.kind(s) == SessionTable.BINDING;
        return query.translation()
                        .filter(t -> !t.equals(share.share.translation()))
                        .isEmpty()
                && (query.protocol().isEmpty() || query.protocol().getAsInt() == sessions.protocol(s))
                && query.inside().filter(p -> !in(p, inspection.inside(s))).isEmpty()
                && query.outside().filter(a -> !a.equals(inspection.outside(s))).isEmpty()
                && port(query.outsidePort(), s)
                && query.remote()
                        .filter(p -> binding || !in(p, inspection.remote(s)))
                        .isEmpty();
    }

    private boolean port(OptionalInt port, int s) {
        return port.isEmpty() || port.getAsInt() == inspection.outsidePort(s);
    }

    private static boolean in(IpPrefix prefix, IpAddress address) {
        return prefix.isIp4() == address.isIp4() && new Block(prefix).holds(Block.high(address), Block.low(address));
    }

    List<Session> lookup(IpAddress outside, int protocol, int port, Instant wall) {
        return outside.isIp4() ? inspection.owners((int) Block.low(outside), protocol, port, wall) : List.of();
    }

    List<PoolUse> use() {
        return inspection.use();
    }
}
