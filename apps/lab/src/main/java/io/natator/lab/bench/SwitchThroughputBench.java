package io.natator.lab.bench;

import io.natator.lab.bench.SwitchContest.Bound;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** One TCP stream of iperf3, offloads on. */
final class SwitchThroughputBench implements Bench {
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
            try (Iperf _ = Iperf.serve(kernel.sink())) {
                List<Contender> contenders = List.of(
                        new Contender(Contender.NATATOR, () -> Iperf.stream(natator)),
                        new Contender(SwitchContest.KERNEL, () -> Iperf.stream(kernel)));
                return new SwitchContest(
                                name(), "Gbit/s", contenders, List.of(new Bound(SwitchContest.KERNEL, 0.7, false)))
                        .run(progress, Map.of(), true);
            }
        }
    }
}
