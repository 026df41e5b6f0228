package io.natator.nat;

import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who does a translation on a device, how, and why, for people. */
final class PlacementText {
    private PlacementText() {}

    static String of(Method method, Work work) {
        Translation translation = method.translation();
        Sharing sharing = method.sharing();
        String who = method.who();
        if (method.parts().isEmpty()) {
            return work.byRules() ? rules(method) : "nobody";
        }
        if (!work.byRules() && !work.stateful()) {
            return (method.itself() ? "by itself" : who) + ": " + translation.kind() + " changes the IP version";
        }
        if (work.stateful()) {
            int slices = method.parts().size();
            return who + ": " + translation.kind() + " needs sessions"
                    + (slices == 1 ? "" : "; the pool is divided into " + slices);
        }
        String why = Stream.of(
                        method.possible() ? "" : method.obstacle().substring(Obstacle.NEEDS.length()),
                        method.refused()
                                .map(r -> Obstacle.REFUSED + "rules of "
                                        + r.hosts().size() + ": " + r.reason())
                                .orElse(""),
                        sharing.reason())
                .filter(r -> !r.isEmpty())
                .collect(Collectors.joining("; "));
        if (work.pairs().size() == 0) {
            return who + (why.isEmpty() ? "" : ": " + why);
        }
        String rest = work.partial() || !sharing.inside().isEmpty()
                ? " for " + work.count() + " of " + Addresses.size(work.inside()) + " addresses, the others"
                        + (why.isEmpty() ? "" : " (" + why + ")") + " and ICMP errors "
                : ", ICMP errors ";
        return rules(method) + rest + who;
    }

    private static String rules(Method method) {
        if (!method.masked()) {
            return "set-field per host";
        }
        return method.translation().perHostRules()
                ? "masked set-field (no room for rules per host)"
                : "masked set-field";
    }
}
