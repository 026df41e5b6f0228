package io.natator.cli.command;

import io.natator.cli.ExitCode;
import io.natator.cli.client.Client;
import io.natator.cli.kind.AnnouncementKind;
import io.natator.cli.kind.Kinds;
import io.natator.cli.output.Cell;
import io.natator.cli.output.Column;
import io.natator.cli.output.Words;
import io.natator.v1.Announcement;
import io.natator.v1.ToldNeighbor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code natator routes}. */
@Command(
        name = "routes",
        mixinStandardHelpOptions = true,
        description = "Shows what is announced, to whom, and what is not and why.",
        footer = {
            "",
            "A route is ANNOUNCED, DRAINING (neighbours are asked to avoid it before it is withdrawn),",
            "HELD_BACK (its translation was withdrawn too often lately) or REFUSED (by route-origin",
            "validation). 'sent' means handed to the neighbour: whether it uses the route only the neighbour",
            "knows.",
            "",
            "Examples:",
            "  natator routes",
            "  natator routes --neighbor upstream       what this neighbour was told",
            "  natator routes --translation office -o wide",
            "  natator routes --cost                    routes saved, and what the backbone carries",
            "  natator routes --watch -o json",
        })
public final class RoutesCommand extends ClientCommand {
    @Parameters(
            arity = "0..*",
            paramLabel = "PREFIX",
            description = "Only routes of these prefixes (192.168.3.0/24); all if left out.")
    private List<String> prefixes = List.of();

    @Option(
            names = {"-n", "--neighbor"},
            paramLabel = "NAME",
            description = "Only what is meant for this neighbour, and what it was told.")
    private Optional<String> neighbor = Optional.empty();

    @Option(
            names = {"-t", "--translation"},
            paramLabel = "NAME",
            description = "Only routes that serve this translation.")
    private Optional<String> translation = Optional.empty();

    @Option(
            names = "--cost",
            description = "How many routes aggregation saves, and what each neighbour carries; table or json.")
    private boolean cost;

    @Mixin
    private WatchableOutput output;

    @Override
    void prepare() {
        if (cost && output.watch) {
            throw usage("--cost is a sum of the present: it cannot be watched");
        }
    }

    @Override
    int run(Client client) {
        if (output.watch) {
            return new Watching<>(context(), columns(), this::isAsked, output.json())
                    .run(client, Kinds.ANNOUNCEMENT, "");
        }
        List<Announcement> all = Kinds.ANNOUNCEMENT.listAll(client).stream()
                .filter(this::isAsked)
                .toList();
        if (cost) {
            RouteCost.of(all).print(terminal(), output.json());
        } else {
            new Listing(terminal(), context().clock().instant(), output.format())
                    .print(Kinds.ANNOUNCEMENT, columns(), all, false);
        }
        return ExitCode.OK;
    }

    private boolean isAsked(Announcement announcement) {
        return (prefixes.isEmpty() || prefixes.contains(announcement.getPrefix()))
                && neighbor.map(Kinds.NEIGHBOR::fullName)
                        .map(name -> announcement.getToldList().stream()
                                .anyMatch(t -> t.getNeighbor().equals(name)))
                        .orElse(true)
                && translation
                        .map(Kinds.TRANSLATION::fullName)
                        .map(announcement.getTranslationsList()::contains)
                        .orElse(true);
    }

    private List<Column<Announcement>> columns() {
        return List.of(
                Column.of("PREFIX", (a, _) -> Cell.of(a.getPrefix())),
                Column.of("NEXT-HOP", (a, _) -> Cell.of(a.getNextHop())),
                Column.of("STATE", (a, _) -> AnnouncementKind.state(a)),
                Column.of("SINCE", (a, now) -> Cell.of(Words.age(a.getSince(), now))),
                Column.wide("TRANSLATIONS", (a, _) -> Cell.of(ids(a.getTranslationsList()))),
                Column.wide("COMMUNITIES", (a, _) -> Cell.of(String.join(" ", a.getCommunitiesList()))),
                Column.wide("MED", (a, _) -> Cell.of(a.hasMed() ? Integer.toUnsignedString(a.getMed()) : "")),
                Column.of("NEIGHBORS", (a, _) -> Cell.of(told(a))));
    }

    private static String ids(List<String> names) {
        return names.stream().map(Words::id).collect(Collectors.joining(","));
    }

    /** Who was told, those with one outcome together: "sent to a, b; not sent to c: no session". */
    private String told(Announcement announcement) {
        if (announcement.getState() == Announcement.State.HELD_BACK
                || announcement.getState() == Announcement.State.REFUSED) {
            return announcement.getReason();
        }
        Map<String, List<String>> byOutcome = announcement.getToldList().stream()
                .filter(t -> neighbor.map(Kinds.NEIGHBOR::fullName)
                        .map(t.getNeighbor()::equals)
                        .orElse(true))
                .collect(Collectors.groupingBy(
                        AnnouncementKind::told,
                        TreeMap::new,
                        Collectors.mapping(RoutesCommand::who, Collectors.toList())));
        return byOutcome.entrySet().stream()
                .map(e -> String.join(", ", e.getValue()) + " " + e.getKey())
                .collect(Collectors.joining("; "));
    }

    private static String who(ToldNeighbor told) {
        return Words.id(told.getNeighbor());
    }
}
