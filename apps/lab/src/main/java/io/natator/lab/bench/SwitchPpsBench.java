package io.natator.lab.bench;

import io.natator.lab.bench.SwitchContest.Bound;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** Packets a second through the software switch, the kernel's NAT and Open vSwitch's userspace datapath. */
final class SwitchPpsBench implements Bench {
    private final String name;
    private final String about;
    private final int core;
    private final List<Bound> bounds;

    private SwitchPpsBench(String name, String about, int core, List<Bound> bounds) {
        this.name = name;
        this.about = about;
        this.core = core;
        this.bounds = bounds;
    }

    /** The generator has one core, the switch has the others. */
    static Bench overload() {
        return new SwitchPpsBench(
                "softswitch-pps",
                "64-octet UDP, 16k flows, overload, against nftables' NAT and Open vSwitch in userspace",
                -1,
                List.of(new Bound(SwitchContest.KERNEL, 1.3, false), new Bound(SwitchContest.OPEN_VSWITCH, 3, false)));
    }

    /** Generator, switch and sink share one core. */
    static Bench oneCore() {
        return new SwitchPpsBench(
                "softswitch-one-cpu",
                "the same, with everything on one core",
                0,
                List.of(new Bound(SwitchContest.KERNEL, 0.95, false)));
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
            Road ovs = roads.openVSwitch(core);
            Road natator = roads.natator(core);
            List<Contender> contenders = List.of(
                    new Contender(Contender.NATATOR, () -> Overload.rate(natator)),
                    new Contender(SwitchContest.KERNEL, () -> Overload.rate(kernel)),
                    new Contender(SwitchContest.OPEN_VSWITCH, () -> Overload.rate(ovs)));
            return new SwitchContest(name, "packets/s", contenders, bounds).run(progress, Map.of(), true);
        }
    }
}
