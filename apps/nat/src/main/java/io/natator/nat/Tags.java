package io.natator.nat;

import io.natator.model.device.ResolvedPort;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.rule.Match;
import java.util.ArrayList;
import java.util.List;

/**
 * VLAN ids on the links to software switches: they say by which way a packet came, and at which stage it is. The same
 * for all links of a device; nobody else sees them.
 */
final class Tags {
    /** Below are ids with a meaning (IEEE 802.1Q: 0 is priority only, 1 the default). */
    private static final int FIRST = 2;

    private static final int HIGHEST = 4094;
    private static final int STAGES = Stage.FORWARD.index();

    /**
     * A way by which packets come in.
     *
     * @param index of the tag
     * @param side where they come from
     * @param port ROUTED: empty text; else the one port
     */
    record Way(int index, Side side, String port) {}

    private Tags() {}

    /** One a port, for the way on depends on it; ROUTED: one a side. */
    static List<Way> ways(Device device) {
        if (device.mode() == Device.Mode.ROUTED) {
            return List.of(new Way(0, Side.INSIDE, ""), new Way(1, Side.OUTSIDE, ""));
        }
        List<Way> ways = new ArrayList<>();
        for (DevicePort port : device.ports()) {
            if (port.side() != Side.SERVICE && vid(ways.size(), Stage.FORWARD) <= HIGHEST) {
                ways.add(new Way(ways.size(), port.side(), port.port()));
            }
        }
        return ways;
    }

    /** The VLAN id of what needs a stage (not FORWARD) on a way. */
    static int vid(int way, Stage stage) {
        return FIRST + STAGES * way + stage.index();
    }

    /** What comes by a way, before the FORWARD stage. */
    static Match from(Way way, List<ResolvedPort> ports, Match match) {
        return way.port().isEmpty()
                ? match
                : match.inPort(ports.stream()
                        .filter(p -> p.config().port().equals(way.port()))
                        .findFirst()
                        .orElseThrow()
                        .number());
    }
}
