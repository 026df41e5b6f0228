package io.natator.server.resource;

import io.natator.core.Event.Change;
import io.natator.model.intent.Neighbor;
import io.natator.model.validate.Stored;
import io.natator.model.validate.Validator;
import io.natator.model.validate.Violation;
import io.natator.v1.PeerGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The neighbours that name a peer group, as they are if the group is as given. */
final class Members {
    private final Resources all;
    private final Map<String, Optional<Neighbor>> values;
    private final List<Violation> violations = new ArrayList<>();

    /** @param id of {@code group} */
    Members(Resources all, String id, PeerGroup group) {
        this.all = all;
        String name = Kinds.PEER_GROUP.collection() + "/" + id;
        values = all.neighbors()
                .reread(
                        n -> n.getPeerGroup().equals(name),
                        g -> g.equals(id) ? Optional.of(group) : all.group(g),
                        violations);
    }

    /** What is wrong with them. */
    List<Violation> violations() {
        Stored stored = all.stored();
        values.forEach((id, value) -> value.ifPresent(n -> Validator.check(n, stored)
                .forEach(v -> violations.add(
                        new Violation(v.field(), "of neighbors/" + id + ", which inherits it: " + v.message())))));
        return violations;
    }

    /** Puts them in force. */
    List<Change> refresh() {
        List<Change> changes = new ArrayList<>();
        values.forEach(
                (id, value) -> value.ifPresent(n -> changes.add(all.neighbors().reread(id, n))));
        return changes;
    }
}
