package io.natator.server.resource;

import io.natator.model.intent.Device;
import io.natator.model.intent.Neighbor;
import io.natator.model.intent.PeerGroup;
import io.natator.model.intent.Translation;
import io.natator.model.validate.Stored;
import io.natator.model.validate.Violation;
import io.natator.v1.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Several changes at once, checked as a whole: what they would make of what is stored. */
final class Candidates {
    private final Resources all;
    private final Map<String, Device> devices;
    private final Map<String, Translation> translations;
    private final Map<String, Neighbor> neighbors;
    private final Map<String, PeerGroup> groups;
    private final Map<String, io.natator.v1.PeerGroup> groupMessages = new HashMap<>();
    private final List<Violation> violations = new ArrayList<>();
    private final List<Supplier<List<Violation>>> checks = new ArrayList<>();
    private final Stored after;

    Candidates(Resources all) {
        this.all = all;
        Stored before = all.stored();
        devices = new HashMap<>(before.devices());
        translations = new HashMap<>(before.translations());
        neighbors = new HashMap<>(before.neighbors());
        groups = new HashMap<>(before.groups());
        after = new Stored(devices, translations, neighbors, groups, before.capabilities());
    }

    /** What would be stored, if nothing speaks against it. */
    Stored after(List<Resource> resources, List<String> deletions) {
        for (int i = 0; i < deletions.size(); i++) {
            delete("deletions[" + i + "]", deletions.get(i));
        }
        for (Resource resource : resources) {
            if (resource.hasPeerGroup()) {
                String name = resource.getPeerGroup().getName();
                groupMessages.put(name.substring(name.indexOf('/') + 1), resource.getPeerGroup());
            }
        }
        for (int i = 0; i < resources.size(); i++) {
            put("resources[" + i + "]", resources.get(i));
        }
        checks.forEach(c -> violations.addAll(c.get()));
        if (!violations.isEmpty()) {
            throw Errors.invalid(violations);
        }
        return after;
    }

    private void put(String field, Resource resource) {
        switch (resource.getResourceCase()) {
            case DEVICE -> put(field, all.devices(), resource.getDevice(), devices);
            case NEIGHBOR -> put(field, all.neighbors(), resource.getNeighbor(), neighbors);
            case PEER_GROUP -> put(field, all.groups(), resource.getPeerGroup(), groups);
            case TRANSLATION -> put(field, all.translations(), resource.getTranslation(), translations);
            case RESOURCE_NOT_SET ->
                violations.add(new Violation(field, "is empty: set device, peer_group, neighbor or translation"));
        }
    }

    private <M extends com.google.protobuf.Message, D> void put(
            String parent, Collection<M, D> collection, M message, Map<String, D> values) {
        String field = parent + "." + collection.kind().singular();
        List<Violation> found = new ArrayList<>();
        collection.parsed(message, field, this::group, found).ifPresent(candidate -> {
            values.put(candidate.id(), candidate.value());
            checks.add(() -> collection.kind().check(candidate.value(), after).stream()
                    .map(v -> v.within(field))
                    .toList());
        });
        violations.addAll(found);
    }

    private Optional<io.natator.v1.PeerGroup> group(String id) {
        return Optional.ofNullable(groupMessages.get(id)).or(() -> all.group(id));
    }

    private void delete(String field, String name) {
        String collection = name.substring(0, Math.max(0, name.indexOf('/')));
        switch (collection) {
            case "devices" -> delete(field, name, all.devices(), devices);
            case "peerGroups" -> delete(field, name, all.groups(), groups);
            case "neighbors" -> delete(field, name, all.neighbors(), neighbors);
            case "translations" -> delete(field, name, all.translations(), translations);
            default ->
                violations.add(
                        new Violation(
                                field,
                                '"' + name
                                        + "\" is not a name: write devices/ID, peerGroups/ID, neighbors/ID or translations/ID"));
        }
    }

    private <D> void delete(String field, String name, Collection<?, D> collection, Map<String, D> values) {
        String id = collection.id(field, name);
        if (values.remove(id) == null) {
            violations.add(new Violation(field, "there is no " + name));
            return;
        }
        checks.add(() -> {
            Optional<String> users = collection.kind().usedBy(id, after);
            return users.isEmpty() || values.containsKey(id)
                    ? List.of()
                    : List.of(new Violation(field, name + " is named by " + users.get() + ": change or delete that"));
        });
    }
}
