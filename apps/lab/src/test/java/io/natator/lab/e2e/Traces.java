package io.natator.lab.e2e;

import io.natator.lab.net.Namespace;
import io.natator.lab.net.Wait;
import java.util.ArrayList;
import java.util.List;

/** What traceroute tells: each line quotes a packet, and is understood by who sent it if the quoted one is. */
final class Traces {
    private Traces() {}

    /** Waits until the way to {@code target} leads by {@code hops}, the target last; an empty text is anybody. */
    static void await(Namespace from, String target, List<String> hops) {
        await(from, List.of(target), hops);
    }

    /** The same from one of several addresses of a namespace. */
    static void awaitFrom(Namespace from, String source, String target, List<String> hops) {
        await(from, List.of("-s", source, target), hops);
    }

    private static void await(Namespace from, List<String> last, List<String> hops) {
        List<String> command = new ArrayList<>(List.of("traceroute", "-n", "-q1", "-w2", "-m6"));
        command.addAll(last);
        Wait.until("the whole way to " + last.getLast(), Live.SOON, () -> {
            List<String> told = from.attempt(command.toArray(String[]::new))
                    .out()
                    .lines()
                    .skip(1)
                    .toList();
            boolean all = told.size() == hops.size();
            for (int i = 0; all && i < hops.size(); i++) {
                all = told.get(i).contains(" " + hops.get(i));
            }
            return all;
        });
    }
}
