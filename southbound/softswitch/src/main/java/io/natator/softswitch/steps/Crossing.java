package io.natator.softswitch.steps;

import io.natator.softswitch.family.FamilyChange;
import io.natator.softswitch.family.NewAddresses;
import io.natator.softswitch.family.Outcome;

/** Packets that become ones of the other family, with what their senders are told if they cannot (RFC 7915). */
final class Crossing {
    /** What the next packet's addresses will be; to be told before each. */
    final NewAddresses to = new NewAddresses();

    private final FamilyChange change;
    private final Refuser refuser;

    Crossing(Refuser refuser, long seed) {
        this.refuser = refuser;
        change = new FamilyChange(seed);
    }

    /** Makes an IPv6 packet one of IPv4. Returns a {@link Verdict}. */
    int toIpv4(Packet p) {
        Outcome outcome = change.toIpv4(p.frame, p.headers, p.key, to);
        if (outcome == Outcome.FINE) {
            return crossed(p);
        }
        return refuser.drop(outcome.count());
    }

    /**
     * Makes an IPv4 packet one of IPv6. Returns a {@link Verdict}.
     *
     * @param mtu of the links to inside hosts
     */
    int toIpv6(Packet p, int mtu) {
        Outcome outcome = change.toIpv6(p.frame, p.headers, p.key, to);
        if (outcome == Outcome.FINE) {
            return crossed(p);
        }
        return refuser.drop(outcome.count());
    }

    private static int crossed(Packet p) {
        p.take(p.frame, p.headers, p.key, p.now);
        return Verdict.PASS;
    }
}
