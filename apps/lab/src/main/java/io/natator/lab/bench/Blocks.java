package io.natator.lab.bench;

import io.natator.model.compile.Compilation;
import io.natator.model.device.Capabilities;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.intent.Announce;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Translation;
import io.natator.nat.NatCompiler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.onlab.packet.IpPrefix;

/** Blocks to be translated host by host, and a device that has room for all of them. */
final class Blocks {
    private Blocks() {}

    /** A device in NORMAL mode, ports 1 and 2, with rules of the hardware profile: exact, one a host and direction. */
    static Device device(long datapathId) {
        return new Device(
                "bench",
                datapathId,
                Device.Mode.NORMAL,
                Device.Profile.EXACT,
                List.of(port("1", DevicePort.Side.INSIDE), port("2", DevicePort.Side.OUTSIDE)),
                List.of(),
                List.of(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5));
    }

    /** {@code count} blocks of that prefix length (9 to 32): 10.… is seen as 20.… */
    static List<Translation> translations(int count, int prefixLength) {
        List<Translation> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int host = i << (32 - prefixLength);
            all.add(new Translation(
                    "block-" + i,
                    Kind.STATIC,
                    prefix(10, host, prefixLength),
                    prefix(20, host, prefixLength),
                    List.of(),
                    List.of(),
                    List.of("bench"),
                    Announce.none(),
                    false));
        }
        return all;
    }

    /** All rules for them. */
    static Compilation compile(List<Translation> translations) {
        return new NatCompiler().compile(device(1), capabilities(), translations, Map.of());
    }

    private static Capabilities capabilities() {
        TreeMap<Integer, Capabilities.Table> tables = new TreeMap<>();
        for (int table = 0; table < 4; table++) {
            tables.put(table, new Capabilities.Table("t" + table, Integer.MAX_VALUE));
        }
        return new Capabilities(
                4,
                "bench",
                "bench",
                "bench",
                EnumSet.of(Feature.METADATA, Feature.NORMAL, Feature.BUNDLES),
                tables,
                List.of(
                        new Capabilities.Port(1, "1", "02:00:00:00:00:01", true),
                        new Capabilities.Port(2, "2", "02:00:00:00:00:02", true)));
    }

    private static DevicePort port(String name, DevicePort.Side side) {
        return new DevicePort(name, side, Optional.empty(), List.of(), Optional.empty());
    }

    private static IpPrefix prefix(int first, int rest, int length) {
        return IpPrefix.valueOf((first << 24) + rest, length);
    }
}
