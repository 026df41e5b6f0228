package io.natator.softswitch.steps;

import io.natator.softswitch.session.Block;

/**
 * STATIC: addresses keep their host part, {@code new = new-net | (old & ~mask)}. Of an ICMP error, what it quotes went the
 * other way, and is given the addresses that it had there (RFC 5508, section 4): the side that is translated is the
 * destination of the one where it is the source of the other.
 */
final class Prefixes {
    private Prefixes() {}

    /**
     * Rewrites one side of a packet that is to go on.
     *
     * @param source the translated side: true towards the outside
     */
    static void rewrite(Packet p, Block from, Block to, Block[] exempt, boolean source) {
        boolean quoted = p.quotes && from.holds(p.quote.high(!source), p.quote.address(!source));
        if (quoted
                ? Block.anyHolds(exempt, p.quote.high(source), p.quote.address(source))
                : isExempt(p, exempt, source)) {
            return;
        }
        if (quoted) {
            long high = p.quote.high(!source);
            long low = p.quote.address(!source);
            p.quote.address(!source, to.placeHigh(high), to.placeLow(low));
        }
        long high = p.high(source);
        long low = p.low(source);
        if (from.holds(high, low)) {
            p.address(source, to.placeHigh(high), to.placeLow(low));
        }
    }

    /** True if the party that is not translated is one to which hosts speak untranslated. */
    static boolean isExempt(Packet p, Block[] exempt, boolean source) {
        return Block.anyHolds(exempt, p.high(!source), p.low(!source));
    }
}
