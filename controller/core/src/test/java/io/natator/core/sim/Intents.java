package io.natator.core.sim;

import io.natator.model.device.Capabilities;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.intent.Announce;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.intent.Route;
import io.natator.model.intent.Translation;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** What users declare in tests. */
public final class Intents {
    private Intents() {}

    static Capabilities ovs() {
        return capabilities(8, EnumSet.complementOf(EnumSet.of(Feature.TRANSLATE)), Integer.MAX_VALUE);
    }

    /** Open vSwitch of four tables, of which table 1 holds so many rules. */
    static Capabilities ovs(int tableOne) {
        Capabilities ovs = capabilities(4, EnumSet.complementOf(EnumSet.of(Feature.TRANSLATE)), Integer.MAX_VALUE);
        TreeMap<Integer, Capabilities.Table> tables = new TreeMap<>(ovs.tables());
        tables.put(1, new Capabilities.Table("t1", tableOne));
        return new Capabilities(
                ovs.openflow(),
                ovs.manufacturer(),
                ovs.hardware(),
                ovs.software(),
                ovs.features(),
                tables,
                ovs.ports());
    }

    /** A software switch. */
    static Capabilities software() {
        return capabilities(8, EnumSet.complementOf(EnumSet.of(Feature.SET_IN_PORT)), Integer.MAX_VALUE);
    }

    /** A device with the ports p1 and p2. */
    public static Capabilities capabilities(int tables, Set<Feature> features, int capacity) {
        TreeMap<Integer, Capabilities.Table> byNumber = new TreeMap<>();
        for (int i = 0; i < tables; i++) {
            byNumber.put(i, new Capabilities.Table("t" + i, capacity));
        }
        return new Capabilities(
                5,
                "Nicira, Inc.",
                "Open vSwitch",
                "3.1.0",
                features,
                byNumber,
                List.of(
                        new Capabilities.Port(1, "p1", "02:00:00:00:00:01", true),
                        new Capabilities.Port(2, "p2", "02:00:00:00:00:02", true)));
    }

    public static Device wire(String id, long datapathId, Duration hold) {
        return new Device(
                id,
                datapathId,
                Device.Mode.TRANSPARENT,
                Device.Profile.AUTO,
                List.of(port("p1", Side.INSIDE), port("p2", Side.OUTSIDE)),
                List.of(),
                List.of(IpAddress.valueOf("203.0.113." + datapathId)),
                hold,
                Duration.ofSeconds(5));
    }

    static final IpAddress NEXT_HOP = IpAddress.valueOf("203.0.113.1");
    static final IpAddress WIDE_NEXT_HOP = IpAddress.valueOf("203.0.113.254");

    static Device router(String id, long datapathId) {
        return router(
                id,
                datapathId,
                gateway("p1", Side.INSIDE, "192.168.2.1", "192.168.2.0/24"),
                gateway("p2", Side.OUTSIDE, "203.0.113.2", "203.0.113.0/30"),
                NEXT_HOP,
                Duration.ofSeconds(10));
    }

    /** A router with all of 10.0.0.0/8 on its inside link. */
    static Device wideRouter(String id, long datapathId, Duration hold) {
        return router(
                id,
                datapathId,
                gateway("p1", Side.INSIDE, "10.0.0.1", "10.0.0.0/8"),
                gateway("p2", Side.OUTSIDE, "203.0.113." + datapathId, "203.0.113.0/24"),
                WIDE_NEXT_HOP,
                hold);
    }

    /** A router whose outside address is the next hop that neighbours are told, with a default route. */
    private static Device router(
            String id, long datapathId, DevicePort inside, DevicePort outside, IpAddress nextHop, Duration hold) {
        return new Device(
                id,
                datapathId,
                Device.Mode.ROUTED,
                Device.Profile.AUTO,
                List.of(inside, outside),
                List.of(new Route(IpPrefix.valueOf("0.0.0.0/0"), nextHop)),
                List.of(outside.gateways().getFirst().address()),
                hold,
                Duration.ofSeconds(5));
    }

    private static DevicePort gateway(String name, Side side, String address, String onLink) {
        var gateway = new DevicePort.Gateway(IpAddress.valueOf(address), IpPrefix.valueOf(onLink));
        return new DevicePort(name, side, Optional.empty(), List.of(gateway), Optional.empty());
    }

    private static DevicePort port(String name, Side side) {
        return new DevicePort(name, side, Optional.empty(), List.of(), Optional.empty());
    }

    public static Translation translation(String id, String inside, String outside, String... devices) {
        return translation(id, Kind.STATIC, inside, outside, Pool.DEFAULT, devices);
    }

    /** {@code pool} on {@code sw}, whose hosts are 10.0.0.0/16. */
    static Translation pooled(Kind kind, String outside, Pool pool) {
        return translation("pool", kind, "10.0.0.0/16", outside, pool, "sw");
    }

    private static Translation translation(
            String id, Kind kind, String inside, String outside, Pool pool, String... devices) {
        return new Translation(
                id,
                kind,
                IpPrefix.valueOf(inside),
                IpPrefix.valueOf(outside),
                List.of(),
                List.of(),
                List.of(devices),
                new Announce(Announce.Routes.AGGREGATE, Optional.empty(), List.of(), List.of()),
                false,
                pool);
    }
}
