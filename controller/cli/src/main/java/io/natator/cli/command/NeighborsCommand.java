package io.natator.cli.command;

import io.natator.cli.ExitCode;
import io.natator.cli.client.Client;
import io.natator.cli.kind.Kinds;
import io.natator.cli.kind.NeighborKind;
import io.natator.cli.output.Cell;
import io.natator.cli.output.Column;
import io.natator.cli.output.Style;
import io.natator.cli.output.Words;
import io.natator.v1.BfdStatus;
import io.natator.v1.Neighbor;
import io.natator.v1.NeighborStatus;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code natator neighbors}. */
@Command(
        name = "neighbors",
        mixinStandardHelpOptions = true,
        description = "Shows BGP sessions: state, routes, and what is wrong with them.",
        footer = {
            "",
            "SENT are routes handed to the neighbour, HELD those that it cannot be told, FILTERED those that",
            "its export policy keeps from it, HEARD those that it announced. NOTE is its last error, or why it",
            "probably filters what it is told.",
            "",
            "Examples:",
            "  natator neighbors",
            "  natator neighbors upstream -o wide    with what was negotiated",
            "  natator neighbors --watch             every change as a line",
            "  natator neighbors -o json | jq '.[] | select(.status.state != \"ESTABLISHED\").name'",
        })
public final class NeighborsCommand extends ClientCommand {
    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Which neighbours; all if left out.")
    private List<String> names = List.of();

    @Mixin
    private WatchableOutput output;

    @Override
    int run(Client client) {
        Set<String> wanted = names.stream().map(Kinds.NEIGHBOR::fullName).collect(Collectors.toSet());
        if (output.watch) {
            return new Watching<>(
                            context(),
                            columns(),
                            (Neighbor n) -> wanted.isEmpty() || wanted.contains(n.getName()),
                            output.json())
                    .run(client, Kinds.NEIGHBOR, "");
        }
        List<Neighbor> neighbors = names.isEmpty()
                ? Kinds.NEIGHBOR.listAll(client)
                : names.stream()
                        .map(name -> Kinds.NEIGHBOR.get(client, Kinds.NEIGHBOR.fullName(name)))
                        .toList();
        new Listing(terminal(), context().clock().instant(), output.format())
                .print(Kinds.NEIGHBOR, columns(), neighbors, names.size() == 1);
        return ExitCode.OK;
    }

    private static List<Column<Neighbor>> columns() {
        return List.of(
                Column.of("NAME", (n, _) -> Cell.of(Words.id(n.getName()))),
                Column.of("ADDRESS", (n, _) -> Cell.of(n.getAddress())),
                Column.of("STATE", (n, _) -> NeighborKind.state(n)),
                Column.of("SINCE", (n, now) -> Cell.of(Words.age(n.getStatus().getSince(), now))),
                Column.of("BFD", (n, _) -> bfd(n.getStatus())),
                Column.of("SENT", (n, _) -> number(n.getStatus().getRoutesSent())),
                Column.of("HELD", (n, _) -> number(n.getStatus().getRoutesHeldBack())),
                Column.of("FILTERED", (n, _) -> number(n.getStatus().getRoutesFiltered())),
                Column.of("HEARD", (n, _) -> number(n.getStatus().getRoutesReceived())),
                Column.wide("FAMILIES", (n, _) -> list(n.getStatus().getFamiliesList())),
                Column.wide("CAPABILITIES", (n, _) -> list(n.getStatus().getCapabilitiesList())),
                Column.of("NOTE", (n, now) -> note(n, now)));
    }

    private static Cell number(long count) {
        return Cell.of(Words.number(count));
    }

    private static Cell list(List<String> texts) {
        return Cell.of(String.join(", ", texts));
    }

    private static Cell bfd(NeighborStatus status) {
        if (!status.hasBfd()) {
            return Cell.of("");
        }
        BfdStatus.State state = status.getBfd().getState();
        return new Cell(state.name(), state == BfdStatus.State.UP ? Style.GOOD : Style.BAD);
    }

    private static Cell note(Neighbor neighbor, Instant now) {
        NeighborStatus status = neighbor.getStatus();
        if (!status.getDoubt().isEmpty()) {
            return new Cell("probably filters: " + status.getDoubt(), Style.BUSY);
        }
        String age = Words.age(status.getLastErrorTime(), now);
        return Cell.of(status.getLastError().isEmpty() ? "" : age + " ago: " + status.getLastError());
    }
}
