package io.natator.softswitch.steps;

import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool.OtherProtocols;
import io.natator.packet.IpProtocol;
import io.natator.softswitch.count.Count;
import io.natator.softswitch.frame.Endpoint;
import io.natator.softswitch.session.Refusal;
import io.natator.softswitch.session.SessionStore;
import io.natator.softswitch.session.SessionTable;
import io.natator.softswitch.session.ShareState;
import io.natator.softswitch.session.Shares;
import io.natator.softswitch.session.TcpState;

/**
 * NAPT: RFC 4787 for UDP, RFC 5382 for TCP, RFC 5508 for ICMP. Addresses are IPv4. NAT64 (RFC 6146) is the same; its hosts have numbers in
 * the place of inside addresses, and packets change the family where others change the address.
 */
final class Napt {
    /** State of sessions that are not TCP's: which sides sent. */
    private static final int INSIDE_SENT = 1;

    private static final int OUTSIDE_SENT = 2;
    private static final int SYN = 2;

    private final Shares shares;
    private final SessionStore store;
    private final SessionTable sessions;
    private final Refuser refuser;
    private final Errors errors;
    private final Dynamic dynamic;
    private final Nat64 nat64;

    Napt(Shares shares, SessionStore store, Refuser refuser, Nat64 nat64) {
        this.shares = shares;
        this.store = store;
        this.sessions = store.sessions;
        this.refuser = refuser;
        this.nat64 = nat64;
        errors = new Errors(store, refuser, nat64);
        dynamic = new Dynamic(shares, store, refuser, this);
    }

    /** What stateful shares do with a packet from inside. */
    int toOutside(ShareState share, Packet p) {
        if (share.isExempt(p.address(false))) {
            return Verdict.PASS;
        }
        return share.kind == Kind.DYNAMIC ? dynamic.toOutside(share, p) : out(share, p);
    }

    /**
     * What stateful shares do with a packet to an outside address.
     *
     * @param hairpin its source was translated already
     */
    int toInside(ShareState share, Packet p, boolean hairpin) {
        if (!hairpin && share.isExempt(p.address(true))) {
            return Verdict.PASS;
        }
        if (isLand(share, p, hairpin)) {
            return refuser.drop(share, Refusal.LAND);
        }
        return share.kind == Kind.DYNAMIC ? dynamic.toInside(share, p, hairpin) : in(share, p, hairpin);
    }

    /** Whom a packet would be sent to seems to have sent it. */
    static boolean isLand(ShareState share, Packet p, boolean hairpin) {
        int src = p.address(true);
        boolean same = src == p.address(false);
        if (!hairpin) {
            return same || (!p.error && share.hasOutside(src)); // ours to give, but nobody inside sent it
        }
        boolean ports = p.protocol() == IpProtocol.TCP || p.protocol() == IpProtocol.UDP;
        return same && !p.error && !(ports && p.port(true) != p.port(false));
    }

    private int out(ShareState share, Packet p) {
        if (p.error) {
            return afterwards(errors.toOutside(share, p), p);
        }
        int src = p.address(true);
        int dst = p.address(false);
        if (!share.isInside(p.high(true), p.low(true))) {
            return refuser.drop(share, Refusal.NOT_INSIDE);
        }
        if (src == dst && !share.hasIpv6Hosts) {
            return refuser.drop(share, Refusal.LAND);
        }
        int protocol = p.protocol();
        if (p.needsTransport() && p.headers.transport == 0) {
            return refuser.drop(Count.TRANSLATE_TRUNCATED);
        }
        boolean ports = protocol == IpProtocol.TCP || protocol == IpProtocol.UDP;
        if (protocol == IpProtocol.ICMP ? !isQuery(p.icmpType()) : !ports && !isTaken(share, protocol)) {
            return refuser.drop(share, protocol == IpProtocol.ICMP ? Refusal.NO_MAPPING : Refusal.PROTOCOL);
        }
        int port = ports ? p.port(true) : protocol == IpProtocol.ICMP ? p.icmpId() : 0;
        int remotePort = ports ? p.port(false) : 0;
        int s = findInside(share, protocol, src, port, dst, remotePort);
        if (s == 0) {
            if (protocol == IpProtocol.TCP && !TcpState.opens(p.flags())) {
                return refuser.drop(share, Refusal.NOT_A_SYN);
            }
            int possible = share.hasIpv6Hosts ? nat64.check(p) : Verdict.PASS;
            if (possible != Verdict.PASS) {
                return possible;
            }
            s = begin(share, p, protocol, port, remotePort);
            if (s == 0) {
                return refuser.missing(share, p, store.refusal(), remotePort);
            }
        }
        int octets = p.frame.length;
        if (share.hasIpv6Hosts) {
            int crossed = nat64.toOutside(p, sessions.outside(s), sessions.outsidePort(s));
            if (crossed != Verdict.PASS) {
                return crossed;
            }
        } else {
            p.endpoint(true, sessions.outside(s), sessions.outsidePort(s));
        }
        track(share, s, p, octets, true);
        clamp(share, p);
        return sessions.is(s, SessionTable.HAIRPIN) ? afterwards(Verdict.PASS, p) : Verdict.PASS;
    }

