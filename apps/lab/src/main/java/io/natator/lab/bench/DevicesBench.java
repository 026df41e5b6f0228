package io.natator.lab.bench;

import io.natator.lab.LabException;
import io.natator.lab.net.Wait;
import io.natator.model.intent.Device;
import io.natator.model.rule.Rule;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;

/** Many switches connect at once, each needing rules, while one more connection watches how long an echo takes. */
final class DevicesBench implements Bench {
    private static final double TARGET_SECONDS = 10;
    private static final int BRIDGES = 200;
    private static final int HOSTS = 31;
    private static final int AT_ONCE = 25;
    private static final long WATCHER = 1000;
    private static final double MILLI = 1e6;

    @Override
    public String name() {
        return "devices";
    }

    @Override
    public String about() {
        return "200 Open vSwitch bridges connect at once, 100 rules each, until all are in sync";
    }

    @Override
    public Report run(PrintWriter progress) throws Exception {
        List<Rule> rules = Blocks.compile(Blocks.translations(HOSTS, 32)).rules();
        List<Long> ids = LongStream.rangeClosed(1, BRIDGES).boxed().toList();
        Histogram idle = new Histogram(3);
        Histogram busy = new Histogram(3);
        long heapBefore = Heap.used();
        try (Testbed testbed = Testbed.start(List.of("--enable-dummy"))) {
            List<Device> devices = new ArrayList<>();
            ids.forEach(id -> devices.add(Blocks.device(id)));
            devices.add(Blocks.device(WATCHER));
            testbed.switches().devices(devices);
            progress.println(name() + ": making " + BRIDGES + " bridges");
            progress.flush();
            addBridges(testbed, ids);
            try (EchoWatch watch = EchoWatch.connect(testbed, WATCHER)) {
                Contender natator = new Contender(Contender.NATATOR, () -> allInSync(testbed, ids, rules, watch, busy));
                List<Contest.Measured> samples = new Contest(progress).run(name(), List.of(natator));
                watch.measure(idle, () -> Wait.pause(Duration.ofSeconds(1)));
                double heap = (Heap.used() - heapBefore) / (double) (1 << 20);
                Map<String, Object> further = new LinkedHashMap<>();
                further.put("devices", BRIDGES);
                further.put("rules_per_device", rules.size());
                further.put("controller_heap_mib", heap);
                further.put("echo_p99_ms", busy.getValueAtPercentile(99) / MILLI);
                further.put("echo_max_ms", busy.getMaxValue() / MILLI);
                further.put("echo_p99_idle_ms", idle.getValueAtPercentile(99) / MILLI);
                return Report.withinLimit(
                        name(), natator, samples, TARGET_SECONDS, "all in sync within 10 s (ratio <= 1.0)", further);
            }
        }
    }

    private static void addBridges(Testbed testbed, List<Long> ids) {
        for (List<Long> some : chunks(ids)) {
            List<String> commands = new ArrayList<>();
            some.forEach(id -> commands.addAll(List.of(
                    "--",
                    "add-br",
                    bridge(id),
                    "--",
                    "set",
                    "Bridge",
                    bridge(id),
                    "datapath_type=dummy",
                    "fail_mode=secure",
                    "protocols=[OpenFlow13,OpenFlow14]",
                    "other_config:datapath-id=%016x".formatted(id),
                    "other_config:disable-in-band=true")));
            String _ = testbed.ovs().vsctl(commands.toArray(String[]::new));
        }
    }

    private static List<List<Long>> chunks(List<Long> ids) {
        List<List<Long>> chunks = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            chunks.add(ids.subList(from, Math.min(ids.size(), from + AT_ONCE)));
        }
        return chunks;
    }

    /** From the first connection until the last bridge is in sync, in seconds. */
    private static double allInSync(
            Testbed testbed, List<Long> ids, List<Rule> rules, EchoWatch watch, Histogram echoes) {
        ids.forEach(id -> testbed.desire(id, rules));
        double[] seconds = new double[1];
        watch.measure(echoes, () -> {
            long start = testbed.firstConnection(() -> each(
                    testbed,
                    ids,
                    id -> List.of(
                            "--",
                            "set-controller",
                            bridge(id),
                            testbed.target(),
                            "--",
                            "set",
                            "Controller",
                            bridge(id),
                            "connection_mode=out-of-band")));
            testbed.awaitSyncs(ids, inSync -> {
                if (inSync.synced().added() != rules.size()) {
                    throw new LabException("not from an empty table: " + inSync.synced());
                }
                seconds[0] = (inSync.at() - start) / 1e9;
            });
        });
        testbed.checkFlows(bridge(ids.getLast()), rules.size());
        // A bridge that loses its last controller flushes its flows.
        each(testbed, ids, id -> List.of("--", "del-controller", bridge(id)));
        testbed.awaitDisconnected(ids.size());
        testbed.checkFlows(bridge(ids.getLast()), 0);
        testbed.settle();
        return seconds[0];
    }

    private static void each(Testbed testbed, List<Long> ids, LongFunction<List<String>> command) {
        List<String> all = new ArrayList<>();
        ids.forEach(id -> all.addAll(command.apply(id)));
        String _ = testbed.ovs().vsctl(all.toArray(String[]::new));
    }

    private static String bridge(long id) {
        return "d" + id;
    }
}
