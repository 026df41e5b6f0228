package io.natator.model.southbound;

import io.natator.model.compile.Announcement;
import io.natator.model.intent.Neighbor;
import java.util.Collection;
import java.util.List;

/** The controller's way to its BGP neighbours, implemented by {@code southbound/bgp}. No call blocks. */
public interface Speakers {
    /** The complete set of neighbours; sessions of those that are unchanged are not disturbed. */
    void neighbors(Collection<Neighbor> neighbors);

    /** The complete set of what is announced; only differences are sent. Never resets a session. */
    void announce(List<Announcement> announcements);
}