    /** A session of a host that speaks to a remote; 0 if it is refused. */
    private int begin(ShareState share, Packet p, int protocol, int port, int remotePort) {
        if (share.hasIpv6Hosts) {
            p.source(store.enter(share, p.high(true), p.low(true)));
            if (p.address(true) == 0) {
                return 0;
            }
        }
        int m = store.mapping(share, protocol, p.address(true), port, p.address(false), remotePort);
        int s = m == 0 ? 0 : store.begin(share, m, p.address(false), remotePort, 0);
        if (s == 0 && share.hasIpv6Hosts) {
            store.leave(share, p.address(true));
        }
        return s;
    }

    /** A packet whose source was translated goes on to the inside if that is where its destination is. */
    int afterwards(int verdict, Packet p) {
        ShareState next = verdict == Verdict.PASS ? shares.byOutside(p.address(false)) : null;
        return next == null ? verdict : toInside(next, p, true);
    }

    static boolean isTaken(ShareState share, int protocol) {
        return share.pool.otherProtocols() == OtherProtocols.ADDRESS_ONLY
                && protocol != IpProtocol.ICMPV6
                && protocol > 0;
    }

    /** Echo, timestamp, information and mask requests (RFC 792, RFC 950). */
    static boolean isQuery(int type) {
        return type == 8 || type == 13 || type == 15 || type == 17;
    }

    static boolean isReply(int type) {
        return type == 0 || type == 14 || type == 16 || type == 18;
    }

    private int findInside(ShareState share, int protocol, int src, int port, int dst, int remotePort) {
        long hash = sessions.insideHash(share.slot, protocol, src, port, dst, remotePort);
        int s = sessions.findInside(hash, share.slot, protocol, src, port, dst, remotePort);
        while (s != 0 && !store.check(s)) {
            s = sessions.findInside(hash, share.slot, protocol, src, port, dst, remotePort);
        }
        return s;
    }

    private int findOutside(int protocol, int outside, int port, int remote, int remotePort) {
        long hash = sessions.outsideHash(protocol, outside, port, remote, remotePort);
        int s = sessions.findOutside(hash, protocol, outside, port, remote, remotePort);
        while (s != 0 && !store.check(s)) {
            s = sessions.findOutside(hash, protocol, outside, port, remote, remotePort);
        }
        return s;
    }

    private int in(ShareState share, Packet p, boolean hairpin) {
        if (p.error) {
            boolean answers = hairpin || errors.quotedSession(share, p) != 0;
            ShareState from = answers ? null : shares.byInside(4, 0, p.low(true));
            return from == null ? errors.toInside(share, p) : hairpin(from, share, p);
        }
        int protocol = p.protocol();
        if (p.needsTransport() && p.headers.transport == 0) {
            return refuser.drop(Count.TRANSLATE_TRUNCATED);
        }
        boolean icmp = protocol == IpProtocol.ICMP;
        if (icmp && !isReply(p.icmpType())) {
            return turned(share, p, hairpin, Refusal.NO_MAPPING);
        }
        if (!SessionStore.hasPorts(protocol) && !isTaken(share, protocol)) {
            return turned(share, p, hairpin, Refusal.PROTOCOL);
        }
        int s = findOutside(p);
        if (s == 0) {
            ShareState from = hairpin ? null : shares.byInside(4, 0, p.low(true));
            if (from != null) {
                return hairpin(from, share, p);
            }
            int m = icmp ? 0 : mapping(p);
            Refusal why = m == 0 ? Refusal.NO_MAPPING : filter(share, m, p);
            if (why != null) {
                return refuser.drop(share, why);
            }
            int possible = share.hasIpv6Hosts ? nat64.check(p) : Verdict.PASS;
            if (possible != Verdict.PASS) {
                return possible;
            }
            s = store.begin(share, m, p.address(true), remotePort(p), 0);
            if (s == 0) {
                return refuser.drop(share, store.refusal());
            }
        }
        int octets = p.frame.length;
        if (share.hasIpv6Hosts) {
            int crossed = nat64.toInside(share, p, sessions.inside(s), sessions.insidePort(s));
            if (crossed != Verdict.PASS) {
                return crossed;
            }
        } else {
            p.endpoint(false, sessions.inside(s), sessions.insidePort(s));
        }
        track(share, s, p, octets, false);
        clamp(share, p);
        return Verdict.PASS;
    }

