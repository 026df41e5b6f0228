package io.natator.softswitch.steps;

import io.natator.softswitch.count.Count;
import io.natator.softswitch.session.Refusal;
import io.natator.softswitch.session.SessionStore;
import io.natator.softswitch.session.SessionTable;
import io.natator.softswitch.session.ShareState;
import io.natator.softswitch.session.Shares;

/** DYNAMIC: a host has an outside address to itself from its first packet on, until it is idle (RFC 2663, section 4.1.1). */
final class Dynamic {
    private final Shares shares;
    private final SessionStore store;
    private final SessionTable sessions;
    private final Refuser refuser;
    private final Napt napt;

    Dynamic(Shares shares, SessionStore store, Refuser refuser, Napt napt) {
        this.shares = shares;
        this.store = store;
        this.sessions = store.sessions;
        this.refuser = refuser;
        this.napt = napt;
    }

    int toOutside(ShareState share, Packet p) {
        int src = p.address(true);
        boolean ours = share.inside.holds(0, p.low(true));
        if (p.error) {
            return napt.afterwards(errorToOutside(share, p, ours), p);
        }
        if (!ours) {
            return refuser.drop(share, Refusal.NOT_INSIDE);
        }
        if (src == p.address(false)) {
            return refuser.drop(share, Refusal.LAND);
        }
        int s = byInside(share, src);
        if (s == 0) {
            s = store.bind(share, src);
            if (s == 0) {
                return store.refusal() == Refusal.NOT_OPEN
                        ? refuser.drop(share, Refusal.NOT_OPEN) // not for long
                        : refuser.missing(share, p, store.refusal(), 0);
            }
        }
        sessions.count(s, p.frame.length, store.tick());
        p.address(true, 0, sessions.outside(s) & 0xFFFF_FFFFL);
        return napt.afterwards(Verdict.PASS, p);
    }

    int toInside(ShareState share, Packet p, boolean hairpin) {
        ShareState from = hairpin ? null : shares.byInside(4, 0, p.low(true));
        if (from != null) {
            return napt.hairpin(from, share, p);
        }
        int outside = p.address(false);
        int s = byOutside(outside);
        if (s == 0 || sessions.share(s) != share.slot) {
            return p.error ? refuser.drop(Count.TRANSLATE_ERROR_UNKNOWN) : refuser.drop(share, Refusal.NO_MAPPING);
        }
        long inside = sessions.inside(s) & 0xFFFF_FFFFL;
        if (p.error) {
            if (!p.quotes || (int) p.quoted(true) != outside) {
                return refuser.drop(Count.TRANSLATE_ERROR_UNKNOWN);
            }
            p.quote.address(true, 0, inside);
        } else {
            sessions.count(s, p.frame.length, store.tick());
        }
        p.address(false, 0, inside);
        return Verdict.PASS;
    }

    /** From the host or a router before it; bindings are neither made nor refreshed by it. */
    private int errorToOutside(ShareState share, Packet p, boolean ours) {
        int host = p.quotes ? (int) p.quoted(false) : p.address(true);
        int s = p.quotes ? byInside(share, host) : 0;
        if (s == 0) {
            return refuser.drop(Count.TRANSLATE_ERROR_UNKNOWN);
        }
        long outside = sessions.outside(s) & 0xFFFF_FFFFL;
        int sender = ours && p.address(true) != host ? byInside(share, p.address(true)) : 0;
        p.quote.address(false, 0, outside);
        p.address(true, 0, sender == 0 ? outside : sessions.outside(sender) & 0xFFFF_FFFFL);
        return Verdict.PASS;
    }

    private int byInside(ShareState share, int inside) {
        int s = sessions.findInside(hash(share, inside), share.slot, 0, inside, 0, 0, 0);
        while (s != 0 && !store.check(s)) {
            s = sessions.findInside(hash(share, inside), share.slot, 0, inside, 0, 0, 0);
        }
        return s;
    }

    private long hash(ShareState share, int inside) {
        return sessions.insideHash(share.slot, 0, inside, 0, 0, 0);
    }

    private int byOutside(int outside) {
        int s = sessions.findOutside(sessions.outsideHash(0, outside, 0, 0, 0), 0, outside, 0, 0, 0);
        while (s != 0 && !store.check(s)) {
            s = sessions.findOutside(sessions.outsideHash(0, outside, 0, 0, 0), 0, outside, 0, 0, 0);
        }
        return s;
    }
}
