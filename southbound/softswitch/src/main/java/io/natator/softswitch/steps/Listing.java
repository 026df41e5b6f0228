package io.natator.softswitch.steps;

import io.natator.model.session.Session;
import io.natator.model.session.SessionQuery;
import io.natator.softswitch.session.Block;
import io.natator.softswitch.session.End;
import io.natator.softswitch.session.Inspection;
import io.natator.softswitch.session.SessionStore;
import io.natator.softswitch.session.SessionTable;
import io.natator.softswitch.session.ShareState;
import io.natator.softswitch.session.Shares;
import io.natator.softswitch.session.UseWalk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Sessions for people. Allocates, and is cut into parts that do not take long. */
final class Listing {
    private static final int[] PROTOCOLS = {6, 17, 1};
    private static final int PORTS = 1 << 16;

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
        int[] ended = {0};
        return walk(query, token, List.of(), s -> {
            store.end(s, End.CLEARED);
            return ++ended[0] < Page.CHANGES;
        });
    }

    private Page walk(SessionQuery query, String token, List<Session> found, IntPredicate what) {
        int first = start(token, sessions.highest() + 1);
        int at = first;
        int count = 0;
        int changed = 0;
        boolean more = true;
        for (; at <= sessions.highest() && at - first < Page.LOOKS && changed < Page.CHANGES && more; at++) {
            if (sessions.kind(at) != SessionTable.NONE) {
                changed += sessions.generation(at) == shares.generation() ? 0 : 1;
                if (store.check(at) && is(query, at)) {
                    count++;
                    more = what.test(at);
                }
            }
        }
        return new Page(found, count, at - first, at > sessions.highest() ? "" : Integer.toString(at));
    }

    /** Where to go on; a token that is none of ours leads to the end. */
    private static int start(String token, int end) {
        if (token.isEmpty()) {
            return 1;
        }
        try {
            return Math.clamp(Integer.parseInt(token), 1, end);
        } catch (NumberFormatException e) {
            return end;
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

    /** Of an address that a binding has, the binding; of others the owners of ports, in the order of protocols and ports. */
    Page lookup(IpAddress outside, int protocol, int port, String token, int most, Instant wall) {
        List<Session> found = new ArrayList<>();
        if (!outside.isIp4()) {
            return new Page(found, 0, 0, "");
        }
        int address = (int) Block.low(outside);
        if (token.isEmpty()) {
            inspection.binding(address, wall).ifPresent(found::add);
        }
        int[] protocols = protocol == 0 ? PROTOCOLS : new int[] {protocol};
        int ports = port == 0 ? PORTS : 1;
        int end = found.isEmpty() ? protocols.length * ports : 0;
        int first = Math.min(start(token, end + 1) - 1, end);
        int at = first;
        for (; at < end && at - first < Page.LOOKS && found.size() < most; at++) {
            inspection
                    .owner(protocols[at / ports], address, port + at % ports, wall)
                    .ifPresent(found::add);
        }
        return new Page(found, found.size(), at - first, at == end ? "" : Integer.toString(at + 1));
    }

    UseWalk use() {
        return new UseWalk(shares, store);
    }
}
