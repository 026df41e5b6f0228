package io.natator.core;

import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells each device what it has to do with others: whom it serves, and who serves it. */
final class Surrounder {
    private boolean linked;
    /** Of all that it goes by, when it was told last. */
    private long summed = -1;

    private Instant again = Instant.MAX;

    /** When it is to look although nothing happened. */
    Instant deadline() {
        return again;
    }

    /** True if that changed anywhere. */
    boolean advance(Collection<DeviceControl> controls, Instant now) {
        long sum = controls.stream().mapToLong(DeviceControl::changes).sum() + 31L * controls.size();
        if (sum == summed && now.isBefore(again)) {
            return false;
        }
        summed = sum;
        again = Instant.MAX;
        List<Device> all = controls.stream().map(DeviceControl::device).toList();
        if (!linked && !Neighborhood.anyLink(all)) {
            return false;
        }
        linked = true;
        Map<String, DeviceControl> byId = new HashMap<>();
        controls.forEach(c -> byId.put(c.device().id(), c));
        Neighborhood neighborhood = new Neighborhood(
                all,
                id -> byId.get(id).coming(),
                id -> Optional.ofNullable(byId.get(id)).flatMap(DeviceControl::capabilities),
                id -> absent(byId.get(id), now));
        boolean changed = false;
        for (DeviceControl control : controls) {
            changed |= control.surround(neighborhood.of(control.device()), now);
        }
        return changed;
    }

    private String absent(DeviceControl control, Instant now) {
        if (control == null || control.isRetired()) {
            return "is no device any more";
        }
        Instant until = control.trust().until();
        if (now.isBefore(until)) {
            again = until.isBefore(again) ? until : again;
            return "";
        }
        return control.trust().reason();
    }

    /** A software switch came or went: what it does for others is proved again, in vain as long as one is away that may be back. */
    static void cameOrWent(DeviceControl software, Collection<DeviceControl> controls, Instant now) {
        String id = software.device().id();
        controls.stream()
                .filter(c -> serve(c).anyMatch(id::equals))
                .forEach(c -> c.serviceDoubted(awaited(c, controls), now));
    }

    private static Stream<String> serve(DeviceControl client) {
        return client.device().ports().stream().flatMap(p -> p.link().stream()).map(DevicePort.Link::device);
    }

    /** Until when one of those that serve a device is counted on although it is away; the past if none is. */
    private static Instant awaited(DeviceControl client, Collection<DeviceControl> controls) {
        Set<String> serving = serve(client).collect(Collectors.toSet());
        return controls.stream()
                .filter(c -> serving.contains(c.device().id()) && !c.isConnected())
                .map(c -> c.trust().until())
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }
}
