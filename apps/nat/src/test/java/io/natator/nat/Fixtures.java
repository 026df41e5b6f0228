package io.natator.nat;

import io.natator.model.device.Capabilities;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.intent.Announce;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import io.natator.model.intent.DevicePort.Gateway;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Route;
import io.natator.model.intent.Translation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Devices and translations that several tests use. */
final class Fixtures {
    static final Set<Feature> OVS = EnumSet.complementOf(EnumSet.of(Feature.TRANSLATE));
    static final Set<Feature> HARDWARE = EnumSet.complementOf(
            EnumSet.of(Feature.MASKED_SET_FIELD, Feature.MOVE, Feature.MATCH_TTL, Feature.BUNDLES, Feature.TRANSLATE));
    static final Set<Feature> SOFTWARE = EnumSet.complementOf(EnumSet.of(Feature.SET_IN_PORT));

    private Fixtures() {}

    /** Ports are called p1 … p{@code ports}. */
    static Capabilities capabilities(Set<Feature> features, int tables, int capacity, int ports) {
        TreeMap<Integer, Capabilities.Table> map = new TreeMap<>();
        for (int i = 0; i < tables; i++) {
            map.put(i, new Capabilities.Table("t" + i, capacity));
        }
        List<Capabilities.Port> list = new ArrayList<>();
        for (int i = 1; i <= ports; i++) {
            list.add(new Capabilities.Port(i, "p" + i, "02:00:00:00:00:0" + i, true));
        }
        return new Capabilities(5, "Nicira, Inc.", "Open vSwitch", "3.1.0", features, map, list);
    }

    static Capabilities ovs() {
        return capabilities(OVS, 254, Integer.MAX_VALUE, 2);
    }

    static DevicePort port(String name, Side side, String... gateways) {
        List<Gateway> list = new ArrayList<>();
        for (String g : gateways) {
            list.add(new Gateway(IpAddress.valueOf(g.substring(0, g.indexOf('/'))), IpPrefix.valueOf(g)));
        }
        return new DevicePort(name, side, Optional.empty(), list, Optional.empty());
    }

    static Device device(Device.Mode mode, List<DevicePort> ports, Route... routes) {
        return new Device(
                "sw",
                0x1,
                mode,
                Device.Profile.AUTO,
                ports,
                List.of(routes),
                List.of(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5));
    }

    static Device wire(Device.Mode mode) {
        return device(mode, List.of(port("p1", Side.INSIDE), port("p2", Side.OUTSIDE)));
    }

    static Device router() {
        return device(
                Device.Mode.ROUTED,
                List.of(port("p1", Side.INSIDE, "192.168.2.1/24"), port("p2", Side.OUTSIDE, "203.0.113.2/30")),
                new Route(IpPrefix.valueOf("0.0.0.0/0"), IpAddress.valueOf("203.0.113.1")));
    }

    static Translation translation(String id, String inside, String outside) {
        return translation(id, inside, outside, List.of(), List.of());
    }

    static Translation translation(
            String id, String inside, String outside, List<String> exempt, List<String> gateways) {
        return new Translation(
                id,
                Kind.STATIC,
                IpPrefix.valueOf(inside),
                IpPrefix.valueOf(outside),
                exempt.stream().map(IpPrefix::valueOf).toList(),
                gateways.stream().map(IpAddress::valueOf).toList(),
                List.of("sw"),
                Announce.none(),
                false);
    }
}
