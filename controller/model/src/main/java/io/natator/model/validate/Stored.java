package io.natator.model.validate;

import io.natator.model.device.Capabilities;
import io.natator.model.intent.Device;
import io.natator.model.intent.Neighbor;
import io.natator.model.intent.PeerGroup;
import io.natator.model.intent.Translation;
import java.util.Map;

/**
 * Everything that a candidate is checked against. Where it holds a resource with the candidate's id, the
 * candidate replaces it.
 *
 * @param devices by id
 * @param translations by id
 * @param neighbors by id
 * @param groups by id
 * @param capabilities by device id, of those that have connected at least once; ports are checked only then
 */
public record Stored(
        Map<String, Device> devices,
        Map<String, Translation> translations,
        Map<String, Neighbor> neighbors,
        Map<String, PeerGroup> groups,
        Map<String, Capabilities> capabilities) {
    /** Nothing is stored. */
    public static Stored nothing() {
        return new Stored(Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
    }
}
