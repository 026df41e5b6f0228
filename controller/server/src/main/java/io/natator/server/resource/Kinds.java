package io.natator.server.resource;

import io.natator.core.Event.Change;
import io.natator.model.intent.Device;
import io.natator.model.intent.Neighbor;
import io.natator.model.intent.PeerGroup;
import io.natator.model.intent.Translation;
import io.natator.model.validate.Stored;
import io.natator.model.validate.Validator;
import io.natator.server.convert.Devices;
import io.natator.server.convert.Neighbors;
import io.natator.server.convert.PeerGroups;
import io.natator.server.convert.Translations;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kinds of resource that users declare. */
final class Kinds {
    static final Kind<io.natator.v1.Device, Device> DEVICE = new Kind<>(
            "devices",
            "device",
            io.natator.v1.Device.getDefaultInstance(),
            Devices::complete,
            (id, message, _, violations) -> Devices.parse(id, message, violations),
            Validator::check,
            Change.DevicePut::new,
            Change.DeviceDeleted::new,
            Stored::devices,
            (id, stored) -> list(Stream.concat(
                    stored.devices().values().stream()
                            .filter(d -> d.ports().stream()
                                    .flatMap(p -> p.link().stream())
                                    .anyMatch(l -> l.device().equals(id)))
                            .map(d -> "devices/" + d.id()),
                    named(stored, t -> t.devices().contains(id)))));

    static final Kind<io.natator.v1.PeerGroup, PeerGroup> PEER_GROUP = new Kind<>(
            "peerGroups",
            "peer_group",
            io.natator.v1.PeerGroup.getDefaultInstance(),
            PeerGroups::complete,
            (id, message, _, violations) -> PeerGroups.parse(id, message, violations),
            Validator::check,
            Change.PeerGroupPut::new,
            Change.PeerGroupDeleted::new,
            Stored::groups,
            (id, stored) -> list(stored.neighbors().values().stream()
                    .filter(n -> n.group().filter(id::equals).isPresent())
                    .map(n -> "neighbors/" + n.id())));

    static final Kind<io.natator.v1.Neighbor, Neighbor> NEIGHBOR = new Kind<>(
            "neighbors",
            "neighbor",
            io.natator.v1.Neighbor.getDefaultInstance(),
            Neighbors::complete,
            Neighbors::parse,
            Validator::check,
            Change.NeighborPut::new,
            Change.NeighborDeleted::new,
            Stored::neighbors,
            (id, stored) -> namedBy(stored, t -> t.announce().neighbors().contains(id)));

    static final Kind<io.natator.v1.Translation, Translation> TRANSLATION = new Kind<>(
            "translations",
            "translation",
            io.natator.v1.Translation.getDefaultInstance(),
            Translations::complete,
            (id, message, _, violations) -> Translations.parse(id, message, violations),
            Validator::check,
            Change.TranslationPut::new,
            Change.TranslationDeleted::new,
            Stored::translations,
            (_, _) -> Optional.empty());

    /** In the order in which one may name another. */
    static final List<Kind<?, ?>> ALL = List.of(DEVICE, PEER_GROUP, NEIGHBOR, TRANSLATION);

    private Kinds() {}

    private static Optional<String> namedBy(Stored stored, Predicate<Translation> names) {
        return list(named(stored, names));
    }

    private static Stream<String> named(Stored stored, Predicate<Translation> names) {
        return stored.translations().values().stream().filter(names).map(t -> "translations/" + t.id());
    }

    private static Optional<String> list(Stream<String> names) {
        List<String> users = names.sorted().toList();
        if (users.isEmpty()) {
            return Optional.empty();
        }
        String more = users.size() > 3 ? " and " + (users.size() - 3) + " more" : "";
        return Optional.of(users.stream().limit(3).collect(Collectors.joining(", ")) + more);
    }
}
