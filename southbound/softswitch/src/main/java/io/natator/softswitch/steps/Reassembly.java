package io.natator.softswitch.steps;

import io.natator.packet.IpProtocol;
import io.natator.softswitch.count.Count;
import io.natator.softswitch.session.Fragments;

/**
 * Fragments of packets that are translated by their ports. Nothing is put together: later fragments are given the
 * addresses that the first one was given. Those that wait do so as they came.
 */
final class Reassembly {
    /** A first fragment of TCP that is shorter hides what filters look at (RFC 1858, section 3; RFC 3128). */
    private static final int SHORTEST_TCP = 20;

    private static final int SHORTEST = 8;
    /** In the place of an MTU: a first fragment of IPv6 that was exempt. */
    private static final int UNTOUCHED = -1;

    private final Fragments fragments;
    private final Refuser refuser;
    private final Nat64 nat64;
    private final FragmentHeader header = new FragmentHeader();

    Reassembly(Fragments fragments, Refuser refuser, Nat64 nat64) {
        this.fragments = fragments;
        this.refuser = refuser;
        this.nat64 = nat64;
    }

    /**
     * The datagram of a fragment that may go on. If {@link Fragments#state} is {@code KNOWN}, {@link #later} is all that it
     * takes.
     *
     * @param which tells shares and directions apart
     * @return the datagram, or −1 − {@link Verdict}
     */
    int enter(Packet p, int which, int tick) {
        if (!header.read(p)) {
            return dropped(Count.FRAGMENT_DROPPED);
        }
        int offset = header.offset;
        boolean tcp = header.protocol == IpProtocol.TCP;
        boolean tiny = offset == 0 ? header.payload < (tcp ? SHORTEST_TCP : SHORTEST) : tcp && offset == 1;
        if (tiny) {
            return dropped(Count.FRAGMENT_TINY);
        }
        int protocol = p.version() == 4 ? header.protocol : 0; // IPv6 has one space for all (RFC 8200, section 4.5)
        int d = fragments.datagram(
                which, p.high(true), p.low(true), p.high(false), p.low(false), protocol, header.id, tick);
        if (d == 0) {
            return dropped(Count.FRAGMENT_NO_ROOM);
        }
        if (fragments.state(d) == Fragments.BAD) {
            return dropped(Count.FRAGMENT_DROPPED);
        }
        if (!fragments.wasHeld(p.frame) && !fragments.covers(d, offset, header.payload, header.last)) {
            fragments.bad(d);
            return dropped(Count.FRAGMENT_OVERLAP);
        }
        if (offset == 0 || fragments.state(d) == Fragments.KNOWN) {
            return d;
        }
        if (!fragments.hold(d, p.frame)) {
            return dropped(Count.FRAGMENT_NO_ROOM);
        }
        refuser.count(Count.FRAGMENT_HELD);
        return -1 - Verdict.HELD;
    }

    private int dropped(Count why) {
        return -1 - refuser.drop(why);
    }

    /** Translates a later fragment as its first one. */
    int later(Packet p, int d) {
        int verdict = Verdict.PASS;
        if (p.version() == 4 && fragments.ipv6Mtu(d) == 0) {
            p.address(true, 0, fragments.source(d));
            p.address(false, 0, fragments.destination(d));
        } else if (fragments.ipv6Mtu(d) != UNTOUCHED) {
            verdict = nat64.later(p, fragments, d);
        }
        fragments.passed(d, p.frame);
        return verdict;
    }

    /** What became of the first fragment becomes of the others. */
    void first(Packet p, int d, int verdict) {
        if (verdict == Verdict.PASS) {
            boolean untouched = p.version() == 6 && p.ipv6Mtu == 0;
            int ipv6Mtu = untouched ? UNTOUCHED : p.ipv6Mtu;
            fragments.known(d, ipv6Mtu, p.high(true), p.low(true), p.high(false), p.low(false));
            fragments.passed(d, p.frame);
        } else {
            fragments.bad(d);
        }
    }
}
