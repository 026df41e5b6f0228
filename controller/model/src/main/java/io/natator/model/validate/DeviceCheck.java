package io.natator.model.validate;

import io.natator.model.device.Capabilities;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort.Gateway;
import io.natator.model.intent.Embedding;
import io.natator.model.intent.SharedInside;
import io.natator.model.intent.Translation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.onlab.packet.IpAddress;

/** Checks one device. */
final class DeviceCheck {
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Device candidate;
    private final Stored stored;
    private final List<Violation> violations = new ArrayList<>();

    DeviceCheck(Device candidate, Stored stored) {
        this.candidate = candidate;
        this.stored = stored;
    }

    List<Violation> violations() {
        Texts.id("name", candidate.id()).or(violations);
        datapathId();
        violations.addAll(new PortsCheck(candidate, stored).violations());
        violations.addAll(new ServiceLinkCheck(candidate, stored).violations());
        violations.addAll(new DeviceRoutingCheck(candidate).violations());
        duration("hold", candidate.hold());
        duration("drain", candidate.drain());
        stored.translations().values().stream()
                .filter(t -> t.devices().contains(candidate.id()))
                .forEach(this::translation);
        sharedHosts();
        return List.copyOf(violations);
    }

    private void datapathId() {
        for (Device other : stored.devices().values()) {
            if (!other.id().equals(candidate.id()) && other.datapathId() == candidate.datapathId()) {
                add(
                        "datapath_id",
                        String.format(
                                Locale.ROOT,
                                "%016x is the datapath id of devices/%s: each datapath is one device",
                                candidate.datapathId(),
                                other.id()));
            }
        }
    }

    private void duration(String field, Duration duration) {
        if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            add(field, duration.toSeconds() + "s is out of range: write 0s to " + LONGEST.toSeconds() + "s");
        }
    }

    /** What a stored translation on this device would make of the candidate. */
    private void translation(Translation translation) {
        String name = "translations/" + translation.id();
        if (candidate.mode() != Device.Mode.TRANSPARENT
                && !translation.gateways().isEmpty()) {
            add(
                    "mode",
                    name + " has gateways, which only TRANSPARENT devices know: take them out of it first, or keep the"
                            + " mode");
        }
        if (candidate.mode() != Device.Mode.ROUTED && translation.kind().crosses()) {
            add(
                    "mode",
                    name + " is " + translation.kind() + ", which needs a router between IPv6 and IPv4: keep ROUTED");
        }
        for (int i = 0; i < candidate.ports().size() && candidate.mode() == Device.Mode.ROUTED; i++) {
            for (int j = 0; j < candidate.ports().get(i).gateways().size(); j++) {
                swallowed(
                        "ports[" + i + "].gateways[" + j + "]",
                        candidate.ports().get(i).gateways().get(j).address(),
                        translation);
                embedding(
                        "ports[" + i + "].gateways[" + j + "]",
                        candidate.ports().get(i).gateways().get(j),
                        translation);
            }
        }
        for (int i = 0; i < candidate.routes().size() && candidate.mode() == Device.Mode.ROUTED; i++) {
            swallowed("routes[" + i + "].next_hop", candidate.routes().get(i).nextHop(), translation);
        }
    }

    /** Translations on it may share inside hosts only where somebody remembers their flows. */
    private void sharedHosts() {
        SharedInside shared = new SharedInside(stored.translations().values().stream()
                .filter(t -> t.devices().contains(candidate.id()))
                .toList());
        if (shared.isEmpty()) {
            return;
        }
        Optional<Capabilities> capabilities =
                Optional.ofNullable(stored.capabilities().get(candidate.id()));
        SharedHosts.obstacle(candidate, capabilities)
                .ifPresent(v -> add(v.field(), "translations here share inside hosts, but " + v.message()));
    }

    private void embedding(String field, Gateway gateway, Translation translation) {
        translation
                .embedding()
                .map(Embedding::pref64)
                .filter(p -> Blocks.overlap(p, gateway.onLink()))
                .ifPresent(p -> add(
                        field,
                        gateway.onLink() + " overlaps pref64 " + p + " of translations/" + translation.id()
                                + ", where IPv4 hosts are found: choose another prefix"));
    }

    private void swallowed(String field, IpAddress address, Translation translation) {
        translation.outsides().stream()
                .filter(o -> Blocks.contains(o, address))
                .findFirst()
                .ifPresent(o -> add(
                        field,
                        address + " lies in outside " + o + " of translations/" + translation.id()
                                + ", so it would become unreachable: choose another address"));
    }

    private void add(String field, String message) {
        violations.add(new Violation(field, message));
    }
}
