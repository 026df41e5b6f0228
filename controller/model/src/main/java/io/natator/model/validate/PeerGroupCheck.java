package io.natator.model.validate;

import io.natator.model.intent.PeerGroup;
import io.natator.model.intent.Translation;
import java.util.ArrayList;
import java.util.List;
import org.onlab.packet.IpPrefix;

/** Checks one peer group. */
final class PeerGroupCheck {
    private static final int MOST_DYNAMIC = 10_000;
    // The id of a dynamic neighbour is that of its group, a hyphen, and an address of up to 39 characters.
    private static final int LONGEST_DYNAMIC_ID = 63 - 1 - 39;

    private final PeerGroup candidate;
    private final Stored stored;
    private final List<Violation> violations = new ArrayList<>();

    PeerGroupCheck(PeerGroup candidate, Stored stored) {
        this.candidate = candidate;
        this.stored = stored;
    }

    List<Violation> violations() {
        Texts.id("name", candidate.id()).or(violations);
        boolean dynamic = !candidate.dynamicPrefixes().isEmpty();
        if (dynamic && candidate.id().length() > LONGEST_DYNAMIC_ID) {
            add(
                    "name",
                    "is longer than " + LONGEST_DYNAMIC_ID + " characters, which those have that are followed by an"
                            + " address in the names of dynamic neighbours: choose a shorter one");
        }
        for (int i = 0; i < candidate.dynamicPrefixes().size(); i++) {
            prefix("dynamic_prefixes[" + i + "]", candidate.dynamicPrefixes().get(i));
        }
        if (candidate.maxDynamic() < 1 || candidate.maxDynamic() > MOST_DYNAMIC) {
            add("max_dynamic", candidate.maxDynamic() + " is out of range: write 1 to " + MOST_DYNAMIC);
        }
        PeeringCheck peering = new PeeringCheck(candidate.peering(), violations);
        if (dynamic || candidate.peering().localAs() != 0) {
            peering.as("local_as", candidate.peering().localAs());
        }
        if (dynamic || candidate.peering().peerAs() != 0) {
            peering.as("peer_as", candidate.peering().peerAs());
        }
        peering.check();
        return List.copyOf(violations);
    }

    private void prefix(String field, IpPrefix prefix) {
        for (PeerGroup other : stored.groups().values()) {
            if (!other.id().equals(candidate.id())) {
                other.dynamicPrefixes().stream()
                        .filter(p -> Blocks.overlap(p, prefix))
                        .findFirst()
                        .ifPresent(p -> add(
                                field,
                                prefix + " overlaps " + p + " of peerGroups/" + other.id()
                                        + ": whoever calls belongs to one group; choose disjoint prefixes"));
            }
        }
        for (Translation translation : stored.translations().values()) {
            translation.outsides().stream()
                    .filter(o -> Blocks.overlap(o, prefix))
                    .findFirst()
                    .ifPresent(o -> add(
                            field,
                            prefix + " overlaps outside " + o + " of translations/" + translation.id()
                                    + ", so neighbours would become unreachable: choose another prefix"));
        }
    }

    private void add(String field, String message) {
        violations.add(new Violation(field, message));
    }
}
