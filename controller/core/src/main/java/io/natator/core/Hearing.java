package io.natator.core;

import io.natator.core.status.AnnouncementStatus.Outcome;
import io.natator.core.status.AnnouncementStatus.Told;
import io.natator.core.status.NeighborStatus;
import io.natator.model.compile.Announcement;
import io.natator.model.peering.AddressFamily;
import io.natator.model.southbound.NeighborEvent;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * What one neighbour has been told, as far as the numbers that its session reports allow to say; a value, so that nothing
 * is computed anew while it stays the same.
 *
 * @param down why there is no session, in words; empty if there is one
 * @param families that the session carries
 * @param addPath those of them of which all routes of a prefix are told
 * @param settled all that is meant for it was handed over
 * @param doubt why it probably filters what it is told; empty if nothing suggests that
 * @param unsent reasons, by route
 */
record Hearing(
        String neighbor,
        String down,
        Set<AddressFamily> families,
        Set<AddressFamily> addPath,
        boolean settled,
        String doubt,
        Map<Route, String> unsent) {
    private record Route(IpPrefix prefix, IpAddress nextHop) {}

    private static final String SHADOWED =
            "the neighbour is told another route of this prefix, and takes only one" + " (no ADD-PATH, RFC 7911)";

    /** @param generation of what is announced */
    static Hearing of(NeighborBook.Page page, long generation) {
        NeighborStatus status = page.status();
        String id = page.neighbor().id();
        if (!status.isUp()) {
            return new Hearing(id, down(page), Set.of(), Set.of(), false, "", Map.of());
        }
        Set<AddressFamily> families = EnumSet.noneOf(AddressFamily.class);
        Set<AddressFamily> addPath = EnumSet.noneOf(AddressFamily.class);
        for (AddressFamily family : AddressFamily.values()) {
            if (status.families().contains(family.label())) {
                families.add(family);
            }
            if (status.capabilities().contains("add-path " + family.label())) {
                addPath.add(family);
            }
        }
        Map<Route, String> unsent = new HashMap<>();
        for (NeighborEvent.Unsent.Reason reason : page.unsent().unsent()) {
            unsent.put(new Route(reason.prefix(), reason.nextHop()), reason.reason());
        }
        boolean settled = status.routes().complete() >= generation;
        return new Hearing(id, "", families, addPath, settled, status.doubt(page.neighbor()), unsent);
    }

    private static String down(NeighborBook.Page page) {
        return page.neighbor().peering().enabled()
                ? "no session: " + page.status().state()
                : "the session is shut down";
    }

    static boolean isFor(Announcement announcement, String neighbor) {
        return announcement.neighbors().isEmpty() || announcement.neighbors().contains(neighbor);
    }

    /** @param shadowed whether another announcement of the prefix, for this neighbour, comes before */
    Told told(Announcement announcement, boolean shadowed) {
        AddressFamily family = AddressFamily.of(announcement.prefix());
        String held = unsent.getOrDefault(new Route(announcement.prefix(), announcement.nextHop()), "");
        if (!down.isEmpty()) {
            return new Told(neighbor, Outcome.NOT_SENT, down);
        }
        if (!families.contains(family)) {
            return new Told(neighbor, Outcome.NOT_SENT, "the neighbour does not speak " + family.label());
        }
        if (!held.isEmpty()) {
            return new Told(neighbor, Outcome.NOT_SENT, held);
        }
        if (shadowed && !addPath.contains(family)) {
            return new Told(neighbor, Outcome.NOT_SENT, SHADOWED);
        }
        if (!settled) {
            return new Told(neighbor, Outcome.SENDING, "");
        }
        return new Told(neighbor, doubt.isEmpty() ? Outcome.SENT : Outcome.PROBABLY_FILTERED, doubt);
    }
}
