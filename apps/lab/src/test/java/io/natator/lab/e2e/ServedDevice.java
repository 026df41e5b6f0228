package io.natator.lab.e2e;

import static io.natator.lab.e2e.Live.SOON;

import io.natator.lab.net.NatatorSwitch;

/** The lab's switch as a ROUTED device with a software switch at its SERVICE port. */
final class ServedDevice {
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

    /** Starts the software switch; the device's port towards it is there then. */
    static NatatorSwitch start(Live live) {
        live.api().awaitDevice("s1", SOON, "connected", d -> d.getStatus().getConnected());
        NatatorSwitch software = live.lab().startSoftwareSwitch();
        live.api()
                .awaitDevice(
                        "s1",
                        SOON,
                        "has the port",
                        d -> d.getStatus().getPortsList().stream()
                                .anyMatch(port -> port.getPort().equals("service")));
        return software;
    }
}
