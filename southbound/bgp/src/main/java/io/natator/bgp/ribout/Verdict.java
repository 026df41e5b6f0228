package io.natator.bgp.ribout;

import java.util.List;

/** What becomes of a slot towards neighbours of equal terms: the number of its path, or one of these. */
final class Verdict {
    /** There is nothing to tell. */
    static final int NOTHING = 0;
    /** The export policy keeps it from them. */
    static final int FILTERED = -1;
    /** Its next hop is of a family that they do not expect. */
    static final int NEXT_HOP = -2;
    /** Its attributes leave no room for prefixes in an UPDATE. */
    static final int ATTRIBUTES = -3;
    /** They were told as many as they may be. */
    static final int CEILING = -4;

    /** Those that nobody asked for. */
    static final List<Integer> HELD_BACK = List.of(NEXT_HOP, ATTRIBUTES, CEILING);

    /** How many verdicts there are that are no path. */
    static final int COUNT = 5;

    private Verdict() {}

    static boolean isTold(int verdict) {
        return verdict > 0;
    }

    /** Why what is announced is not told, in words. */
    static String kind(int verdict, Terms terms) {
        String family = terms.family().label();
        return switch (verdict) {
            case FILTERED -> "the neighbour's export policy does not allow it";
            case NEXT_HOP -> "the next hop is of another family than " + family;
            case ATTRIBUTES -> "the attributes do not fit into an UPDATE: use fewer communities";
            case CEILING ->
                "the neighbour may be told at most " + terms.policy().maxRoutes() + " routes of " + family;
            default -> throw new IllegalArgumentException("verdict " + verdict);
        };
    }
}
