package io.natator.softswitch.steps;

import io.natator.softswitch.family.NewAddresses;
import io.natator.softswitch.session.Fragments;
import io.natator.softswitch.session.HostTable;
import io.natator.softswitch.session.Pref64;
import io.natator.softswitch.session.ShareState;

/**
 * NAT64: packets of sessions become ones of the other family. All that a session decides was decided before; what cannot be changed is
 * dropped as it was, and begins and refreshes none.
 */
final class Nat64 {
    private final Crossing crossing;
    private final HostTable hosts;
    private final NewAddresses to;

    Nat64(Crossing crossing, HostTable hosts) {
        this.crossing = crossing;
        this.hosts = hosts;
        to = crossing.to;
    }

    /** Whether a packet can change its family, before a session begins. Returns {@link Verdict#PASS}, or what becomes of it instead. */
    int check(Packet p) {
        return crossing.check(p);
    }

    /** An inside host's packet leaves with an outside address and port, or query identifier. */
    int toOutside(Packet p, int outside, int port) {
        ipv4(outside, p.address(false));
        int verdict = crossing.toIpv4(p);
        if (verdict == Verdict.PASS) {
            p.port(true, port);
        }
        return verdict;
    }

    /** A packet to an outside address and port goes to a host. */
    int toInside(ShareState share, Packet p, int host, int port) {
        ipv6(share.pref64, p.address(true), hosts.high(host), hosts.low(host));
        int verdict = toIpv6(share, p);
        if (verdict == Verdict.PASS) {
            p.port(false, port);
        }
        return verdict;
    }

    /** An error about what came to an outside address and port leaves, from a host or a router before it. */
    int errorToOutside(ShareState share, Packet p, int outside, int port) {
        to.ipv6Mtu(share.ipv6Mtu);
        ipv4(outside, p.address(false));
        to.quoted(true, 0, p.quoted(true));
        to.quoted(false, 0, outside & 0xFFFF_FFFFL);
        int verdict = crossing.toIpv4(p);
        if (verdict == Verdict.PASS && p.quotes) {
            p.quote.port(false, port);
        }
        return verdict;
    }

    /** An error about what left from an outside address and port goes to the host that sent it. */
    int errorToInside(ShareState share, Packet p, int host, int port) {
        int remote = (int) p.quoted(false);
        to.ipv6Mtu(share.ipv6Mtu);
        ipv6(share.pref64, p.address(true), hosts.high(host), hosts.low(host));
        to.quoted(true, hosts.high(host), hosts.low(host));
        to.quoted(false, share.pref64.high(remote), share.pref64.low(remote));
        int verdict = toIpv6(share, p);
        if (verdict == Verdict.PASS && p.quotes) {
            p.quote.port(true, port);
        }
        return verdict;
    }

    /**
     * Gives a later fragment the addresses and the family of its first one. Who hairpins from IPv6 to IPv6 was of IPv4 in between:
     * that shows in identifications, which must be the same.
     */
    int later(Packet p, Fragments fragments, int d) {
        if (p.version() == 6) {
            boolean stays = fragments.ipv6Mtu(d) == 0;
            ipv4(stays ? (int) fragments.source(d) : 0, stays ? (int) fragments.destination(d) : 0);
            int verdict = crossing.toIpv4(p);
            if (verdict != Verdict.PASS || stays) {
                return verdict;
            }
        }
        to.outer(true, fragments.sourceHigh(d), fragments.source(d));
        to.outer(false, fragments.destinationHigh(d), fragments.destination(d));
        return crossing.toIpv6(p, fragments.ipv6Mtu(d));
    }

    /** A probe leaves with the first address of the pool, or goes to the first host. */
    int probe(ShareState share, Packet p, boolean outward) {
        if (outward) {
            ipv4((int) share.outside[0].low, p.address(false));
            return crossing.toIpv4(p);
        }
        ipv6(share.pref64, p.address(true), share.inside.high, share.inside.low);
        return toIpv6(share, p);
    }

    private void ipv4(int source, int destination) {
        to.outer(true, 0, source & 0xFFFF_FFFFL);
        to.outer(false, 0, destination & 0xFFFF_FFFFL);
    }

    private void ipv6(Pref64 pref64, int source, long high, long low) {
        to.outer(true, pref64.high(source), pref64.low(source));
        to.outer(false, high, low);
    }

    private int toIpv6(ShareState share, Packet p) {
        int verdict = crossing.toIpv6(p, share.ipv6Mtu);
        p.ipv6Mtu = share.ipv6Mtu;
        return verdict;
    }
}
