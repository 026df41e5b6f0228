package io.natator.cli.command;

import io.natator.cli.kind.DeviceKind;
import io.natator.cli.kind.NeighborKind;
import io.natator.cli.kind.States;
import io.natator.cli.output.Cell;
import io.natator.cli.output.Table;
import io.natator.cli.output.Words;
import io.natator.v1.Device;
import io.natator.v1.Neighbor;
import io.natator.v1.Translation;
import java.util.List;

/** The tables of {@code status}. */
final class StatusTables {
    private StatusTables() {}

    static Table devices(List<Device> devices) {
        Table table = new Table(List.of("NAME", "STATE", "RULES", "SOFTWARE"));
        for (Device device : devices) {
            table.row(List.of(
                    Cell.of(Words.id(device.getName())),
                    DeviceKind.state(device),
                    Cell.of(Words.number(device.getStatus().getRulesInstalled())),
                    Cell.of(DeviceKind.software(device))));
        }
        return table;
    }

    static Table neighbors(List<Neighbor> neighbors) {
        Table table = new Table(List.of("NAME", "ADDRESS", "STATE", "ROUTES-SENT"));
        for (Neighbor neighbor : neighbors) {
            table.row(List.of(
                    Cell.of(Words.id(neighbor.getName())),
                    Cell.of(neighbor.getAddress()),
                    NeighborKind.state(neighbor),
                    Cell.of(Words.number(neighbor.getStatus().getRoutesSent()))));
        }
        return table;
    }

    static Table translations(List<Translation> translations) {
        Table table = new Table(List.of("NAME", "INSIDE", "OUTSIDE", "STATE"));
        for (Translation translation : translations) {
            table.row(List.of(
                    Cell.of(Words.id(translation.getName())),
                    Cell.of(translation.getInside()),
                    Cell.of(translation.getOutside()),
                    States.of(translation)));
        }
        return table;
    }
}
