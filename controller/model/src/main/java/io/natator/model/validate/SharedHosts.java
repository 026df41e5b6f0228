package io.natator.model.validate;

import io.natator.model.device.Capabilities;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.device.OwnForwarding;
import io.natator.model.intent.Device;
import io.natator.model.intent.Translation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.onlab.packet.IpPrefix;

/** Where inside hosts may have outside addresses by several STATIC translations. */
final class SharedHosts {
    private SharedHosts() {}

    /** What keeps a device from telling flows apart, and the remedy; empty if nothing does. */
    static Optional<Violation> obstacle(Device device, Optional<Capabilities> capabilities) {
        String name = "devices/" + device.id();
        boolean itself = capabilities.filter(c -> c.can(Feature.TRANSLATE)).isPresent()
                && device.profile() != Device.Profile.EXACT;
        if (itself) {
            return Optional.empty();
        }
        Optional<String> obstacle = OwnForwarding.obstacle(device, capabilities);
        if (obstacle.isPresent()) {
            return obstacle.map(o -> new Violation("mode", o));
        }
        return device.ports().stream().anyMatch(p -> p.link().isPresent())
                ? Optional.empty()
                : Optional.of(new Violation(
                        "ports",
                        "only a software switch knows by which address a flow came: give " + name
                                + " a SERVICE port that leads to one"));
    }

    /** What is wrong with {@code candidate}, that shares hosts with {@code other} on devices that can do that. */
    static List<Violation> violations(Translation candidate, Translation other) {
        List<Violation> violations = new ArrayList<>();
        String name = "translations/" + other.id();
        if (!candidate.gateways().isEmpty() || !other.gateways().isEmpty()) {
            violations.add(new Violation(
                    "gateways",
                    (candidate.gateways().isEmpty() ? other : candidate).gateways()
                            + " beside several outside addresses: nobody knows which of them a gateway speaks to; leave"
                            + " gateways out of translations/" + candidate.id() + " and " + name
                            + ", hosts find their router all the same"));
        }
        if (!candidate.exemptDestinations().equals(other.exemptDestinations())) {
            violations.add(new Violation(
                    "exempt_destinations",
                    candidate.exemptDestinations() + " differs from " + other.exemptDestinations() + " of " + name
                            + ", which shares inside hosts: a host has one way to a destination; write the same"));
            return violations;
        }
        for (int i = 0; i < candidate.exemptDestinations().size(); i++) {
            IpPrefix exempt = candidate.exemptDestinations().get(i);
            for (Translation owner : List.of(candidate, other)) {
                if (Blocks.overlap(exempt, owner.outside())) {
                    violations.add(new Violation(
                            "exempt_destinations[" + i + "]",
                            exempt + " overlaps outside " + owner.outside() + " of translations/" + owner.id()
                                    + ", by which hosts that " + name + " shares are found: leave it out"));
                }
            }
        }
        return violations;
    }
}
