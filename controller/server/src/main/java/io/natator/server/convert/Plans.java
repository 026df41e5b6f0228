package io.natator.server.convert;

import io.natator.core.plan.Plan;
import io.natator.model.compile.Announcement;
import io.natator.model.rule.Rule;
import io.natator.model.rule.RuleText;
import io.natator.v1.DevicePlan;
import io.natator.v1.PlanResponse;
import io.natator.v1.RouteChange;
import io.natator.v1.RoutePlan;
import io.natator.v1.RuleChange;
import io.natator.v1.TableUse;
import java.util.List;
import java.util.stream.Stream;

/** Plans: model → message. */
public final class Plans {
    private Plans() {}

    /** @param most rules and routes that are listed a device; counts are always complete */
    public static PlanResponse message(Plan plan, int most) {
        PlanResponse.Builder message =
                PlanResponse.newBuilder().addAllSteps(plan.steps()).addAllProblems(plan.problems());
        plan.devices().forEach(d -> message.addDevices(device(d, most)));
        return message.setRoutes(routes(plan.routes(), most)).build();
    }

    /** How many of each are listed: what is removed gets at least half of the room, if it needs that. */
    private record Listed(int added, int removed) {
        static Listed of(int most, int added, int removed) {
            int listed = Math.min(removed, Math.max(most - added, (most + 1) / 2));
            return new Listed(Math.min(added, most - listed), listed);
        }
    }

    private static DevicePlan device(Plan.OfDevice device, int most) {
        DevicePlan.Builder message = DevicePlan.newBuilder()
                .setDevice("devices/" + device.device())
                .setConnected(device.connected())
                .setRulesAdded(device.added().size())
                .setRulesKept(device.kept())
                .setRulesRemoved(device.removed().size());
        device.tables()
                .forEach((number, table) -> message.addTables(TableUse.newBuilder()
                        .setTable(number)
                        .setTitle(table.title())
                        .setRulesNow(table.now())
                        .setRulesAfter(table.after())
                        .setCapacity(table.capacity() == Integer.MAX_VALUE ? 0 : table.capacity())));
        Listed listed = Listed.of(most, device.added().size(), device.removed().size());
        Stream.concat(
                        device.added().stream().limit(listed.added()).map(r -> change(r, RuleChange.Change.ADD)),
                        device.removed().stream().limit(listed.removed()).map(r -> change(r, RuleChange.Change.REMOVE)))
                .forEach(message::addChanges);
        return message.build();
    }

    private static RuleChange change(Rule rule, RuleChange.Change change) {
        return RuleChange.newBuilder()
                .setChange(change)
                .setRule(RuleText.describe(rule))
                .setTranslation(rule.owner().isEmpty() ? "" : "translations/" + rule.owner())
                .build();
    }

    private static RoutePlan routes(Plan.Routes routes, int most) {
        RoutePlan.Builder message = RoutePlan.newBuilder()
                .setAdded(routes.added().size())
                .setKept(routes.kept())
                .setRemoved(routes.removed().size());
        Listed listed = Listed.of(most, routes.added().size(), routes.removed().size());
        Stream.concat(
                        routes.added().stream().limit(listed.added()).map(a -> change(a, RuleChange.Change.ADD)),
                        routes.removed().stream().limit(listed.removed()).map(a -> change(a, RuleChange.Change.REMOVE)))
                .forEach(message::addChanges);
        return message.build();
    }

    private static RouteChange change(Announcement announcement, RuleChange.Change change) {
        List<String> neighbors =
                announcement.neighbors().stream().map(n -> "neighbors/" + n).toList();
        return RouteChange.newBuilder()
                .setChange(change)
                .setPrefix(announcement.prefix().toString())
                .setNextHop(announcement.nextHop().toString())
                .addAllNeighbors(neighbors)
                .build();
    }
}
