package io.natator.lab.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.natator.lab.bench.SwitchContest.Bound;
import io.natator.lab.net.Pid;
import io.natator.lab.net.Wait;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** One TCP stream of iperf3, offloads on. */
final class SwitchThroughputBench implements Bench {
    private static final String SECONDS = "2";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String name() {
        return "softswitch-iperf";
    }

    @Override
    public String about() {
        return "iperf3, one TCP stream with offloads on, against nftables' NAT";
    }

    @Override
    public Report run(PrintWriter progress) throws Exception {
        try (Roads roads = new Roads()) {
            Road kernel = roads.kernel();
            Road natator = roads.natator(-1);
            Pid server = kernel.sink().start("iperf3", List.of("iperf3", "-s"));
            Wait.until(
                    "iperf3 to listen", () -> kernel.sink().run("ss", "-Hltn").contains(":5201"));
            try {
                List<Contender> contenders = List.of(
                        new Contender(Contender.NATATOR, () -> stream(natator)),
                        new Contender(SwitchContest.KERNEL, () -> stream(kernel)));
                return new SwitchContest(
                                name(), "Gbit/s", contenders, List.of(new Bound(SwitchContest.KERNEL, 0.7, false)))
                        .run(progress, Map.of(), true);
            } finally {
                server.kill(false);
            }
        }
    }

    private static double stream(Road road) throws Exception {
        String report = road.source().run("iperf3", "-J", "-t", SECONDS, "-c", road.address(2, 2));
        return JSON.readTree(report).at("/end/sum_received/bits_per_second").asDouble() / 1e9;
    }
}
