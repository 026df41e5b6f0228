package io.natator.nat;

import io.natator.model.device.Capabilities.Feature;
import io.natator.model.intent.Device;
import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.onlab.packet.IpPrefix;

/**
 * Which software switch does which part of a device's translations. The device and the software switches work it out
 * each for themselves, from the same facts. When a software switch goes, only its parts move.
 */
final class Services {
    private final String client;
    private final List<String> all;
    private final SortedMap<String, String> switches;
    private final boolean itself;

    private Services(String client, SortedMap<String, String> switches, boolean itself) {
        this.client = client;
        this.all = itself ? List.of(client) : List.copyOf(switches.keySet());
        this.switches = switches;
        this.itself = itself;
    }

    /**
     * @param switches software switches to which its SERVICE ports lead, and why they cannot be counted on
     * @param itself the device is a software switch
     */
    static Services of(Device device, SortedMap<String, String> switches, boolean itself) {
        return new Services(device.id(), switches, itself);
    }

    /** Of a device as its rules are to be. */
    static Services of(Device device, SortedMap<String, String> switches, Abilities abilities) {
        return of(device, switches, abilities.can(Feature.TRANSLATE));
    }

    /** The device does it all by itself. */
    boolean itself() {
        return itself;
    }

    private boolean alive(String device) {
        return itself || switches.get(device).isEmpty();
    }

    /** The parts of a translation, in order; empty if there is nobody to do it. */
    List<Part> parts(Translation translation) {
        return parts(translation, translation.id());
    }

    /** @param place translations of one place are done by one switch; pools are not */
    List<Part> parts(Translation translation, String place) {
        if (all.stream().noneMatch(this::alive)) {
            return List.of();
        }
        List<Part> parts = new ArrayList<>();
        if (!translation.kind().stateful()) {
            parts.add(part(translation, place, 0, translation.inside(), List.of(translation.outside())));
            return parts;
        }
        int most = all.size() == 1 ? 1 : Integer.highestOneBit(2 * all.size() - 1);
        for (Split slice : Split.of(translation, most)) {
            parts.add(part(translation, translation.id(), parts.size(), slice.inside(), slice.outside()));
        }
        return parts;
    }

    private Part part(Translation translation, String place, int index, IpPrefix inside, List<IpPrefix> outside) {
        String first = all.get(Math.floorMod(place.hashCode() + index, all.size()));
        String device = alive(first)
                ? first
                : all.stream()
                        .filter(this::alive)
                        .max(Comparator.comparingInt(s -> mixed(place + "/" + index + "/" + s)))
                        .orElseThrow();
        return new Part(client, translation.id(), index, device, inside, outside);
    }

    /** Highest random weight: String.hashCode is specified, but its high bits hardly depend on the last letters. */
    private static int mixed(String text) {
        int h = text.hashCode() * 0x9E3779B1;
        return h ^ (h >>> 15);
    }

    /** Who does it, for people. */
    String who(List<Part> parts) {
        if (itself) {
            return "by sessions";
        }
        return parts.stream()
                .map(Part::device)
                .distinct()
                .sorted()
                .map(d -> "devices/" + d)
                .collect(Collectors.joining(", "));
    }

    /** Why those who might do it do not; empty if somebody does, or there is nobody. */
    Optional<String> nobody() {
        if (all.stream().anyMatch(this::alive)) {
            return Optional.empty();
        }
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(all.stream()
                        .map(s -> "devices/" + s + " " + switches.get(s))
                        .collect(Collectors.joining(", ")));
    }

    /** All outside prefixes of a translation: disjoint, minimal, in order. */
    static List<IpPrefix> outside(Translation translation) {
        return Addresses.minimal(translation.outsides());
    }
}
