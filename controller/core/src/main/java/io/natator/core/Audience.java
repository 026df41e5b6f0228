package io.natator.core;

import io.natator.core.status.AnnouncementStatus.Outcome;
import io.natator.core.status.AnnouncementStatus.Told;
import io.natator.model.compile.Announcement;
import io.natator.model.peering.AddressFamily;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.onlab.packet.IpPrefix;

/**
 * Who was told what of each route, asked route by route in the order in which they are announced. Most routes were told
 * to the same neighbours with the same outcome, and share one list.
 */
final class Audience {
    private record Common(List<String> neighbors, AddressFamily family, Set<String> shadowedFor) {}

    private final List<Hearing> hearings;
    private final boolean alike;
    private final Map<Common, List<Told>> shared = new HashMap<>();
    /** Neighbours for which a route of that prefix came before; the one of the prefix last asked for. */
    private final Map<IpPrefix, Set<String>> before = new HashMap<>();

    Audience(List<Hearing> hearings) {
        this.hearings = hearings;
        this.alike = hearings.stream().allMatch(h -> h.unsent().isEmpty());
    }

    /** @param refusing neighbours that are not told, and why */
    List<Told> told(Announcement announcement, Map<String, String> refusing) {
        Set<String> shadowedFor = Set.copyOf(before.getOrDefault(announcement.prefix(), Set.of()));
        List<Told> told = alike && refusing.isEmpty()
                ? shared.computeIfAbsent(
                        new Common(announcement.neighbors(), AddressFamily.of(announcement.prefix()), shadowedFor),
                        c -> outcomes(announcement, refusing, shadowedFor))
                : outcomes(announcement, refusing, shadowedFor);
        Set<String> heard = before.computeIfAbsent(announcement.prefix(), p -> new HashSet<>());
        told.stream().map(Told::neighbor).forEach(heard::add);
        return told;
    }

    private List<Told> outcomes(Announcement announcement, Map<String, String> refusing, Set<String> shadowedFor) {
        List<Told> told = new ArrayList<>();
        for (Hearing hearing : hearings) {
            String neighbor = hearing.neighbor();
            if (refusing.containsKey(neighbor)) {
                told.add(new Told(neighbor, Outcome.NOT_SENT, refusing.get(neighbor)));
            } else if (Hearing.isFor(announcement, neighbor)) {
                told.add(hearing.told(announcement, shadowedFor.contains(neighbor)));
            }
        }
        return List.copyOf(told);
    }

    /** Nobody is told, for {@code reason}. */
    List<Told> notTold(Announcement announcement, String reason) {
        return hearings.stream()
                .map(Hearing::neighbor)
                .filter(n -> Hearing.isFor(announcement, n))
                .map(n -> new Told(n, Outcome.NOT_SENT, reason))
                .toList();
    }
}
