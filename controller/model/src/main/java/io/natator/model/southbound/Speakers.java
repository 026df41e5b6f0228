package io.natator.model.southbound;

import io.natator.model.compile.Announcement;
import io.natator.model.intent.Neighbor;
import io.natator.model.intent.PeerGroup;
import java.util.Collection;
import java.util.List;

/** The controller's way to its BGP neighbours, implemented by {@code southbound/bgp}. No call blocks. */
public interface Speakers {
    /** The complete set of neighbours; sessions of those that are unchanged are not disturbed. */
    void neighbors(Collection<Neighbor> neighbors);

    /**
     * The complete set of groups with {@link PeerGroup#dynamicPrefixes}. Who calls from there and is none of
     * {@link #neighbors} becomes the neighbour that {@link PeerGroup#dynamic} says, for as long as it stays connected; it
     * is reported as {@link NeighborEvent.Appeared}. Sessions of groups that are unchanged are not disturbed.
     */
    default void groups(Collection<PeerGroup> groups) {}

    /**
     * The complete set of what is announced; only differences are sent. Never resets a session. Of several
     * announcements of one prefix a neighbour is told, of those meant for it, the one with the lowest next hop that is
     * not draining, or, with ADD-PATH, all of them.
     *
     * <p>Before the first call neighbours are told nothing, and keep what a former life of this process told them; with
     * it they drop what is not in it (RFC 4724, End-of-RIB). So the first call waits until what was translated before
     * the restart is proved again, or given up.
     *
     * @param generation a number that grows with each call of this and {@link #change}, from 1 on;
     *     {@link NeighborEvent.Routes#complete} says who has been handed all of it
     */
    void announce(long generation, List<Announcement> announcements);

    /**
     * The same as {@link #announce} with the former set without {@code removed} and with {@code added}, but costs what
     * changes and not what there is. There must have been a set.
     *
     * @param generation as that of {@link #announce}
     */
    void change(long generation, Collection<Announcement> added, Collection<Announcement> removed);
}
