package io.natator.lab.e2e;

import static io.natator.lab.e2e.Live.SOON;

import io.natator.lab.net.NatatorSwitch;
import io.natator.lab.topology.Variant;
import io.natator.v1.Device;
import java.util.List;
import java.util.stream.IntStream;

/** The lab's switch with a software switch at its SERVICE port. */
final class ServedDevice {
    /** ROUTED. */
    static final String NETWORK = """
            name: devices/ss1
            datapath_id: "0000000000000002"
            ---
            name: devices/s1
            datapath_id: "0000000000000001"
            mode: ROUTED
            ports:
              - {port: inside, side: INSIDE, gateways: ["192.168.2.1/24"]}
              - {port: outside, side: OUTSIDE, gateways: ["10.0.0.2/30"]}
              - {port: service, side: SERVICE, software_switch: devices/ss1, software_switch_port: edge}
            routes:
              - {prefix: "0.0.0.0/0", next_hop: "10.0.0.1"}
            next_hops: ["10.0.0.2"]
            """;

    private ServedDevice() {}

    /** One that does not route: TRANSPARENT or NORMAL. Its {@code next_hops} may follow. */
    static String bridge(Variant mode) {
        return """
                name: devices/ss1
                datapath_id: "0000000000000002"
                ---
                name: devices/s1
                datapath_id: "0000000000000001"
                mode: %s
                ports:
                  - {port: inside, side: INSIDE}
                  - {port: outside, side: OUTSIDE}
                  - {port: service, side: SERVICE, software_switch: devices/ss1, software_switch_port: edge}
                """.formatted(mode);
    }

    /** Starts the software switch; the device's port towards it is there then. */
    static NatatorSwitch start(Live live) {
        return start(live, 1).getFirst();
    }

    /** As many of them. */
    static List<NatatorSwitch> start(Live live, int count) {
        live.api().awaitDevice("s1", SOON, "connected", d -> d.getStatus().getConnected());
        List<NatatorSwitch> software = IntStream.rangeClosed(1, count)
                .mapToObj(live.lab()::startSoftwareSwitch)
                .toList();
        live.api()
                .awaitDevice(
                        "s1",
                        SOON,
                        "connected, with its ports",
                        d -> d.getStatus().getConnected() && servicePorts(d) == count);
        return software;
    }

    private static long servicePorts(Device device) {
        return device.getStatus().getPortsList().stream()
                .filter(port -> port.getPort().startsWith("service"))
                .count();
    }

    /** A file that describes the device with its software switch: with a second one, both missed after 3 s. */
    static String withTwo(String file) {
        return file.replace("kind: Device\nname: devices/ss1", """
                        kind: Device
                        name: devices/ss2
                        datapath_id: "0000000000000003"
                        hold: 3s
                        ---
                        kind: Device
                        name: devices/ss1
                        hold: 3s""").replace("software_switch_port: edge}\n", """
                        software_switch_port: edge}
                          - {port: service2, side: SERVICE, software_switch: devices/ss2, software_switch_port: edge}
                        """);
    }
}
