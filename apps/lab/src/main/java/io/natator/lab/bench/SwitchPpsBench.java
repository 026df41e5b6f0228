package io.natator.lab.bench;

import io.natator.lab.bench.SwitchContest.Bound;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Packets a second that are translated under overload, by the software switch and by others.
 *
 * @param core on which generator, switch and sink are; -1: the generator has one core, the switch has the others
 * @param stateful by NAPT, not by a rule; Open vSwitch has none of that
 */
record SwitchPpsBench(String name, String about, int core, boolean stateful, List<Bound> bounds) implements Bench {
    static Bench overload() {
        return new SwitchPpsBench(
                "softswitch-pps",
                "64-octet UDP, 16k flows, overload, against nftables' NAT and Open vSwitch in userspace",
                -1,
                false,
                List.of(new Bound(SwitchContest.KERNEL, 1.3, false), new Bound(SwitchContest.OPEN_VSWITCH, 3, false)));
    }

    static Bench oneCore() {
        return new SwitchPpsBench(
                "softswitch-one-cpu",
                "the same, with everything on one core",
                0,
                false,
                List.of(new Bound(SwitchContest.KERNEL, 0.95, false)));
    }

    static Bench naptOverload() {
        return new SwitchPpsBench(
                "napt-pps",
                "64-octet UDP, 16k sessions, overload, by NAPT, against nftables' masquerade",
                -1,
                true,
                List.of(new Bound(SwitchContest.KERNEL, 1.3, false)));
    }

    static Bench naptOneCore() {
        return new SwitchPpsBench(
                "napt-one-cpu",
                "the same, with everything on one core",
                0,
                true,
                List.of(new Bound(SwitchContest.KERNEL, 0.95, false)));
    }

    @Override
    public Report run(PrintWriter progress) throws Exception {
        try (Roads roads = new Roads()) {
            List<Contender> contenders = new ArrayList<>();
            Road kernel = roads.kernel();
            Road natator = stateful ? roads.napt(core) : roads.natator(core);
            contenders.add(new Contender(Contender.NATATOR, () -> Overload.rate(natator)));
            contenders.add(new Contender(SwitchContest.KERNEL, () -> Overload.rate(kernel)));
            if (!stateful) {
                Road ovs = roads.openVSwitch(core);
                contenders.add(new Contender(SwitchContest.OPEN_VSWITCH, () -> Overload.rate(ovs)));
            }
            return new SwitchContest(name, "packets/s", contenders, bounds).run(progress, Map.of(), true);
        }
    }
}
