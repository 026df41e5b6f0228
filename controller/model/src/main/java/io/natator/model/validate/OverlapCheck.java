package io.natator.model.validate;

import io.natator.model.intent.Announce;
import io.natator.model.intent.SharedInside;
import io.natator.model.intent.Translation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.onlab.packet.IpPrefix;

/** Checks that a translation's blocks are nobody else's. */
final class OverlapCheck {
    private final Translation candidate;
    private final List<Translation> others;
    private final Stored stored;
    private final List<Violation> violations = new ArrayList<>();

    /** @param others all other translations */
    OverlapCheck(Translation candidate, List<Translation> others, Stored stored) {
        this.candidate = candidate;
        this.others = others;
        this.stored = stored;
    }

    List<Violation> violations() {
        block("inside", candidate.inside());
        List<IpPrefix> outsides = candidate.outsides();
        for (int i = 0; i < outsides.size(); i++) {
            block(TranslationCheck.outsideField(i), outsides.get(i));
        }
        sharedHosts();
        return List.copyOf(violations);
    }

    private void block(String field, IpPrefix block) {
        for (Translation other : others) {
            List<String> common = commonDevices(other);
            if (common.isEmpty()) {
                conflict(field, block, other);
                continue;
            }
            boolean nested = SharedInside.overlap(candidate, other) || EmbeddingCheck.nested(candidate, other);
            if (!(field.equals("inside") && nested)) {
                overlap(field, block, "inside", other.inside(), other, common.getFirst());
            }
            other.outsides().forEach(o -> overlap(field, block, "outside", o, other, common.getFirst()));
            other.embedding().ifPresent(e -> overlap(field, block, "pref64", e.pref64(), other, common.getFirst()));
        }
    }

    /** Hosts may have several outside addresses where somebody remembers which flow came to which. */
    private void sharedHosts() {
        List<Translation> sharing = others.stream()
                .filter(o ->
                        SharedInside.overlap(candidate, o) && !commonDevices(o).isEmpty())
                .toList();
        for (Translation other : sharing) {
            List<String> obstacles = commonDevices(other).stream()
                    .filter(stored.devices()::containsKey)
                    .map(stored.devices()::get)
                    .flatMap(d ->
                            SharedHosts.obstacle(
                                    d, Optional.ofNullable(stored.capabilities().get(d.id())))
                                    .stream())
                    .map(Violation::message)
                    .toList();
            if (obstacles.isEmpty()) {
                violations.addAll(SharedHosts.violations(candidate, other));
            } else {
                add(
                        "inside",
                        candidate.inside() + " overlaps inside " + other.inside() + " of translations/" + other.id()
                                + ": " + obstacles.getFirst() + ", or choose disjoint blocks");
            }
        }
        Stream.concat(Stream.of(candidate), sharing.stream())
                .map(t -> 1
                        + sharing.stream()
                                .filter(o -> o.inside().contains(t.inside()))
                                .count())
                .filter(n -> n > SharedInside.MOST)
                .findFirst()
                .ifPresent(
                        _ -> add(
                                "inside",
                                candidate.inside() + " would give hosts more than " + SharedInside.MOST
                                        + " outside addresses: choose a disjoint block, or delete a translation of these hosts"));
    }

    /** An address is announced for one translation: neighbours could not tell which of two is meant. */
    private void conflict(String field, IpPrefix block, Translation other) {
        if (field.equals("inside") || !isAnnounced(candidate) || !isAnnounced(other)) {
            return;
        }
        Optional<IpPrefix> same =
                other.outsides().stream().filter(o -> Blocks.overlap(block, o)).findFirst();
        if (same.isPresent()) {
            add(
                    field,
                    block + " overlaps outside " + same.get() + " of translations/" + other.id()
                            + ", and both are announced: name the devices of both in one translation, choose disjoint"
                            + " blocks, or set announce.routes of one to NONE");
        }
    }

    private static boolean isAnnounced(Translation translation) {
        return translation.announce().routes() != Announce.Routes.NONE;
    }

    private void overlap(
            String field, IpPrefix block, String otherField, IpPrefix otherBlock, Translation other, String device) {
        if (Blocks.overlap(block, otherBlock)) {
            add(
                    field,
                    block + " overlaps " + otherField + " " + otherBlock + " of translations/" + other.id()
                            + ", also on devices/" + device
                            + ": an address has one meaning on a device; choose disjoint blocks or another device");
        }
    }

    private List<String> commonDevices(Translation other) {
        return candidate.devices().stream()
                .filter(other.devices()::contains)
                .distinct()
                .toList();
    }

    private void add(String field, String message) {
        violations.add(new Violation(field, message));
    }
}
