package io.natator.lab.bench;

import io.natator.lab.bench.SwitchContest.Bound;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What 64k rules cost: one for each of 65,536 hosts, of which 16k send, against one rule for all of them and nine more. */
final class SwitchRulesBench implements Bench {
    private static final String FEW = "10 rules";
    private static final int HOSTS = 1 << 16;
    /** Where the lower half of the source's address is. */
    private static final int HOST_AT = 28;

    @Override
    public String name() {
        return "softswitch-rules";
    }

    @Override
    public String about() {
        return "the same with 65,536 rules, one a host, against 10 rules; collections of garbage meanwhile";
    }

    @Override
    public Report run(PrintWriter progress) throws Exception {
        try (Roads roads = new Roads()) {
            Road few = roads.next("few");
            roads.natator(few).add(rules(few, 8, false));
            Road many = roads.next("many");
            SwitchProcess full = roads.natator(many);
            full.add(rules(many, HOSTS, true));
            List<Contender> contenders =
                    List.of(new Contender(Contender.NATATOR, () -> rate(many)), new Contender(FEW, () -> rate(few)));
            double _ = rate(many);
            long before = full.collections();
            List<Contest.Measured> samples = new Contest(progress).run(name(), contenders);
            long collections = full.collections() - before;
            return new SwitchContest(name(), "packets/s", contenders, List.of(new Bound(FEW, 0.9, false)))
                    .judge(samples, Map.of("rules", HOSTS + 1, "garbage_collections", collections), collections == 0);
        }
    }

    private static double rate(Road road) throws Exception {
        return Overload.rate(road, road.datagram("10.64.0.0"), HOST_AT, 0);
    }

    /** The translation, once for all hosts or once for each, and rules that nothing matches. */
    private static List<String> rules(Road road, int hosts, boolean each) {
        List<String> rules = new ArrayList<>(road.rules(""));
        for (int host = 0; host < hosts; host++) {
            String match = ",nw_src=10.%d.%d.%d".formatted(each ? 64 : 65, host >> 8, host & 0xFF);
            rules.add(road.rules(match).getFirst().replace("priority=10", "priority=20"));
        }
        return rules;
    }
}
