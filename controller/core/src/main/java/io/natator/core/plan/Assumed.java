package io.natator.core.plan;

import io.natator.model.device.Capabilities;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeMap;

/** What a device that never connected is taken for, so that a plan can be made before the device is there. */
final class Assumed {
    private static final int TABLES = 4;

    private Assumed() {}

    /** As Open vSwitch: everything but sessions, four tables without a known limit, the ports that are configured. */
    static Capabilities capabilities(Device device) {
        TreeMap<Integer, Capabilities.Table> tables = new TreeMap<>();
        for (int i = 0; i < TABLES; i++) {
            tables.put(i, new Capabilities.Table("", Integer.MAX_VALUE));
        }
        List<Capabilities.Port> ports = new ArrayList<>();
        for (DevicePort port : device.ports()) {
            ports.add(new Capabilities.Port(ports.size() + 1, port.port(), "", true));
        }
        return new Capabilities(5, "", "", "", EnumSet.complementOf(EnumSet.of(Feature.TRANSLATE)), tables, ports);
    }
}
