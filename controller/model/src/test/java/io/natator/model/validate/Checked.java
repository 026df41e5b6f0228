package io.natator.model.validate;

import io.natator.model.intent.Announce;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import io.natator.model.intent.DevicePort.Gateway;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Neighbor;
import io.natator.model.intent.PeerGroup;
import io.natator.model.intent.Route;
import io.natator.model.intent.Translation;
import io.natator.model.peering.Peering;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Resources of the tests of validation, and what is said of one of them beside others. */
final class Checked {
    static final Device WIRE =
            device("sw", 1, Device.Mode.TRANSPARENT, List.of(port("p1", Side.INSIDE), port("p2", Side.OUTSIDE)));
    static final Device ROUTER = device(
            "r",
            2,
            Device.Mode.ROUTED,
            List.of(port("p1", Side.INSIDE, "192.168.2.1/24"), port("p2", Side.OUTSIDE, "203.0.113.2/30")),
            new Route(IpPrefix.valueOf("0.0.0.0/0"), IpAddress.valueOf("203.0.113.1")));
    static final Translation GOOD = translation("t", "192.168.2.0/24", "192.168.3.0/24");

    static DevicePort port(String name, Side side, String... gateways) {
        List<Gateway> list = Stream.of(gateways)
                .map(g -> new Gateway(IpAddress.valueOf(g.substring(0, g.indexOf('/'))), IpPrefix.valueOf(g)))
                .toList();
        return new DevicePort(name, side, Optional.empty(), list, Optional.empty());
    }

    static DevicePort wire(String name, Side side, String peer) {
        return new DevicePort(name, side, Optional.of(peer), List.of(), Optional.empty());
    }

    static Device device(String id, long datapath, Device.Mode mode, List<DevicePort> ports, Route... routes) {
        return new Device(
                id,
                datapath,
                mode,
                Device.Profile.AUTO,
                ports,
                List.of(routes),
                List.of(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5));
    }

    static Translation translation(String id, String inside, String outside) {
        return new Translation(
                id,
                Kind.STATIC,
                IpPrefix.valueOf(inside),
                IpPrefix.valueOf(outside),
                List.of(),
                List.of(),
                List.of("sw"),
                Announce.none(),
                false);
    }

    static Translation with(List<String> exempt, List<String> gateways, List<String> devices, Announce announce) {
        return new Translation(
                "t",
                Kind.STATIC,
                GOOD.inside(),
                GOOD.outside(),
                exempt.stream().map(IpPrefix::valueOf).toList(),
                gateways.stream().map(IpAddress::valueOf).toList(),
                devices,
                announce,
                false);
    }

    static Translation withId(String id, Translation t) {
        return new Translation(
                id,
                t.kind(),
                t.inside(),
                t.outside(),
                t.exemptDestinations(),
                t.gateways(),
                t.devices(),
                t.announce(),
                t.perHostRules());
    }

    static Neighbor neighbor(String id, String address) {
        return new Neighbor(id, IpAddress.valueOf(address), 179, Peering.between(65000, 65001));
    }

    static PeerGroup group(String id, long peerAs, String... dynamic) {
        return new PeerGroup(
                id, Arrays.stream(dynamic).map(IpPrefix::valueOf).toList(), 100, Peering.between(65000, peerAs));
    }

    static Stored stored(Object... resources) {
        return new Stored(
                map(resources, Device.class, Device::id),
                map(resources, Translation.class, Translation::id),
                map(resources, Neighbor.class, Neighbor::id),
                map(resources, PeerGroup.class, PeerGroup::id),
                Map.of());
    }

    static <T> Map<String, T> map(Object[] resources, Class<T> type, Function<T, String> id) {
        Map<String, T> map = new TreeMap<>();
        Arrays.stream(resources).filter(type::isInstance).map(type::cast).forEach(r -> map.put(id.apply(r), r));
        return map;
    }

    static List<String> texts(List<Violation> violations) {
        return violations.stream().map(v -> v.field() + ": " + v.message()).toList();
    }

    static List<String> check(Translation candidate, Object... resources) {
        return texts(Validator.check(candidate, stored(resources)));
    }

    static List<String> check(Device candidate, Object... resources) {
        return texts(Validator.check(candidate, stored(resources)));
    }

    static List<String> check(Neighbor candidate, Object... resources) {
        return texts(Validator.check(candidate, stored(resources)));
    }

    static List<String> check(PeerGroup candidate, Object... resources) {
        return texts(Validator.check(candidate, stored(resources)));
    }

    static List<String> checkPeering(Peering peering) {
        return check(new Neighbor("n", IpAddress.valueOf("203.0.113.1"), 179, peering));
    }

    private Checked() {}
}
