package io.natator.softswitch.steps;

import io.natator.softswitch.count.Count;
import io.natator.softswitch.session.SessionStore;
import io.natator.softswitch.session.SessionTable;
import io.natator.softswitch.session.ShareState;

/**
 * ICMP errors through sessions of NAPT (RFC 5508, section 4): what they quote is given the other side's address and port.
 * They neither end nor refresh a session, and those that quote none are dropped.
 */
final class Errors {
    private final SessionStore store;
    private final SessionTable sessions;
    private final Refuser refuser;
    private final Nat64 nat64;

    Errors(SessionStore store, Refuser refuser, Nat64 nat64) {
        this.store = store;
        this.sessions = store.sessions;
        this.refuser = refuser;
        this.nat64 = nat64;
    }

    /** From outside: the quoted packet left by an outside address. */
    int toInside(ShareState share, Packet p) {
        int s = quotedSession(share, p);
        if (s == 0) {
            return refuser.drop(Count.TRANSLATE_ERROR_UNKNOWN);
        }
        if (share.hasIpv6Hosts) {
            return nat64.errorToInside(share, p, sessions.inside(s), sessions.insidePort(s));
        }
        p.quote.address(true, 0, sessions.inside(s) & 0xFFFF_FFFFL);
        p.quote.port(true, sessions.insidePort(s));
        p.address(false, 0, sessions.inside(s) & 0xFFFF_FFFFL);
        return Verdict.PASS;
    }

    /** The session by which the quoted packet left; 0 if there is none. */
    int quotedSession(ShareState share, Packet p) {
        int protocol = p.quotes ? p.quotedProtocol() : -1;
        int port = quoted(p, protocol, true);
        if (port < 0 || (int) p.quoted(true) != p.address(false)) {
            return 0;
        }
        int outside = p.address(false);
        int remote = (int) p.quoted(false);
        int remotePort = remotePort(p, protocol, false);
        long hash = sessions.outsideHash(protocol, outside, port, remote, remotePort);
        int s = sessions.findOutside(hash, protocol, outside, port, remote, remotePort);
        return s != 0 && sessions.share(s) == share.slot && store.check(s) ? s : 0;
    }

    /** From inside, from the host itself or a router before it: the quoted packet came in. */
    int toOutside(ShareState share, Packet p) {
        int protocol = p.quotes ? p.quotedProtocol() : -1;
        int port = quoted(p, protocol, false);
        if (port < 0) {
            return refuser.drop(Count.TRANSLATE_ERROR_UNKNOWN);
        }
        int inside = (int) p.quoted(false);
        int remote = (int) p.quoted(true);
        int remotePort = remotePort(p, protocol, true);
        long hash = sessions.insideHash(share.slot, protocol, inside, port, remote, remotePort);
        int s = sessions.findInside(hash, share.slot, protocol, inside, port, remote, remotePort);
        if (s == 0 || remote != p.address(false) || !store.check(s)) {
            return refuser.drop(Count.TRANSLATE_ERROR_UNKNOWN);
        }
        if (share.hasIpv6Hosts) {
            return nat64.errorToOutside(share, p, sessions.outside(s), sessions.outsidePort(s));
        }
        p.quote.address(false, 0, sessions.outside(s) & 0xFFFF_FFFFL);
        p.quote.port(false, sessions.outsidePort(s));
        p.address(true, 0, sessions.outside(s) & 0xFFFF_FFFFL);
        return Verdict.PASS;
    }

    /** The translated party's port in the quoted packet; 0 of protocols without; −1 if it should be there and is not. */
    private static int quoted(Packet p, int protocol, boolean source) {
        if (protocol < 0) {
            return -1;
        }
        return SessionStore.hasPorts(protocol) ? p.quote.port(source) : 0;
    }

    private static int remotePort(Packet p, int protocol, boolean source) {
        return protocol == 6 || protocol == 17 ? p.quote.port(source) : 0;
    }
}
