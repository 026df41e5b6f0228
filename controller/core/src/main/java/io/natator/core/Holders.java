package io.natator.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Which software switch holds which share of a pool: when another takes one over, its sessions are lost, and counted. */
final class Holders {
    /** Datapath ids, by share. */
    private final Map<Integer, Long> holders = new HashMap<>();

    /**
     * Looks who holds what now.
     *
     * @param all by datapath id
     */
    void look(SortedMap<Long, DeviceControl> all, Outbox outbox) {
        SortedMap<Integer, List<DeviceControl>> told = new TreeMap<>();
        all.values().forEach(c -> c.shares().ids().forEach(share -> told.merge(share, List.of(c), Holders::both)));
        holders.keySet().retainAll(told.keySet());
        told.forEach((share, by) -> {
            Long before = holders.get(share);
            Optional<DeviceControl> holder = holder(before, by);
            if (holder.isEmpty()) {
                return;
            }
            long now = holder.get().device().datapathId();
            holders.put(share, now);
            if (before != null && before != now) {
                moved(share, all.get(before), holder.get(), all, outbox);
            }
        });
    }

    private static List<DeviceControl> both(List<DeviceControl> some, List<DeviceControl> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** One that is connected, rather who had it; a dead one was told, too, and nobody could tell it otherwise. */
    private static Optional<DeviceControl> holder(Long before, List<DeviceControl> by) {
        List<DeviceControl> there =
                by.stream().filter(DeviceControl::isConnected).toList();
        return there.stream()
                .filter(c -> before != null && c.device().datapathId() == before)
                .findFirst()
                .or(() -> there.stream().findFirst());
    }

    /** @param from null if it is no device any more */
    private static void moved(
            int share, DeviceControl from, DeviceControl to, SortedMap<Long, DeviceControl> all, Outbox outbox) {
        OptionalLong lost = from == null ? OptionalLong.empty() : from.shares().sessions(share);
        String name = from == null
                ? "a device that is gone"
                : "devices/" + from.device().id();
        to.shares()
                .client(share)
                .flatMap(id -> all.values().stream()
                        .filter(c -> c.device().id().equals(id))
                        .findFirst())
                .ifPresent(client -> client.moved(
                        to.shares().translation(share),
                        name,
                        "devices/" + to.device().id(),
                        lost,
                        outbox));
    }
}
