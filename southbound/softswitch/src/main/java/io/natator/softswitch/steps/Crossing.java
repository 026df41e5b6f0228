package io.natator.softswitch.steps;

import io.natator.softswitch.family.FamilyChange;
import io.natator.softswitch.family.NewAddresses;
import io.natator.softswitch.family.Outcome;

/** Packets that become ones of the other family, with what their senders are told if they cannot (RFC 7915). */
final class Crossing {
    /** ICMP destination unreachable (RFC 7915, section 4.1). */
    private static final int SOURCE_ROUTE_FAILED = 3 << 8 | 5;
    /** ICMPv6 parameter problem (RFC 7915, section 5.1). */
    private static final int ERRONEOUS_HEADER_FIELD = 4 << 8;

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
        return outcome == Outcome.FINE ? crossed(p) : refused(p, outcome);
    }

    /**
     * Whether a packet can become one of the other family, before anything is made for it. Returns {@link Verdict#PASS}, with nothing done,
     * or what becomes of it instead.
     */
    int check(Packet p) {
        Outcome outcome = p.version() == 6
                ? change.checkToIpv4(p.frame, p.headers)
                : change.checkToIpv6(p.frame, p.headers, p.icmpLength);
        return outcome == Outcome.FINE ? Verdict.PASS : refused(p, outcome);
    }

    private int refused(Packet p, Outcome outcome) {
        return switch (outcome) {
            case ROUTING_HEADER ->
                refuser.tell(p, outcome.count(), ERRONEOUS_HEADER_FIELD, change.segmentsLeft(p.headers));
            case SOURCE_ROUTE -> refuser.tell(p, outcome.count(), SOURCE_ROUTE_FAILED, 0);
            default -> refuser.drop(outcome.count());
        };
    }

    /**
     * Makes an IPv4 packet one of IPv6. Returns a {@link Verdict}.
     *
     * @param mtu of the links to inside hosts
     */
    int toIpv6(Packet p, int mtu) {
        to.ipv6Mtu(mtu);
        Outcome outcome = change.toIpv6(p.frame, p.headers, p.key, to, p.icmpLength);
        return outcome == Outcome.FINE ? crossed(p) : refused(p, outcome);
    }

    private static int crossed(Packet p) {
        p.take(p.frame, p.headers, p.key, p.now);
        return Verdict.PASS;
    }
}
