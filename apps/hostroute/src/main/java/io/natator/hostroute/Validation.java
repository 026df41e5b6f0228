package io.natator.hostroute;

import io.natator.model.compile.Announcement;
import io.natator.model.compile.RoutePlanner.Origins;
import io.natator.model.compile.RoutePlanner.Refusal;
import io.natator.model.rpki.Validity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.onlab.packet.IpPrefix;

/** Route-origin validation of what would be announced (RFC 6811). */
final class Validation {
    private final Origins origins;

    Validation(Origins origins) {
        this.origins = origins;
    }

    /** True if all for whom it is meant may be told. */
    boolean allows(IpPrefix prefix, Offer offer) {
        return offer.force() || invalid(prefix, offer.neighbors()).isEmpty();
    }

    /** Adds {@code announcement}, or as much of it as may be told, to {@code announced}; the rest to {@code refused}. */
    void sort(Announcement announcement, boolean force, List<Announcement> announced, List<Refusal> refused) {
        Map<String, String> invalid = force ? Map.of() : invalid(announcement.prefix(), announcement.neighbors());
        if (invalid.isEmpty()) {
            announced.add(announcement);
            return;
        }
        List<String> refusing = List.copyOf(invalid.keySet());
        List<String> taking = meant(announcement.neighbors()).stream()
                .filter(n -> !invalid.containsKey(n))
                .toList();
        String reason = "route-origin validation (RFC 6811): " + invalid.get(refusing.getFirst())
                + "; change the ROA, or set announce.force of the translation";
        refused.add(new Refusal(announcement.to(refusing), reason));
        if (!taking.isEmpty()) {
            announced.add(announcement.to(taking));
        }
    }

    /** Why which neighbours may not be told. */
    private Map<String, String> invalid(IpPrefix prefix, List<String> neighbors) {
        if (origins.vrps().size() == 0) {
            return Map.of();
        }
        Map<Long, Optional<String>> byAs = new TreeMap<>();
        Map<String, String> invalid = new TreeMap<>();
        for (String neighbor : meant(neighbors)) {
            Long as = origins.localAs().get(neighbor);
            if (as != null) {
                byAs.computeIfAbsent(as, a -> why(prefix, a)).ifPresent(w -> invalid.put(neighbor, w));
            }
        }
        return invalid;
    }

    private Optional<String> why(IpPrefix prefix, long as) {
        return switch (origins.vrps().validate(prefix, as)) {
            case Validity.Invalid(String reason) -> Optional.of(reason);
            case Validity.Valid() -> Optional.empty();
            case Validity.NotFound() -> Optional.empty();
        };
    }

    private List<String> meant(List<String> neighbors) {
        return neighbors.isEmpty()
                ? origins.localAs().keySet().stream().sorted().toList()
                : neighbors;
    }
}
