package io.natator.softswitch.steps;

import io.natator.packet.IpProtocol;
import io.natator.softswitch.count.Count;
import io.natator.softswitch.frame.Memory;
import io.natator.softswitch.session.Fragments;

/**
 * IPv4 fragments of packets that are translated by their ports. Nothing is put together: later fragments are given the
 * addresses that the first one was given.
 */
final class Reassembly {
    private static final int OFFSET = 0x1FFF;
    private static final int MORE = 0x2000;
    /** A first fragment of TCP that is shorter hides what filters look at (RFC 1858, section 3; RFC 3128). */
    private static final int SHORTEST_TCP = 20;

    private static final int SHORTEST = 8;

    private final Fragments fragments;
    private final Refuser refuser;

    Reassembly(Fragments fragments, Refuser refuser) {
        this.fragments = fragments;
        this.refuser = refuser;
    }

    /**
     * The datagram of a fragment that may go on. If {@link Fragments#state} is {@code KNOWN}, {@link #later} is all that it
     * takes.
     *
     * @param which tells shares and directions apart
     * @return the datagram, or −1 − {@link Verdict}
     */
    int enter(Packet p, int which, int tick) {
        long ip = p.frame.address + p.headers.ip;
        int offset = Memory.u16(ip + 6) & OFFSET;
        int octets = p.headers.ipEnd - p.headers.ip - (Memory.u8(ip) & 15) * 4;
        boolean last = (Memory.u16(ip + 6) & MORE) == 0;
        boolean tcp = p.protocol() == IpProtocol.TCP;
        boolean tiny = offset == 0 ? octets < (tcp ? SHORTEST_TCP : SHORTEST) : tcp && offset == 1;
        if (tiny) {
            return dropped(Count.FRAGMENT_TINY);
        }
        int d = fragments.datagram(which, 0, p.low(true), 0, p.low(false), p.protocol(), Memory.u16(ip + 4), tick);
        if (d == 0) {
            return dropped(Count.FRAGMENT_NO_ROOM);
        }
        if (fragments.state(d) == Fragments.BAD) {
            return dropped(Count.FRAGMENT_DROPPED);
        }
        if (!fragments.wasHeld(p.frame) && !fragments.covers(d, offset, octets, last)) {
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
        p.address(true, 0, fragments.source(d) & 0xFFFF_FFFFL);
        p.address(false, 0, fragments.destination(d) & 0xFFFF_FFFFL);
        fragments.passed(d, p.frame);
        return Verdict.PASS;
    }

    /** What became of the first fragment becomes of the others. */
    void first(Packet p, int d, int verdict) {
        if (verdict == Verdict.PASS) {
            fragments.known(d, p.address(true), p.address(false));
            fragments.passed(d, p.frame);
        } else {
            fragments.bad(d);
        }
    }
}
