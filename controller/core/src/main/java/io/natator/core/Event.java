package io.natator.core;

import io.natator.model.intent.Device;
import io.natator.model.intent.Neighbor;
import io.natator.model.intent.PeerGroup;
import io.natator.model.intent.Translation;
import io.natator.model.southbound.NeighborEvent;
import io.natator.model.southbound.RoaEvent;
import io.natator.model.southbound.SwitchEvent;
import java.util.List;
import java.util.Set;

/** What the core is told. Intents are valid and stored before they come here. */
public sealed interface Event {
    /**
     * The first event of a process: what the store holds.
     *
     * @param roaSources who will tell about route origins: the first announcement waits for them
     */
    record Started(
            List<Device> devices,
            List<Translation> translations,
            List<PeerGroup> groups,
            List<Neighbor> neighbors,
            Remembered remembered,
            Set<String> roaSources)
            implements Event {}

    /** Intents changed, in one transaction. */
    record IntentsChanged(List<Change> changes) implements Event {}

    /** A switch told something. */
    record FromSwitch(SwitchEvent event) implements Event {}

    /** A BGP neighbour told something. */
    record FromNeighbor(NeighborEvent event) implements Event {}

    /** Somebody who knows route origins told something. */
    record FromRoas(RoaEvent event) implements Event {}

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

        /** Created or updated; neighbours that changed by it are told apart. */
        record PeerGroupPut(PeerGroup group) implements Change {}

        record PeerGroupDeleted(String id) implements Change {}
    }
}
