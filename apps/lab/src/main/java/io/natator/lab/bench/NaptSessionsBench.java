package io.natator.lab.bench;

import io.natator.lab.bench.SwitchContest.Bound;
import io.natator.lab.net.Shell;
import io.natator.lab.net.TaughtSwitch;
import io.natator.model.intent.Pool;
import io.natator.model.intent.Pool.Timers;
import io.natator.model.session.PoolUse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** New sessions a second: of 12.8 million flows each datagram belongs to one at random, and sessions go after a second. */
final class NaptSessionsBench implements Bench {
    private static final int FLOWS = 12_800_000;
    private static final int FIRST_OUTSIDE = 64;
    private static final int OUTSIDE_LENGTH = 26;
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final int KERNEL_SESSIONS = 4_000_000;
    private static final Path KERNEL_MOST = Path.of("/proc/sys/net/netfilter/nf_conntrack_max");
    private static final Path KERNEL_BUCKETS = Path.of("/sys/module/nf_conntrack/parameters/hashsize");

    @Override
    public String name() {
        return "napt-sessions";
    }

    @Override
    public String about() {
        return "new NAPT sessions a second, while as many end, against the kernel's connection tracking";
    }

    @Override
    public Report run(PrintWriter progress) throws Exception {
        try (Roads roads = new Roads();
                Restored _ = new Restored(KERNEL_MOST);
                Restored _ = new Restored(KERNEL_BUCKETS)) {
            Road kernel = roads.next("kernel");
            kernel.routeInKernel("snat to %s-%s"
                    .formatted(
                            kernel.address(2, FIRST_OUTSIDE),
                            kernel.address(2, FIRST_OUTSIDE + (1 << (32 - OUTSIDE_LENGTH)) - 1)));
            kernel.middle().sysctl("netfilter/nf_conntrack_udp_timeout", (int) IDLE.toSeconds());
            Files.writeString(KERNEL_MOST, Integer.toString(KERNEL_SESSIONS));
            Files.writeString(KERNEL_BUCKETS, Integer.toString(KERNEL_SESSIONS / 4));
            Road road = roads.next("napt");
            TaughtSwitch napt = roads.taught(road, "--profile=full,sessions=4000000");
            napt.teach(List.of(road.share(pool(), FIRST_OUTSIDE, OUTSIDE_LENGTH)), road.sharing());
            List<Contender> contenders = List.of(
                    new Contender(Contender.NATATOR, () -> ours(napt, road, new ManySessions(road, FLOWS))),
                    new Contender(SwitchContest.KERNEL, () -> new ManySessions(kernel, FLOWS).rate(() -> {})));
            List<Contest.Measured> samples = new Contest(progress).run(name(), contenders);
            Map<String, Object> further = new LinkedHashMap<>();
            for (String line : napt.ask("dump-counters")) {
                if (line.startsWith("turn_")) {
                    String[] words = line.split(" +", 2);
                    further.put(words[0], Long.parseLong(words[1]));
                }
            }
            return new SwitchContest(
                            name(), "sessions/s", contenders, List.of(new Bound(SwitchContest.KERNEL, 2, false)))
                    .judge(samples, further, true);
        }
    }

    private static Pool pool() {
        Timers t = Timers.DEFAULT;
        return Pool.DEFAULT
                .but()
                .timers(new Timers(IDLE, t.tcpEstablished(), t.tcpTransitory(), t.icmp()))
                .build();
    }

    /**
     * Sessions that were made a second: so many of the datagrams that came through began one. Of the kernel's it is taken that
     * all did, which is in its favour.
     */
    private static double ours(TaughtSwitch napt, Road road, ManySessions flows) throws Exception {
        long[] before = new long[2];
        double rate = flows.rate(() -> {
            before[0] = created(napt);
            before[1] = road.arrived();
        });
        return rate * (created(napt) - before[0]) / (road.arrived() - before[1]);
    }

    private static long created(TaughtSwitch napt) {
        try {
            List<PoolUse> use = napt.sessions().use(TaughtSwitch.DATAPATH).get(30, TimeUnit.SECONDS);
            return use.getFirst().created();
        } catch (Exception e) {
            throw new io.natator.lab.LabException("the switch does not tell its use: " + e, e);
        }
    }

    /** A limit of the machine's kernel, which is what it was when this is over. */
    private static final class Restored implements AutoCloseable {
        private final Path file;
        private final String before;

        Restored(Path file) {
            this.file = file;
            before = Shell.run("cat", file.toString()).strip(); // such a file gives all with the first read, or no more
        }

        @Override
        public void close() throws IOException {
            Files.writeString(file, before);
        }
    }
}
