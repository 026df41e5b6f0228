package io.natator.cli.command;

import io.natator.cli.output.Bar;
import io.natator.cli.output.Cell;
import io.natator.cli.output.Style;
import io.natator.cli.output.Table;
import io.natator.cli.output.Terminal;
import io.natator.cli.output.Words;
import io.natator.v1.DevicePlan;
import io.natator.v1.PlanResponse;
import io.natator.v1.RouteChange;
import io.natator.v1.RoutePlan;
import io.natator.v1.RuleChange;
import io.natator.v1.TableUse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A plan as a diff for people. */
final class PlanText {
    private PlanText() {}

    static void print(PlanResponse plan, Terminal terminal) {
        plan.getDevicesList().forEach(device -> device(device, terminal));
        routes(plan.getRoutes(), terminal);
        if (plan.getStepsCount() > 0) {
            title("Steps", "", terminal);
            for (int i = 0; i < plan.getStepsCount(); i++) {
                terminal.out().println("  " + (i + 1) + ". " + plan.getSteps(i));
            }
        }
        if (plan.getProblemsCount() > 0) {
            title("Problems", "", terminal);
            plan.getProblemsList()
                    .forEach(problem -> terminal.out().println("  " + terminal.paint(Style.BAD, "! " + problem)));
        }
        if (plan.getDevicesCount() == 0 && plan.getProblemsCount() == 0) {
            terminal.out().println("No device changes.");
        }
    }

    private static void device(DevicePlan device, Terminal terminal) {
        String counts = counts(device.getRulesAdded(), device.getRulesRemoved(), device.getRulesKept(), "rule");
        title(
                "Device " + Words.id(device.getDevice()),
                counts + (device.getConnected() ? "" : "; not connected, so what it can do is assumed"),
                terminal);
        List<Change> changes = paired(device.getChangesList());
        changes.forEach(change -> change(change, terminal));
        long removals = device.getChangesList().stream()
                .filter(c -> c.getChange() == RuleChange.Change.REMOVE)
                .count();
        more(
                device.getRulesAdded() - (device.getChangesCount() - removals),
                device.getRulesRemoved() - removals,
                terminal);
        if (device.getTablesCount() > 0) {
            tables(device.getTablesList(), terminal);
        }
    }

    private static void tables(List<TableUse> tables, Terminal terminal) {
        Table table = new Table(List.of("TABLE", "RULES", "AFTER", "CAPACITY", "USE"));
        for (TableUse use : tables) {
            boolean over = use.getCapacity() > 0 && use.getRulesAfter() > use.getCapacity();
            table.row(List.of(
                    Cell.of((use.getTable() + " " + use.getTitle()).strip()),
                    Cell.of(Words.number(use.getRulesNow())),
                    new Cell(Words.number(use.getRulesAfter()), over ? Style.BAD : Style.PLAIN),
                    Cell.of(use.getCapacity() == 0 ? "unknown" : Words.number(use.getCapacity())),
                    Cell.of(Bar.of(use.getRulesAfter(), use.getCapacity()))));
        }
        table.lines(terminal).forEach(line -> terminal.out().println("  " + line));
    }

    private static void routes(RoutePlan routes, Terminal terminal) {
        title("Routes", counts(routes.getAdded(), routes.getRemoved(), routes.getKept(), "route"), terminal);
        for (RouteChange route : routes.getChangesList()) {
            String neighbors = route.getNeighborsCount() == 0
                    ? ""
                    : " to " + route.getNeighborsList().stream().map(Words::id).collect(Collectors.joining(", "));
            String text = route.getPrefix() + " via " + route.getNextHop() + neighbors;
            change(
                    route.getChange() == RuleChange.Change.REMOVE
                            ? new Change('-', text, "")
                            : new Change('+', text, ""),
                    terminal);
        }
        long removals = routes.getChangesList().stream()
                .filter(r -> r.getChange() == RuleChange.Change.REMOVE)
                .count();
        more(routes.getAdded() - (routes.getChangesCount() - removals), routes.getRemoved() - removals, terminal);
    }

    private record Change(char sign, String text, String translation) {}

    private static void change(Change change, Terminal terminal) {
        Style style = switch (change.sign()) {
            case '+' -> Style.GOOD;
            case '-' -> Style.BAD;
            default -> Style.BUSY;
        };
        String owner = change.translation().isEmpty() ? "" : "   # " + Words.id(change.translation());
        terminal.out()
                .println("  " + terminal.paint(style, change.sign() + " " + change.text())
                        + terminal.paint(Style.DIM, owner));
    }

    /** A rule removed and one added with the same match is one rule changed. */
    private static List<Change> paired(List<RuleChange> changes) {
        Map<String, RuleChange> removed = new LinkedHashMap<>();
        for (RuleChange change : changes) {
            if (change.getChange() == RuleChange.Change.REMOVE) {
                removed.put(match(change.getRule()), change);
            }
        }
        List<Change> shown = new ArrayList<>();
        for (RuleChange change : changes) {
            if (change.getChange() == RuleChange.Change.REMOVE) {
                continue;
            }
            RuleChange before = removed.remove(match(change.getRule()));
            shown.add(
                    before == null
                            ? new Change('+', change.getRule(), change.getTranslation())
                            : new Change(
                                    '~',
                                    before.getRule() + " -> " + actions(change.getRule()),
                                    change.getTranslation()));
        }
        removed.values().forEach(change -> shown.add(new Change('-', change.getRule(), change.getTranslation())));
        return shown;
    }

    private static String match(String rule) {
        int actions = rule.indexOf("actions=");
        return actions < 0 ? rule : rule.substring(0, actions);
    }

    private static String actions(String rule) {
        int actions = rule.indexOf("actions=");
        return actions < 0 ? rule : rule.substring(actions);
    }

    private static void title(String title, String text, Terminal terminal) {
        terminal.out().println(terminal.paint(Style.BOLD, title + ":") + (text.isEmpty() ? "" : " " + text));
    }

    private static String counts(long added, long removed, long kept, String noun) {
        return added == 0 && removed == 0
                ? "nothing changes, " + Words.count(kept, noun) + " kept"
                : "+" + Words.number(added) + " -" + Words.number(removed) + " " + noun + "s, " + Words.number(kept)
                        + " kept";
    }

    private static void more(long added, long removed, Terminal terminal) {
        List<String> unlisted = new ArrayList<>();
        if (added > 0) {
            unlisted.add(Words.number(added) + " more added");
        }
        if (removed > 0) {
            unlisted.add(Words.number(removed) + " more removed");
        }
        if (!unlisted.isEmpty()) {
            terminal.out().println("  ... and " + String.join(", ", unlisted) + " (--max lists more)");
        }
    }
}
