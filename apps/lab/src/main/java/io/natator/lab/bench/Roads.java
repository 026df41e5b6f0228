package io.natator.lab.bench;

import io.natator.lab.net.Namespace;
import io.natator.lab.net.OpenVSwitch;
import io.natator.lab.net.Pid;
import io.natator.lab.net.Shell;
import io.natator.lab.net.TaughtSwitch;
import io.natator.model.intent.Pool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The switches that are compared, all up at once, between the same two hosts. */
final class Roads implements AutoCloseable {
    private static final String BRIDGE = "br0";

    private final Scratch scratch = Scratch.create();
    private final Namespace source;
    private final Namespace sink;
    private final List<TaughtSwitch> taught = new ArrayList<>();
    private final List<Road> roads = new ArrayList<>();
    private int count;

    Roads() {
        try {
            source = scratch.namespace("source");
            sink = scratch.namespace("sink");
        } catch (RuntimeException e) {
            scratch.close();
            throw e;
        }
    }

    /** Through the kernel's router with nftables' masquerade. */
    Road kernel() {
        Road road = next("kernel" + count);
        road.routeInKernel();
        return road;
    }

    /** Through Open vSwitch's userspace datapath; only on one core, if it is not negative. */
    Road openVSwitch(int core) {
        Road road = next("ovs");
        OpenVSwitch ovs = OpenVSwitch.start(scratch.inventory(), road.middle());
        ovs.addBridge(BRIDGE, 1);
        ovs.addPort(BRIDGE, road.inside(), 1);
        ovs.addPort(BRIDGE, road.outside(), 2);
        ovs.ofctl("add-flows", BRIDGE, file("ovs.rules", road.rules("")).toString());
        if (core >= 0) {
            scratch.inventory().processes().stream()
                    .filter(process -> process.name().equals("ovs-vswitchd"))
                    .forEach(process -> pin(process, core));
        }
        return road;
    }

    /** Through this product's switch, with the translation for its rules; only on one core, if it is not negative. */
    Road natator(int core) throws IOException {
        Road road = next("natator");
        SwitchProcess natator = natator(road);
        natator.add(road.rules(""));
        if (core >= 0) {
            pin(natator.process(), core);
        }
        return road;
    }

    /** Through this product's switch, which translates by ports; only on one core, if it is not negative. */
    Road napt(int core) {
        Road road = next("napt");
        TaughtSwitch napt = taught(road);
        napt.teach(List.of(road.share(Pool.DEFAULT, 1, 32)), road.sharing());
        if (core >= 0) {
            pin(napt.process(), core);
        }
        return road;
    }

    /** This product's switch, which can be told shares, on a road of its own. */
    TaughtSwitch taught(Road road, String... options) {
        TaughtSwitch started = TaughtSwitch.start(
                scratch.inventory(),
                road.middle(),
                SwitchProcess.options(scratch.inventory().dir().resolve("napt.gc")),
                "1=" + road.inside() + ",2=" + road.outside(),
                options);
        taught.add(started);
        return started;
    }

    /** This product's switch, which has no rules yet, on a road of its own. */
    SwitchProcess natator(Road road) {
        return SwitchProcess.start(scratch, road.middle(), 1, "1=" + road.inside() + ",2=" + road.outside());
    }

    /** A road with nothing in the middle yet. */
    Road next(String role) {
        count++;
        Road road = Road.build(count, source, scratch.namespace(role), sink);
        roads.add(road);
        return road;
    }

    private Path file(String name, List<String> lines) {
        try {
            return Files.write(scratch.inventory().dir().resolve(name), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All threads of a process, and those that they start. */
    private static void pin(Pid process, int core) {
        Shell.run("taskset", "-apc", Integer.toString(core), Long.toString(process.pid()));
    }

    @Override
    public void close() {
        taught.forEach(TaughtSwitch::close);
        roads.forEach(Road::close);
        scratch.close();
    }
}
