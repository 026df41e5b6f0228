package io.natator.softswitch.steps;

import io.natator.softswitch.count.Count;
import io.natator.softswitch.frame.Quote;
import io.natator.softswitch.session.AddressMapping;
import io.natator.softswitch.session.ShareState;
import io.natator.softswitch.session.Shares;

/**
 * SIIT: inside addresses by explicit mapping (RFC 7757), those of everybody else embedded in pref64 (RFC 6052). Of an ICMP error, what it
 * quotes went the other way, and gets the addresses that it had there.
 */
final class Siit {
    private final Shares shares;
    private final Refuser refuser;
    private final Crossing crossing;

    Siit(Shares shares, Refuser refuser, Crossing crossing) {
        this.shares = shares;
        this.refuser = refuser;
        this.crossing = crossing;
    }

    /** Translates a packet. Returns a {@link Verdict}. */
    int translate(ShareState share, Packet p, boolean outward) {
        return outward ? toOutside(share, p) : toInside(share, p);
    }

    private int toOutside(ShareState share, Packet p) {
        AddressMapping mapping = share.mapping;
        if (!share.pref64.holds(p.high(false), p.low(false))) {
            return refuser.drop(Count.CROSS_NOT_EMBEDDED);
        }
        int remote = share.pref64.ipv4(p.high(false), p.low(false));
        if (share.isExempt(remote)) {
            return Verdict.PASS;
        }
        if (!Unreachable.isHost(remote)) {
            return refuser.drop(Count.CROSS_ILLEGAL_ADDRESS);
        }
        long high = p.high(true);
        long low = p.low(true);
        if (p.error) {
            Quote quote = p.quote;
            int sender = p.quotes ? share.pref64.ipv4(quote.high(true), quote.address(true)) : 0;
            if (!p.quotes
                    || !mapping.holds(quote.high(false), quote.address(false))
                    || !share.pref64.holds(quote.high(true), quote.address(true))
                    || !Unreachable.isHost(sender)) {
                return refuser.drop(Count.CROSS_QUOTE);
            }
            crossing.to.quoted(true, 0, ipv4(sender));
            int host = mapping.toIpv4(quote.high(false), quote.address(false));
            crossing.to.quoted(false, 0, ipv4(host));
            if (!mapping.holds(high, low)) {
                // A router that has no IPv4 address: who was not reached tells it (docs/adr/0221).
                high = quote.high(false);
                low = quote.address(false);
            }
        }
        if (!mapping.holds(high, low)) {
            return refuser.drop(Count.TRANSLATE_NOT_INSIDE);
        }
        crossing.to.ipv6Mtu(share.ipv6Mtu);
        crossing.to.outer(true, 0, ipv4(mapping.toIpv4(high, low)));
        crossing.to.outer(false, 0, ipv4(remote));
        int verdict = crossing.toIpv4(p);
        if (verdict != Verdict.PASS) {
            return verdict;
        }
        ShareState next = shares.byMapping(remote);
        return next == null ? Verdict.PASS : toInside(next, p);
    }

    private int toInside(ShareState share, Packet p) {
        int remote = p.address(true);
        int host = p.address(false);
        if (share.isExempt(remote)) {
            return Verdict.PASS;
        }
        if (!share.mapping.holds(host)) {
            return refuser.drop(Count.TRANSLATE_NO_MAPPING);
        }
        if (!Unreachable.isHost(remote)) {
            return refuser.drop(Count.CROSS_ILLEGAL_ADDRESS);
        }
        if (remote == host) {
            return refuser.drop(Count.TRANSLATE_LAND);
        }
        if (p.error) {
            int sender = p.quotes ? (int) p.quoted(true) : 0;
            int receiver = p.quotes ? (int) p.quoted(false) : 0;
            if (!p.quotes || !share.mapping.holds(sender) || !Unreachable.isHost(receiver)) {
                return refuser.drop(Count.CROSS_QUOTE);
            }
            crossing.to.quoted(true, share.mapping.high(sender), share.mapping.low(sender));
            crossing.to.quoted(false, share.pref64.high(receiver), share.pref64.low(receiver));
        }
        crossing.to.outer(true, share.pref64.high(remote), share.pref64.low(remote));
        crossing.to.outer(false, share.mapping.high(host), share.mapping.low(host));
        return crossing.toIpv6(p, share.ipv6Mtu);
    }

    private static long ipv4(int address) {
        return address & 0xFFFF_FFFFL;
    }
}
