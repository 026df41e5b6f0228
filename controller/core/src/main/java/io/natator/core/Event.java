package io.natator.core;

import io.natator.model.intent.Device;
import io.natator.model.intent.Neighbor;
import io.natator.model.intent.Translation;
import io.natator.model.southbound.NeighborEvent;
import io.natator.model.southbound.SwitchEvent;
import java.util.List;

/** What the core is told. Intents are valid and stored before they come here. */
public sealed interface Event {
    /** The first event of a process: what the store holds. */
    record Started(
            List<Device> devices, List<Translation> translations, List<Neighbor> neighbors, Remembered remembered)
            implements Event {}

    /** Intents changed, in one transaction. */
    record IntentsChanged(List<Change> changes) implements Event {}

    /** A switch told something. */
    record FromSwitch(SwitchEvent event) implements Event {}

    /** A BGP neighbour told something. */
    record FromNeighbor(NeighborEvent event) implements Event {}

    /** Time passed. */
    record Tick() implements Event {}

    /** One intent that changed. */
    sealed interface Change {
        /** Created or updated. */
        record DevicePut(Device device) implements Change {}

        record DeviceDeleted(String id) implements Change {}

        /** Created or updated. */
        record TranslationPut(Translation translation) implements Change {}

        record TranslationDeleted(String id) implements Change {}

        /** Created or updated. */
        record NeighborPut(Neighbor neighbor) implements Change {}

        record NeighborDeleted(String id) implements Change {}
    }
}
