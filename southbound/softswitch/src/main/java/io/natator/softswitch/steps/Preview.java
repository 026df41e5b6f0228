package io.natator.softswitch.steps;

import io.natator.model.intent.Kind;
import io.natator.packet.IpProtocol;
import io.natator.softswitch.count.Count;
import io.natator.softswitch.count.Counts;
import io.natator.softswitch.session.Block;
import io.natator.softswitch.session.Refusal;
import io.natator.softswitch.session.SessionLog;
import io.natator.softswitch.session.SessionStore;
import io.natator.softswitch.session.SessionTable;
import io.natator.softswitch.session.ShareState;
import io.natator.softswitch.session.Shares;
import io.natator.softswitch.session.TcpState;
import java.util.function.Consumer;
import org.onlab.packet.IpAddress;

/**
 * What a share would do to a packet, for people: nothing is made, refreshed or counted for it. Where something would be made,
 * the packet goes on with the first address and port that there are, as an example.
 */
final class Preview {
    private final Shares shares;
    private final SessionStore store;
    private final SessionTable sessions;
    private final Affinity affinity;
    /** Apart from the one that counts. */
    private final Counts counts = new Counts();

    private final Siit siit;
    private final Nat64 nat64;

    Preview(Shares shares, SessionStore store, Affinity affinity) {
        this.shares = shares;
        this.store = store;
        this.sessions = store.sessions;
        this.affinity = affinity;
        Refuser refuser = new Refuser(counts, SessionLog.NONE, 0);
        Crossing crossing = new Crossing(refuser, 0);
        siit = new Siit(shares, refuser, crossing);
        nat64 = new Nat64(crossing, store.hosts);
    }

    /** Returns {@link Verdict#PASS} or {@link Verdict#DROP}. */
    int translate(ShareState share, Packet p, boolean outward, Consumer<String> say) {
        if (share.kind == Kind.STATIC) {
            ShareState by = outward && share.share.affine() ? affinity.by(share, p) : share;
            say.accept(by == share ? "addresses keep their host part" : "the flow came in by " + name(by));
            Block from = outward ? by.inside : by.outside[0];
            Prefixes.rewrite(p, from, outward ? by.outside[0] : by.inside, by.exempt, outward);
            return Verdict.PASS;
        }
        if (share.kind == Kind.SIIT) {
            return stateless(share, p, outward, say);
        }
        if (p.error) {
            say.accept("an ICMP error goes as the session that it quotes: not followed further");
            return Verdict.DROP;
        }
        return outward ? out(share, p, say) : in(share, p, false, say);
    }

    /**
     * Tells of a packet that is too long what becomes of it instead.
     *
     * @param mtu octets of the largest IPv6 packet that the links to the host take
     */
    boolean fits(Packet p, int mtu, Consumer<String> say) {
        int told = Fit.told(p, mtu);
        if (told != Fit.FITS) {
            say.accept("too long for ipv6_mtu " + mtu + ": "
                    + (told == Fit.CUT
                            ? "it would be cut, and its pieces come in one after the other: not followed further"
                            : Unreachable.mayAnswer(p)
                                    ? "its sender would be told MTU " + told
                                    : "dropped, and nobody may be told"));
        }
        return told == Fit.FITS;
    }

    private int stateless(ShareState share, Packet p, boolean outward, Consumer<String> say) {
        int version = p.version();
        for (Count count : Count.values()) {
            counts.set(count, 0);
        }
        int verdict = siit.translate(share, p, outward);
        for (Count count : Count.values()) {
            if (counts.get(count) != 0) {
                say.accept(count.label());
            }
        }
        say.accept(
                verdict != Verdict.PASS
                        ? "dropped"
                        : p.version() == version ? "untouched, or hairpinned" : "becomes IPv" + p.version());
        return verdict == Verdict.PASS ? Verdict.PASS : Verdict.DROP;
    }

    private static String name(ShareState share) {
        return "share " + share.share.id() + " of " + share.share.translation();
    }

    private static int dropped(Consumer<String> say, Refusal why) {
        say.accept(why.word() + ": dropped");
        return Verdict.DROP;
    }

