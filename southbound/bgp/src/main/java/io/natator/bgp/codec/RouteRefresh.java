package io.natator.bgp.codec;

/**
 * ROUTE-REFRESH (RFC 2918): the neighbour wants everything of a family again; or, from one who sends it again, the marks
 * around it (RFC 7313).
 *
 * @param afi address family as sent; the decoder leaves it to the receiver to ignore unknown ones
 * @param subtype {@link #REQUEST}, {@link #BEGIN} or {@link #END}; others are to be ignored
 */
public record RouteRefresh(int afi, int subtype, int safi) implements Message {
    public static final int REQUEST = 0;
    /** BoRR. */
    public static final int BEGIN = 1;
    /** EoRR. */
    public static final int END = 2;
}
