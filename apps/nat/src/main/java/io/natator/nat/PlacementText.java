package io.natator.nat;

import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import java.util.List;
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
        boolean all = work.count().equals(Addresses.size(work.inside()));
        String others = all ? "" : "the others" + (why.isEmpty() ? "" : " (" + why + ")");
        String link = work.ipv4() ? "ARP" : "neighbor discovery";
        String pairs = work.turns() ? "" : work.link() ? link : "hairpins";
        List<String> rest = Stream.of(others, pairs).filter(r -> !r.isEmpty()).toList();
        return rules(method)
                + (all ? "" : " for " + work.count() + " of " + Addresses.size(work.inside()) + " addresses")
                + ", " + String.join(", ", rest) + (rest.isEmpty() ? "" : " and ") + "ICMP errors " + who;
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