    private static String text(int address, int port) {
        return IpAddress.valueOf(address) + ":" + port;
    }

    private int out(ShareState share, Packet p, Consumer<String> say) {
        if (share.isExempt(p.address(false))) {
            say.accept("exempt: untouched");
            return Verdict.PASS;
        }
        if (!share.isInside(p.high(true), p.low(true))) {
            return dropped(say, Refusal.NOT_INSIDE);
        }
        if (p.address(true) == p.address(false) && !share.hasIpv6Hosts) {
            return dropped(say, Refusal.LAND);
        }
        return share.kind == Kind.DYNAMIC ? bind(share, p, say) : map(share, p, say);
    }

    private int bind(ShareState share, Packet p, Consumer<String> say) {
        int s = sessions.findInside(
                sessions.insideHash(share.slot, 0, p.address(true), 0, 0, 0), share.slot, 0, p.address(true), 0, 0, 0);
        boolean bound = s != 0 && store.check(s);
        int outside = bound ? sessions.outside(s) : (int) share.outside[0].low;
        say.accept((bound ? "its binding is " : "a binding would be made, as of ") + IpAddress.valueOf(outside));
        p.address(true, 0, outside & 0xFFFF_FFFFL);
        return afterwards(p, say);
    }

    private int map(ShareState share, Packet p, Consumer<String> say) {
        if (p.needsTransport() && p.headers.transport == 0) {
            say.accept("a fragment goes as its first one: not followed further");
            return Verdict.DROP;
        }
        int protocol = p.protocol();
        int port = port(p, true);
        int remotePort = remotePort(p, false);
        long hash = sessions.insideHash(share.slot, protocol, p.address(true), port, p.address(false), remotePort);
        int s = sessions.findInside(hash, share.slot, protocol, p.address(true), port, p.address(false), remotePort);
        if (s != 0 && store.check(s)) {
            say.accept("its session is seen as " + text(sessions.outside(s), sessions.outsidePort(s)));
            return leaves(share, p, sessions.outside(s), sessions.outsidePort(s), say);
        }
        if (protocol == IpProtocol.ICMP && !Napt.isQuery(p.icmpType())) {
            return dropped(say, Refusal.NO_MAPPING);
        }
        if (!SessionStore.hasPorts(protocol) && !Napt.isTaken(share, protocol)) {
            return dropped(say, Refusal.PROTOCOL);
        }
        if (protocol == IpProtocol.TCP && !TcpState.opens(p.flags())) {
            return dropped(say, Refusal.NOT_A_SYN);
        }
        int m = store.knownMapping(share, protocol, p.address(true), port, p.address(false), remotePort);
        int outside = m == 0 ? (int) share.outside[0].low : store.outsideOf(m);
        int outsidePort =
                m != 0 ? store.outsidePortOf(m) : SessionStore.hasPorts(protocol) ? share.pool.firstPort() : 0;
        say.accept(
                (m == 0 ? "a mapping and a session would be made, as of " : "a session would be made by the mapping ")
                        + text(outside, outsidePort));
        return leaves(share, p, outside, outsidePort, say);
    }

    private int leaves(ShareState share, Packet p, int outside, int port, Consumer<String> say) {
        if (!share.hasIpv6Hosts) {
            p.endpoint(true, outside, port);
        } else if (nat64.toOutside(p, outside, port) != Verdict.PASS) {
            return impossible(say);
        }
        return afterwards(p, say);
    }

    private int enters(ShareState share, Packet p, int inside, int port, Consumer<String> say) {
        if (!share.hasIpv6Hosts) {
            p.endpoint(false, inside, port);
        } else if (nat64.toInside(share, p, inside, port) != Verdict.PASS) {
            return impossible(say);
        }
        return Verdict.PASS;
    }

    private static int impossible(Consumer<String> say) {
        say.accept("cannot become a packet of the other IP version: dropped");
        return Verdict.DROP;
    }

    private String text(ShareState share, int inside, int port) {
        return store.insideAddress(share, inside) + (share.hasIpv6Hosts ? " port " : ":") + port;
    }

