package io.natator.softswitch.steps;

import io.natator.packet.IpProtocol;
import io.natator.softswitch.count.Count;
import io.natator.softswitch.session.Block;
import io.natator.softswitch.session.Fragments;
import io.natator.softswitch.session.SessionStore;
import io.natator.softswitch.session.SessionTable;
import io.natator.softswitch.session.ShareState;
import io.natator.softswitch.session.Shares;
import io.natator.softswitch.session.TcpState;

/**
 * STATIC shares whose hosts have several outside addresses: which flow came in by which share is remembered, and it answers
 * by the same one. A flow that is not known takes the share that the rule names; so do the packets of a flow for which there
 * is no room.
 */
final class Affinity {
    /** Datagrams of all affine shares are in one space of identifications. */
    private static final int AFFINE = -1;

    private final Shares shares;
    private final SessionStore store;
    private final SessionTable sessions;
    private final Fragments fragments;
    private final Refuser refuser;
    private final FragmentHeader header = new FragmentHeader();

    // The flow of the packet at hand, as the inside sees it.
    private int protocol;
    private long high;
    private long low;
    private int port;
    private long remoteHigh;
    private long remoteLow;
    private int remotePort;

    Affinity(Shares shares, SessionStore store, Fragments fragments, Refuser refuser) {
        this.shares = shares;
        this.store = store;
        this.sessions = store.sessions;
        this.fragments = fragments;
        this.refuser = refuser;
    }

    int toInside(ShareState share, Packet p) {
        boolean ours = share.outside[0].holds(p.high(false), p.low(false));
        boolean exempt = Block.anyHolds(share.exempt, p.high(true), p.low(true));
        Prefixes.rewrite(p, share.outside[0], share.inside, share.exempt, false);
        if (ours && !exempt && !p.error && flow(p, false)) {
            note(share, p);
        }
        return Verdict.PASS;
    }

    private void note(ShareState share, Packet p) {
        int s = find();
        if (s == 0) {
            int state = TcpState.next(TcpState.NONE, false, p.flags());
            s = store.note(share, protocol, high, low, port, remoteHigh, remoteLow, remotePort, state);
            if (s == 0) {
                refuser.count(Count.AFFINITY_LIMIT);
            }
            return;
        }
        if (sessions.share(s) != share.slot) {
            store.move(s, share); // the same remote speaks to another of the host's addresses
        }
        track(shares.get(sessions.share(s)), s, p, false);
    }

    /** The share by which a packet leaves. */
    ShareState by(ShareState named, Packet p) {
        int s = flow(p, true) ? find() : 0;
        return s == 0 ? named : shares.get(sessions.share(s));
    }

    int toOutside(ShareState named, Packet p) {
        int s = flow(p, true) ? find() : 0;
        ShareState share = s == 0 ? named : shares.get(sessions.share(s));
        if (s != 0 && !p.error) {
            track(share, s, p, true);
        }
        if (p.headers.fragment) {
            share = fragment(share, p);
        }
        Prefixes.rewrite(p, share.inside, share.outside[0], share.exempt, true);
        return Verdict.PASS;
    }

    /** Later fragments go by the share of the first one; if it did not come before them, by the named one. */
    private ShareState fragment(ShareState share, Packet p) {
        boolean _ = header.read(p);
        int d = fragments.datagram(
                AFFINE, p.high(true), p.low(true), p.high(false), p.low(false), 0, header.id, store.tick());
        if (d == 0) {
            refuser.count(Count.AFFINITY_LIMIT);
            return share;
        }
        if (!p.isLaterFragment()) {
            fragments.known(d, 0, 0, share.slot, 0, 0);
            return share;
        }
        ShareState first = fragments.state(d) == Fragments.KNOWN ? shares.get((int) fragments.source(d)) : null;
        return first != null && first.isThere ? first : share;
    }

    private void track(ShareState share, int s, Packet p, boolean fromInside) {
        sessions.lastSeen(s, store.tick());
        if (protocol != IpProtocol.TCP) {
            return;
        }
        int old = sessions.state(s);
        int now = TcpState.next(old, fromInside, p.flags());
        if (now == TcpState.NONE && fromInside && !TcpState.resets(p.flags())) {
            now = TcpState.ESTABLISHED; // it began before we looked, and both sides speak
        }
        if (now != old) {
            sessions.state(s, now);
            if (now >= TcpState.CLOSED) {
                store.rearm(share, s);
            }
        }
    }

    private int find() {
        long hash = sessions.flowHash(protocol, high, low, port, remoteHigh, remoteLow, remotePort);
        int s = sessions.findFlow(hash, protocol, high, low, port, remoteHigh, remoteLow, remotePort);
        while (s != 0 && !store.check(s)) {
            s = sessions.findFlow(hash, protocol, high, low, port, remoteHigh, remoteLow, remotePort);
        }
        return s;
    }

    /**
     * Reads the packet's flow, or that which an error quotes. False if it has none.
     *
     * @param source the inside's side
     */
    private boolean flow(Packet p, boolean source) {
        port = 0;
        remotePort = 0;
        if (p.isLaterFragment()) {
            return false;
        }
        if (p.error) {
            return p.quotes && quoted(p, !source);
        }
        protocol = p.protocol();
        high = p.high(source);
        low = p.low(source);
        remoteHigh = p.high(!source);
        remoteLow = p.low(!source);
        boolean echo = p.headers.transport != 0 && isEcho(p.icmpType());
        if (echo) {
            port = p.icmpId();
        } else if (p.headers.transport != 0 && (protocol == IpProtocol.TCP || protocol == IpProtocol.UDP)) {
            port = p.port(source);
            remotePort = p.port(!source);
        }
        return echo || port != 0 || remotePort != 0 || !p.needsTransport();
    }

    private boolean isEcho(int type) {
        return switch (protocol) {
            case IpProtocol.ICMP -> type == 0 || type == 8;
            case IpProtocol.ICMPV6 -> type == 128 || type == 129;
            default -> false;
        };
    }

    private boolean quoted(Packet p, boolean source) {
        protocol = p.quote.protocol();
        high = p.quote.high(source);
        low = p.quote.address(source);
        remoteHigh = p.quote.high(!source);
        remoteLow = p.quote.address(!source);
        boolean ports = protocol == IpProtocol.TCP || protocol == IpProtocol.UDP;
        boolean icmp = protocol == IpProtocol.ICMP || protocol == IpProtocol.ICMPV6;
        if (ports || icmp) {
            port = p.quote.port(source);
            remotePort = ports ? p.quote.port(!source) : 0;
        }
        return protocol >= 0 && port >= 0;
    }
}
