package io.natator.core;

import io.natator.model.intent.Device;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /** A software switch came or went: what it does for others is proved again. */
    static void cameOrWent(DeviceControl software, Collection<DeviceControl> controls, Instant now) {
        String id = software.device().id();
        controls.stream()
                .filter(c -> c.device().ports().stream()
                        .flatMap(p -> p.link().stream())
                        .anyMatch(l -> l.device().equals(id)))
                .forEach(c -> c.serviceDoubted(now));
    }
}