    private static int port(Packet p, boolean source) {
        return p.protocol() == IpProtocol.ICMP ? p.icmpId() : remotePort(p, source);
    }

    private static int remotePort(Packet p, boolean source) {
        boolean ports = p.protocol() == IpProtocol.TCP || p.protocol() == IpProtocol.UDP;
        return ports ? p.port(source) : 0;
    }

    private int afterwards(Packet p, Consumer<String> say) {
        ShareState next = shares.byOutside(p.address(false));
        if (next == null) {
            return Verdict.PASS;
        }
        say.accept("its destination is an outside address of " + name(next));
        return in(next, p, true, say);
    }

    private int in(ShareState share, Packet p, boolean hairpin, Consumer<String> say) {
        if (!hairpin && share.isExempt(p.address(true))) {
            say.accept("exempt: untouched");
            return Verdict.PASS;
        }
        if (Napt.isLand(share, p, hairpin)) {
            return dropped(say, Refusal.LAND);
        }
        ShareState from = hairpin ? null : shares.byInside(4, 0, p.low(true));
        if (from != null && (share.kind == Kind.DYNAMIC || outsideSession(p) == 0)) {
            say.accept("its source is inside of " + name(from));
            if (from.kind != Kind.STATIC) {
                return out(from, p, say);
            }
            Prefixes.rewrite(p, from.inside, from.outside[0], from.exempt, true);
            return in(share, p, true, say);
        }
        return share.kind == Kind.DYNAMIC ? bound(p, say) : mapped(share, p, say);
    }

    /** The session of a packet to an outside address; 0 if there is none, or it begins one. */
    private int outsideSession(Packet p) {
        int protocol = p.protocol();
        boolean fragment = p.needsTransport() && p.headers.transport == 0;
        if (fragment || (protocol == IpProtocol.ICMP && !Napt.isReply(p.icmpType()))) {
            return 0;
        }
        int port = port(p, false);
        int remotePort = remotePort(p, true);
        long hash = sessions.outsideHash(protocol, p.address(false), port, p.address(true), remotePort);
        int s = sessions.findOutside(hash, protocol, p.address(false), port, p.address(true), remotePort);
        return s != 0 && store.check(s) ? s : 0;
    }

    private int bound(Packet p, Consumer<String> say) {
        int outside = p.address(false);
        int s = sessions.findOutside(sessions.outsideHash(0, outside, 0, 0, 0), 0, outside, 0, 0, 0);
        if (s == 0 || !store.check(s)) {
            return dropped(say, Refusal.NO_MAPPING);
        }
        say.accept("it is the binding of " + IpAddress.valueOf(sessions.inside(s)));
        p.address(false, 0, sessions.inside(s) & 0xFFFF_FFFFL);
        return Verdict.PASS;
    }

    private int mapped(ShareState share, Packet p, Consumer<String> say) {
        if (p.needsTransport() && p.headers.transport == 0) {
            say.accept("a fragment goes as its first one: not followed further");
            return Verdict.DROP;
        }
        int protocol = p.protocol();
        int s = outsideSession(p);
        if (s != 0) {
            say.accept("its session is of " + text(share, sessions.inside(s), sessions.insidePort(s)));
            return enters(share, p, sessions.inside(s), sessions.insidePort(s), say);
        }
        int m = protocol == IpProtocol.ICMP ? 0 : store.mappingOf(protocol, p.address(false), port(p, false));
        if (m == 0) {
            return dropped(say, Refusal.NO_MAPPING);
        }
        if (store.shareOf(m) != share || !store.lets(share, m, p.address(true))) {
            return dropped(say, Refusal.FILTERED);
        }
        if (protocol == IpProtocol.TCP && !TcpState.opens(p.flags())) {
            return dropped(say, Refusal.NOT_A_SYN);
        }
        say.accept(
                "a session would be made by the mapping of " + text(share, store.insideOf(m), store.insidePortOf(m)));
        return enters(share, p, store.insideOf(m), store.insidePortOf(m), say);
    }
}
