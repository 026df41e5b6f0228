package io.natator.hostroute;

import java.util.Comparator;

/** A block announced by an offer. */
record Route(Block block, Offer offer) {
    /** By address, larger blocks first, then by offer. */
    static final Comparator<Route> ORDER = Comparator.comparing(Route::block).thenComparing(Route::offer, Offer.ORDER);
}
