package io.natator.nat;

import io.natator.model.device.Capabilities;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.intent.Device;
import java.util.EnumSet;
import java.util.Set;

/**
 * What rules on a device may use: what it can do, less what its profile forbids.
 *
 * @param features of the device, within the profile
 */
record Abilities(Set<Feature> features) {
    /** What OpenFlow 1.3 without extensions lacks. */
    private static final Set<Feature> EXTENSIONS =
            Set.of(Feature.MASKED_SET_FIELD, Feature.MOVE, Feature.MATCH_TTL, Feature.SET_IN_PORT, Feature.TRANSLATE);

    static Abilities of(Device device, Capabilities capabilities) {
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        features.addAll(capabilities.features());
        if (device.profile() == Device.Profile.EXACT) {
            features.removeAll(EXTENSIONS);
        }
        return new Abilities(features);
    }

    boolean can(Feature feature) {
        return features.contains(feature);
    }

    /** ARP requests can be answered by a rule. */
    boolean answersArp() {
        return can(Feature.MOVE) && can(Feature.SET_ARP);
    }
}
