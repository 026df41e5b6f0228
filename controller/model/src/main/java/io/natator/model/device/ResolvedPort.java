package io.natator.model.device;

import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.onlab.packet.MacAddress;

/**
 * A configured port that the device has.
 *
 * @param number OpenFlow number
 * @param config what the user said of it
 * @param peer TRANSPARENT: number of the port at the other end of the wire, if the device has it
 * @param mac MAC of its virtual gateways
 */
public record ResolvedPort(int number, DevicePort config, Optional<Integer> peer, MacAddress mac) {
    /** Where it leads. */
    public DevicePort.Side side() {
        return config.side();
    }

    /** The configured ports of {@code device} that there are, in order of configuration; others are left out. */
    public static List<ResolvedPort> of(Device device, Capabilities capabilities) {
        List<ResolvedPort> ports = new ArrayList<>();
        for (DevicePort config : device.ports()) {
            capabilities.port(config.port()).ifPresent(port -> {
                Optional<Integer> peer = peer(device, config)
                        .flatMap(p -> capabilities.port(p.port()))
                        .map(Capabilities.Port::number);
                MacAddress mac = config.mac().orElseGet(() -> VirtualMac.of(device.datapathId(), port.number()));
                ports.add(new ResolvedPort(port.number(), config, peer, mac));
            });
        }
        return List.copyOf(ports);
    }

    /** The other end of the wire: by name, or the only port of the opposite side. */
    private static Optional<DevicePort> peer(Device device, DevicePort port) {
        if (device.mode() != Device.Mode.TRANSPARENT || port.side() == DevicePort.Side.SERVICE) {
            return Optional.empty();
        }
        List<DevicePort> opposite = device.ports().stream()
                .filter(p -> p.side() != DevicePort.Side.SERVICE && p.side() != port.side())
                .toList();
        if (port.peer().isPresent()) {
            return opposite.stream()
                    .filter(p -> p.port().equals(port.peer().get()))
                    .findFirst();
        }
        return opposite.size() == 1 ? Optional.of(opposite.getFirst()) : Optional.empty();
    }
}
