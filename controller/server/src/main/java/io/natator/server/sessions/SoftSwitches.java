package io.natator.server.sessions;

import io.natator.core.status.DeviceStatus;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.intent.Device;
import io.natator.server.resource.Resources;
import io.natator.server.watch.Board;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The devices that are software switches of ours, as far as they ever said so. */
public final class SoftSwitches {
    private final Resources resources;
    private final Board board;

    @Inject
    SoftSwitches(Resources resources, Board board) {
        this.resources = resources;
        this.board = board;
    }

    /** @param device id */
    public record Known(String device, long datapathId, boolean connected) {}

    /** All of them, by device. */
    public List<Known> all() {
        Map<String, DeviceStatus> statuses = board.devices();
        return resources.stored().devices().values().stream()
                .flatMap(device -> Optional.ofNullable(statuses.get(device.id()))
                        .filter(SoftSwitches::translates)
                        .map(status -> known(device, status))
                        .stream())
                .sorted(Comparator.comparing(Known::device))
                .toList();
    }

    private static Known known(Device device, DeviceStatus status) {
        return new Known(device.id(), device.datapathId(), status.connected());
    }

    private static boolean translates(DeviceStatus status) {
        return status.capabilities().map(c -> c.can(Feature.TRANSLATE)).orElse(false);
    }
}
