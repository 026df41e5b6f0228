package io.natator.softswitch.steps;

import static io.natator.softswitch.frame.Memory.u16;
import static io.natator.softswitch.frame.Memory.u8;

import io.natator.packet.IpProtocol;
import io.natator.packet.Ipv4;
import io.natator.packet.Ipv6;
import io.natator.softswitch.count.Count;
import io.natator.softswitch.family.Upper;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Headers;
import io.natator.softswitch.session.Pieces;
import io.natator.softswitch.session.ShareState;
import io.natator.softswitch.session.Shares;

/**
 * What becomes of IPv4 packets that would be too long as IPv6 ones for the links to inside hosts (RFC 7915, section 4): senders that find
 * out the MTU are told; packets that routers may fragment are cut, and their pieces come again as if they came in only now.
 */
final class Fit {
    /** ICMP destination unreachable: fragmentation needed. */
    private static final int FRAGMENTATION_NEEDED = 3 << 8 | 4;

    /** ICMPv6 (RFC 4443, section 3.2). */
    private static final int PACKET_TOO_BIG = 2 << 8;

    /** What {@link #told} says of packets that fit, and of those that are to be cut. */
    static final int FITS = 0;

    static final int CUT = -1;

    private static final int DF = 0x4000;
    private static final int MF = 0x2000;
    private static final int OFFSET = 0x1FFF;
    private static final int FRAGMENT = 8;
    private static final int UDP_HEADER = 8;

    private final Shares shares;
    private final Refuser refuser;
    private final Pieces pieces;

    Fit(Shares shares, Refuser refuser, Pieces pieces) {
        this.shares = shares;
        this.refuser = refuser;
        this.pieces = pieces;
    }

    /**
     * Looks at a packet from inside that may be for an IPv6 host of NAT64: it must fit there before anything of it is changed, lest who
     * is told is not who sent it.
     *
     * @param share whose inside it is from
     */
    int hairpin(ShareState share, Packet p) {
        int mtu = hairpinMtu(share, p);
        return mtu == 0 ? Verdict.PASS : check(p, mtu);
    }

    /** The MTU of {@link #hairpin}; 0 if the packet is for no such host. */
    int hairpinMtu(ShareState share, Packet p) {
        int remote = p.address(false);
        ShareState next = shares.byOutside(remote);
        return next == null || !next.hasIpv6Hosts || share.isExempt(remote) ? 0 : next.ipv6Mtu;
    }

    /**
     * Looks at a packet that is to arrive as one of IPv6.
     *
     * @param mtu octets of the largest IPv6 packet
     * @return {@link Verdict#PASS} if it fits, or is made to
     */
    int check(Packet p, int mtu) {
        int told = told(p, mtu);
        if (told == FITS) {
            return Verdict.PASS;
        }
        if (told != CUT) {
            return refuser.tell(p, Count.CROSS_TOO_BIG, p.version() == 4 ? FRAGMENTATION_NEEDED : PACKET_TOO_BIG, told);
        }
        Frame frame = p.frame;
        int most = mtu - Ipv6.HEADER - FRAGMENT & ~7;
        return frame.gsoType != 0 ? smaller(frame, p.headers, mtu, most) : cut(frame, p.headers, most);
    }

    /**
     * Looks at a packet that is to arrive as one of IPv6, and changes nothing.
     *
     * @return {@link #FITS}, {@link #CUT}, or the MTU that its sender is to be told
     */
    static int told(Packet p, int mtu) {
        Frame frame = p.frame;
        Headers h = p.headers;
        if (p.version() == 6) {
            return h.ipEnd - h.ip <= mtu || p.error || frame.gsoType != 0 ? FITS : mtu;
        }
        long ip = frame.address + h.ip;
        int header = (u8(ip) & 15) * 4;
        int part = u16(ip + 6);
        boolean fragment = (part & (MF | OFFSET)) != 0;
        int more = fragment ? Ipv6.HEADER + FRAGMENT : Ipv6.HEADER;
        int payload = frame.gsoType == 0 ? h.ipEnd - h.ip - header : segment(frame, h);
        if (payload + more <= mtu || p.error || (fragment && p.protocol() == IpProtocol.ICMP)) {
            return FITS; // errors are cut short, fragments of ICMP refused
        }
        return (part & DF) != 0 ? mtu - more + Ipv4.HEADER : CUT;
    }

    /** Octets behind the IP header of each packet that the interface will make. */
    private static int segment(Frame frame, Headers h) {
        return frame.gsoType == Frame.GSO_UDP ? frame.gsoSize : transport(frame, h) + frame.gsoSize;
    }

    private static int transport(Frame frame, Headers h) {
        if (h.transport == 0) {
            return 0;
        }
        return h.protocol == IpProtocol.TCP ? (u8(frame.address + h.transport + 12) >>> 4) * 4 : UDP_HEADER;
    }

    /** What the interface cuts it cuts smaller; datagrams are no stream, and must stay as long as they are. */
    private int smaller(Frame frame, Headers h, int mtu, int most) {
        switch (frame.gsoType & ~Frame.GSO_ECN) {
            case Frame.GSO_TCPV4 -> frame.gsoSize = mtu - Ipv6.HEADER - transport(frame, h);
            case Frame.GSO_UDP -> frame.gsoSize = most;
            default -> {
                return refuser.drop(Count.CROSS_TOO_BIG);
            }
        }
        return Verdict.PASS;
    }

    private int cut(Frame frame, Headers h, int most) {
        if (!Upper.complete(frame, h)) {
            return refuser.drop(Count.CROSS_TOO_BIG);
        }
        if (!pieces.cut(frame, h, most)) {
            return refuser.drop(Count.FRAGMENT_NO_ROOM);
        }
        refuser.count(Count.CROSS_CUT);
        return Verdict.HELD;
    }
}
