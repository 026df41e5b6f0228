package io.natator.server.resource;

import io.natator.core.Event.Change;
import io.natator.model.intent.Device;
import io.natator.model.intent.Neighbor;
import io.natator.model.intent.PeerGroup;
import io.natator.model.intent.Translation;
import io.natator.model.validate.Stored;
import io.natator.model.validate.Validator;
import io.natator.model.validate.Violation;
import io.natator.server.convert.Devices;
import io.natator.server.convert.Neighbors;
import io.natator.server.convert.PeerGroups;
import io.natator.server.convert.Translations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kinds of resource that users declare. */
final class Kinds {
    static final Kind<io.natator.v1.Device, Device> DEVICE = new DeviceKind();
    static final Kind<io.natator.v1.PeerGroup, PeerGroup> PEER_GROUP = new PeerGroupKind();
    static final Kind<io.natator.v1.Neighbor, Neighbor> NEIGHBOR = new NeighborKind();
    static final Kind<io.natator.v1.Translation, Translation> TRANSLATION = new TranslationKind();

    /** In the order in which one may name another. */
    static final List<Kind<?, ?>> ALL = List.of(DEVICE, PEER_GROUP, NEIGHBOR, TRANSLATION);

    private Kinds() {}

    private static Optional<String> namedBy(Stored stored, Predicate<Translation> names) {
        return list(stored.translations().values().stream().filter(names).map(t -> "translations/" + t.id()));
    }

    private static Optional<String> list(Stream<String> names) {
        List<String> users = names.sorted().toList();
        if (users.isEmpty()) {
            return Optional.empty();
        }
        String more = users.size() > 3 ? " and " + (users.size() - 3) + " more" : "";
        return Optional.of(users.stream().limit(3).collect(Collectors.joining(", ")) + more);
    }

    private static final class TranslationKind implements Kind<io.natator.v1.Translation, Translation> {
        @Override
        public String collection() {
            return "translations";
        }

        @Override
        public String singular() {
            return "translation";
        }

        @Override
        public io.natator.v1.Translation empty() {
            return io.natator.v1.Translation.getDefaultInstance();
        }

        @Override
        public io.natator.v1.Translation complete(io.natator.v1.Translation message) {
            return Translations.complete(message);
        }

        @Override
        public Optional<Translation> parse(
                String id,
                io.natator.v1.Translation message,
                Function<String, Optional<io.natator.v1.PeerGroup>> groups,
                List<Violation> violations) {
            return Translations.parse(id, message, violations);
        }

        @Override
        public List<Violation> check(Translation value, Stored stored) {
            return Validator.check(value, stored);
        }

        @Override
        public Change put(Translation value) {
            return new Change.TranslationPut(value);
        }

        @Override
        public Change deleted(String id) {
            return new Change.TranslationDeleted(id);
        }

        @Override
        public Map<String, Translation> of(Stored stored) {
            return stored.translations();
        }

        @Override
        public Optional<String> usedBy(String id, Stored stored) {
            return Optional.empty();
        }
    }

    private static final class DeviceKind implements Kind<io.natator.v1.Device, Device> {
        @Override
        public String collection() {
            return "devices";
        }

        @Override
        public String singular() {
            return "device";
        }

        @Override
        public io.natator.v1.Device empty() {
            return io.natator.v1.Device.getDefaultInstance();
        }

        @Override
        public io.natator.v1.Device complete(io.natator.v1.Device message) {
            return Devices.complete(message);
        }

        @Override
        public Optional<Device> parse(
                String id,
                io.natator.v1.Device message,
                Function<String, Optional<io.natator.v1.PeerGroup>> groups,
                List<Violation> violations) {
            return Devices.parse(id, message, violations);
        }

        @Override
        public List<Violation> check(Device value, Stored stored) {
            return Validator.check(value, stored);
        }

        @Override
        public Change put(Device value) {
            return new Change.DevicePut(value);
        }

        @Override
        public Change deleted(String id) {
            return new Change.DeviceDeleted(id);
        }

        @Override
        public Map<String, Device> of(Stored stored) {
            return stored.devices();
        }

        @Override
        public Optional<String> usedBy(String id, Stored stored) {
            return namedBy(stored, t -> t.devices().contains(id));
        }
    }

    private static final class NeighborKind implements Kind<io.natator.v1.Neighbor, Neighbor> {
        @Override
        public String collection() {
            return "neighbors";
        }

        @Override
        public String singular() {
            return "neighbor";
        }

        @Override
        public io.natator.v1.Neighbor empty() {
            return io.natator.v1.Neighbor.getDefaultInstance();
        }

        @Override
        public io.natator.v1.Neighbor complete(io.natator.v1.Neighbor message) {
            return Neighbors.complete(message);
        }

        @Override
        public Optional<Neighbor> parse(
                String id,
                io.natator.v1.Neighbor message,
                Function<String, Optional<io.natator.v1.PeerGroup>> groups,
                List<Violation> violations) {
            return Neighbors.parse(id, message, groups, violations);
        }

        @Override
        public List<Violation> check(Neighbor value, Stored stored) {
            return Validator.check(value, stored);
        }

        @Override
        public Change put(Neighbor value) {
            return new Change.NeighborPut(value);
        }

        @Override
        public Change deleted(String id) {
            return new Change.NeighborDeleted(id);
        }

        @Override
        public Map<String, Neighbor> of(Stored stored) {
            return stored.neighbors();
        }

        @Override
        public Optional<String> usedBy(String id, Stored stored) {
            return namedBy(stored, t -> t.announce().neighbors().contains(id));
        }
    }

    private static final class PeerGroupKind implements Kind<io.natator.v1.PeerGroup, PeerGroup> {
        @Override
        public String collection() {
            return "peerGroups";
        }

        @Override
        public String singular() {
            return "peer_group";
        }

        @Override
        public io.natator.v1.PeerGroup empty() {
            return io.natator.v1.PeerGroup.getDefaultInstance();
        }

        @Override
        public io.natator.v1.PeerGroup complete(io.natator.v1.PeerGroup message) {
            return PeerGroups.complete(message);
        }

        @Override
        public Optional<PeerGroup> parse(
                String id,
                io.natator.v1.PeerGroup message,
                Function<String, Optional<io.natator.v1.PeerGroup>> groups,
                List<Violation> violations) {
            return PeerGroups.parse(id, message, violations);
        }

        @Override
        public List<Violation> check(PeerGroup value, Stored stored) {
            return Validator.check(value, stored);
        }

        @Override
        public Change put(PeerGroup value) {
            return new Change.PeerGroupPut(value);
        }

        @Override
        public Change deleted(String id) {
            return new Change.PeerGroupDeleted(id);
        }

        @Override
        public Map<String, PeerGroup> of(Stored stored) {
            return stored.groups();
        }

        @Override
        public Optional<String> usedBy(String id, Stored stored) {
            return list(stored.neighbors().values().stream()
                    .filter(n -> n.group().filter(id::equals).isPresent())
                    .map(n -> "neighbors/" + n.id()));
        }
    }
}
