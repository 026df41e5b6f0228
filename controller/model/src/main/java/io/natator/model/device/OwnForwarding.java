package io.natator.model.device;

import io.natator.model.device.Capabilities.Feature;
import io.natator.model.intent.Device;
import java.util.Optional;

/**
 * What a device of mode NORMAL must do for a software switch to serve it: set in_port. Else its own forwarding would learn
 * from what comes back that its hosts are behind the SERVICE port.
 */
public final class OwnForwarding {
    private OwnForwarding() {}

    /** Why software switches cannot serve {@code device}, and the remedy; empty if they can, or it never connected. */
    public static Optional<String> obstacle(Device device, Optional<Capabilities> capabilities) {
        if (device.mode() != Device.Mode.NORMAL) {
            return Optional.empty();
        }
        String name = "devices/" + device.id();
        if (device.profile() == Device.Profile.EXACT) {
            return Optional.of(name + " is NORMAL, and its profile EXACT keeps it from setting in_port, so that its own"
                    + " forwarding would look for hosts behind the SERVICE port: set profile to AUTO, or mode to"
                    + " TRANSPARENT or ROUTED");
        }
        return capabilities
                .filter(c -> !c.can(Feature.SET_IN_PORT))
                .map(_ -> name + " is NORMAL and cannot set in_port, so that its own forwarding would look for hosts"
                        + " behind the SERVICE port: set mode to TRANSPARENT or ROUTED");
    }
}