    /**
     * False if a packet to an outside address will surely be dropped, whatever becomes of its family: nobody is told of an MTU then. Of fragments
     * without ports it is not known.
     */
    boolean letsIn(ShareState share, Packet p) {
        boolean query = p.protocol() == IpProtocol.ICMP;
        if (p.error || (p.needsTransport() && p.headers.transport == 0)) {
            return p.error || p.headers.fragment;
        }
        boolean hairpin = shares.byInside(4, 0, p.low(true)) != null;
        boolean taken =
                query ? isReply(p.icmpType()) : SessionStore.hasPorts(p.protocol()) || isTaken(share, p.protocol());
        if (isLand(share, p, false) || !(taken || hairpin)) {
            return false;
        }
        if (taken && findOutside(p) != 0) {
            return true;
        }
        int m = mapping(p);
        return m != 0 && (hairpin || (!query && filter(share, m, p) == null));
    }

    /** The session of a packet from outside; 0 if there is none. */
    private int findOutside(Packet p) {
        return findOutside(p.protocol(), p.address(false), outsidePort(p), p.address(true), remotePort(p));
    }

    /** The mapping of a packet from outside; 0 if there is none. */
    private int mapping(Packet p) {
        return store.mappingOf(p.protocol(), p.address(false), outsidePort(p));
    }

    /** To which a packet from outside is; of ICMP the query's identifier. */
    private static int outsidePort(Packet p) {
        return p.protocol() == IpProtocol.ICMP ? p.icmpId() : SessionStore.hasPorts(p.protocol()) ? p.port(false) : 0;
    }

    /** From which a packet from outside is; 0 of ICMP. */
    private static int remotePort(Packet p) {
        return p.protocol() != IpProtocol.ICMP && SessionStore.hasPorts(p.protocol()) ? p.port(true) : 0;
    }

    /** A packet that can begin nothing from outside, but may come from inside. */
    private int turned(ShareState share, Packet p, boolean hairpin, Refusal why) {
        ShareState from = hairpin ? null : shares.byInside(4, 0, p.low(true));
        return from == null ? refuser.drop(share, why) : hairpin(from, share, p);
    }

    /** An inside host speaks to an outside address: it is to be seen by its own one (RFC 4787, section 6). */
    int hairpin(ShareState from, ShareState to, Packet p) {
        if (from.kind != Kind.STATIC) {
            return toOutside(from, p); // which goes on to the inside
        }
        if (from.outside.length != 1) {
            return refuser.drop(to, Refusal.NOT_INSIDE);
        }
        Prefixes.rewrite(p, from.inside, from.outside[0], from.exempt, true);
        return toInside(to, p, true);
    }

    /** Null if a packet may begin a session with a mapping. */
    private Refusal filter(ShareState share, int m, Packet p) {
        int protocol = p.protocol();
        int remote = p.address(true);
        if (store.shareOf(m) != share || !store.lets(share, m, remote)) {
            return Refusal.FILTERED;
        }
        if (protocol == IpProtocol.TCP && !TcpState.opens(p.flags())) {
            return Refusal.NOT_A_SYN;
        }
        // Two outside ports lead to one inside one: to the inside, the remote would be the same twice.
        int s = findInside(share, protocol, store.insideOf(m), store.insidePortOf(m), remote, remotePort(p));
        return s != 0 ? Refusal.FILTERED : null;
    }

    /**
     * Notes what a packet that goes on says of its session.
     *
     * @param octets of its frame as it came
     */
    private void track(ShareState share, int s, Packet p, int octets, boolean fromInside) {
        sessions.count(s, octets, store.tick());
        int old = sessions.state(s);
        if (p.protocol() != IpProtocol.TCP) {
            int now = old | (fromInside ? INSIDE_SENT : OUTSIDE_SENT);
            if (now != old) {
                sessions.state(s, now);
            }
            return;
        }
        int now = TcpState.next(old, fromInside, p.flags());
        if (now != old) {
            sessions.state(s, now);
            if (now >= TcpState.CLOSED) {
                store.rearm(share, s);
            }
        }
    }

    private void clamp(ShareState share, Packet p) {
        int most = share.pool.mss();
        if (most > 0
                && p.protocol() == IpProtocol.TCP
                && (p.flags() & SYN) != 0
                && Endpoint.clamp(p.frame, p.headers, most)) {
            refuser.count(Count.TRANSLATE_MSS_CLAMPED);
        }
    }
}
