package io.natator.core;

import io.natator.model.compile.Surroundings;
import io.natator.model.device.Capabilities;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.device.OwnForwarding;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import io.natator.model.intent.DevicePort.Link;
import io.natator.model.intent.Translation;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Who serves whom: pure.
 *
 * @param devices all there are
 * @param translations those on a device, by its id
 * @param capabilities of a device, by its id; empty if it never connected
 * @param absent why a software switch that could serve is not there, by its id; empty text if it is
 */
public record Neighborhood(
        Collection<Device> devices,
        Function<String, List<Translation>> translations,
        Function<String, Optional<Capabilities>> capabilities,
        Function<String, String> absent) {
    /** The stages of the pipeline, which a software switch runs for others. */
    private static final int TABLES = 4;

    private static final Set<Feature> NEEDED =
            Set.of(Feature.METADATA, Feature.MASKED_SET_FIELD, Feature.MASKED_ARP_ND_MATCH);

    /** True if some device is served by another. */
    static boolean anyLink(Collection<Device> devices) {
        return devices.stream()
                .flatMap(d -> d.ports().stream())
                .anyMatch(p -> p.link().isPresent());
    }

    /** What {@code device} has to do with the others. */
    public Surroundings of(Device device) {
        List<Surroundings.Client> clients = devices.stream()
                .filter(d -> d.ports().stream()
                        .flatMap(p -> p.link().stream())
                        .anyMatch(l -> l.device().equals(device.id())))
                .map(d -> new Surroundings.Client(d, translations.apply(d.id()), switches(d)))
                .toList();
        return new Surroundings(switches(device), clients);
    }

    private SortedMap<String, String> switches(Device device) {
        SortedMap<String, String> switches = new TreeMap<>();
        for (DevicePort port : device.ports()) {
            port.link().ifPresent(link -> {
                String reason = reason(device, port, link);
                // One of several links is enough.
                switches.merge(link.device(), reason, (a, b) -> a.isEmpty() ? a : b);
            });
        }
        return switches;
    }

    private String reason(Device client, DevicePort port, Link link) {
        if (missing(client.id(), port.port())) {
            return "cannot be reached: SERVICE port " + port.port() + " of devices/" + client.id() + " is missing";
        }
        Optional<String> obstacle = OwnForwarding.obstacle(client, capabilities.apply(client.id()));
        if (obstacle.isPresent()) {
            return "does not help: " + obstacle.get();
        }
        Optional<Capabilities> can = capabilities.apply(link.device());
        if (can.isPresent() && !can.get().can(Feature.TRANSLATE)) {
            return "is no software switch of Natator's (`natator switch`)";
        }
        if (can.isPresent()
                && !(can.get().features().containsAll(NEEDED)
                        && can.get().tables().size() >= TABLES)) {
            return "has not the " + TABLES + " tables and the masks that serving others takes";
        }
        if (missing(link.device(), link.port())) {
            return "has no port " + link.port();
        }
        return absent.apply(link.device());
    }

    private boolean missing(String device, String port) {
        return capabilities.apply(device).filter(c -> c.port(port).isEmpty()).isPresent();
    }
}
