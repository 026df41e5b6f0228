package io.natator.nat;

import io.natator.model.rule.Match;
import java.util.List;

/**
 * Messages that quote the packet that they are about: destination unreachable, source quench, redirect, time exceeded,
 * parameter problem (RFC 792); destination unreachable, packet too big, time exceeded, parameter problem (RFC 4443).
 */
final class IcmpErrors {
    private static final List<Integer> IPV4 = List.of(3, 4, 5, 11, 12);
    private static final List<Integer> IPV6 = List.of(1, 2, 3, 4);

    private IcmpErrors() {}

    /** {@code match}, which asks for no protocol yet, of each type. */
    static List<Match> of(boolean ipv4, Match match) {
        return ipv4
                ? IPV4.stream().map(match::icmpv4).toList()
                : IPV6.stream().map(match::icmpv6).toList();
    }
}
