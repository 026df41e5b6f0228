package io.natator.lab.bench;

import io.natator.lab.bench.SwitchContest.Bound;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** Packets a second that are translated with state, by the software switch and by the kernel. */
final class NaptPpsBench implements Bench {
    private final String name;
    private final String about;
    private final int core;
    private final Bound bound;

    private NaptPpsBench(String name, String about, int core, double ratio) {
        this.name = name;
        this.about = about;
        this.core = core;
        this.bound = new Bound(SwitchContest.KERNEL, ratio, false);
    }

    /** The generator has one core, the switch has the others. */
    static Bench overload() {
        return new NaptPpsBench(
                "napt-pps", "64-octet UDP, 16k sessions, overload, by NAPT, against nftables' masquerade", -1, 1.3);
    }

    /** Generator, switch and sink share one core. */
    static Bench oneCore() {
        return new NaptPpsBench("napt-one-cpu", "the same, with everything on one core", 0, 0.95);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String about() {
        return about;
    }

    @Override
    public Report run(PrintWriter progress) throws Exception {
        try (Roads roads = new Roads()) {
            Road kernel = roads.kernel();
            Road natator = roads.napt(core);
            List<Contender> contenders = List.of(
                    new Contender(Contender.NATATOR, () -> Overload.rate(natator)),
                    new Contender(SwitchContest.KERNEL, () -> Overload.rate(kernel)));
            return new SwitchContest(name, "packets/s", contenders, List.of(bound)).run(progress, Map.of(), true);
        }
    }
}
