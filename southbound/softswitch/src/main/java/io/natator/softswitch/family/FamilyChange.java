package io.natator.softswitch.family;

import static io.natator.softswitch.frame.Memory.put16;
import static io.natator.softswitch.frame.Memory.u16;

import io.natator.packet.EtherType;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Headers;
import io.natator.softswitch.frame.Memory;
import io.natator.softswitch.frame.Parser;

/**
 * Makes packets ones of the other family, where they lie; frame, headers and key stay one. Hop limits stay as they are. One thread.
 */
public final class FamilyChange {
    private static final int MACS = 12;
    private static final int TAG = 4;

    private final ToIpv6 toIpv6 = new ToIpv6();
    private final ToIpv4 toIpv4;

    /** @param seed of identifications: nobody outside should be able to guess it */
    public FamilyChange(long seed) {
        toIpv4 = new ToIpv4(new Identifications(seed));
    }

    /**
     * Makes an IPv4 packet one of IPv6.
     *
     * @param to all addresses that it is to have
     */
    public Outcome toIpv6(Frame frame, Headers h, long[] key, NewAddresses to) {
        return toIpv6(frame, h, key, to, 0);
    }

    /**
     * As {@link #toIpv6(Frame, Headers, long[], NewAddresses)}.
     *
     * @param icmpLength of a fragment of an ICMP message that was cut by who asks: octets of all of the message; else 0
     */
    public Outcome toIpv6(Frame frame, Headers h, long[] key, NewAddresses to, int icmpLength) {
        return parsed(toIpv6.change(frame, h, to, icmpLength), frame, h, key);
    }

    /**
     * Whether an IPv6 packet can become one of IPv4, whatever addresses it gets; it stays as it is. Of an ICMP error, what it quotes is not looked at.
     */
    public Outcome checkToIpv4(Frame frame, Headers h) {
        return toIpv4.check(frame, h);
    }

    /** As {@link #checkToIpv4}, of an IPv4 packet. */
    public Outcome checkToIpv6(Frame frame, Headers h, int icmpLength) {
        return toIpv6.check(frame, h, icmpLength);
    }

    /** Octets from the IPv6 header to the one that says the segments left, after {@link Outcome#ROUTING_HEADER}. */
    public int segmentsLeft(Headers h) {
        return toIpv4.segmentsLeft() - h.ip;
    }

    /**
     * Makes an IPv6 packet one of IPv4.
     *
     * @param to all addresses that it is to have
     */
    public Outcome toIpv4(Frame frame, Headers h, long[] key, NewAddresses to) {
        return parsed(toIpv4.change(frame, h, to), frame, h, key);
    }

    private static Outcome parsed(Outcome outcome, Frame frame, Headers h, long[] key) {
        if (outcome == Outcome.FINE) {
            Parser.again(frame, h, key);
        }
        return outcome;
    }

    /** True if what the interface is to do can be done: not to fragments, and behind the headers that change. */
    static boolean offloadsAreSane(Frame frame, boolean fragment, int payload) {
        boolean partial = (frame.flags & Frame.NEEDS_CSUM) != 0;
        return !(partial && frame.csumStart < payload) && !(fragment && (partial || frame.gsoType != 0));
    }

    /**
     * Replaces the network header, of which {@code old} octets end where the payload begins, by {@code now} octets: what is before it moves,
     * what is behind it stays. What the interface is told follows.
     */
    static void resize(Frame frame, Headers h, int old, int now, int etherType) {
        int grow = now - old;
        grow(frame, h, grow, etherType);
        if ((frame.flags & Frame.NEEDS_CSUM) != 0) {
            frame.csumStart += grow;
        }
        if (frame.gsoType != 0) {
            frame.headerLength = Math.max(0, frame.headerLength + grow);
            frame.gsoType = gso(frame.gsoType, etherType);
        }
    }

    /** Moves what is before the network header so that there are so many octets more behind it. Padding behind the packet is cut off. */
    static void grow(Frame frame, Headers h, int grow, int etherType) {
        frame.tailroom += frame.length - h.ipEnd;
        frame.length = h.ipEnd + grow;
        Memory.copy(frame.address, frame.address - grow, h.ip);
        frame.address -= grow;
        frame.headroom -= grow;
        put16(frame.address + h.type, etherType);
        int length = MACS + h.tags * TAG;
        if (h.type != length) { // SNAP: an IEEE 802.3 frame says how long it is
            put16(frame.address + length, u16(frame.address + length) + grow);
        }
    }

    private static int gso(int type, int etherType) {
        boolean tcp = (type & ~Frame.GSO_ECN) == Frame.GSO_TCPV4 || (type & ~Frame.GSO_ECN) == Frame.GSO_TCPV6;
        int now = etherType == EtherType.IPV4 ? Frame.GSO_TCPV4 : Frame.GSO_TCPV6;
        return tcp ? now | (type & Frame.GSO_ECN) : type;
    }
}
