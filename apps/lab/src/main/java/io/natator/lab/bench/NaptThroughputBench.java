package io.natator.lab.bench;

import io.natator.lab.LabException;
import io.natator.lab.api.Api;
import io.natator.lab.net.Namespace;
import io.natator.lab.net.Shell;
import io.natator.lab.net.SwitchKind;
import io.natator.lab.topology.Addresses;
import io.natator.lab.topology.Examples;
import io.natator.lab.topology.Lab;
import io.natator.lab.topology.Variant;
import io.natator.v1.TranslationStatus;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One TCP stream through Open vSwitch, its service link and the software switch behind it, as the daemon sets them up. The parts of
 * that way stand beside it: Open vSwitch by a rule, the software switch without Open vSwitch, the kernel without offloads.
 */
final class NaptThroughputBench implements Bench {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Of the block that shares addresses in docs/examples/napt.yaml. */
    private static final String SHARING_HOST = "192.168.2.20";

    @Override
    public String name() {
        return "napt-iperf";
    }

    @Override
    public String about() {
        return "iperf3, one TCP stream by NAPT through Open vSwitch and its service link, against nftables' masquerade";
    }

    @Override
    public Report run(PrintWriter progress) throws Exception {
        try (Roads roads = new Roads();
                Lab lab = Lab.up(Variant.ROUTED, SwitchKind.OVS)) {
            build(lab);
            Road kernel = roads.kernel();
            Road plain = roads.kernel();
            plain.withoutOffloads();
            Road alone = roads.napt(-1);
            try (Iperf _ = Iperf.serve(kernel.sink());
                    Iperf _ = Iperf.serve(lab.network().router())) {
                List<Contender> contenders = List.of(
                        new Contender(
                                Contender.NATATOR, () -> stream(lab.network().h2())),
                        new Contender(SwitchContest.KERNEL, () -> Iperf.stream(kernel)),
                        new Contender("kernel without offloads", () -> Iperf.stream(plain)),
                        new Contender(
                                "Open vSwitch by a rule",
                                () -> stream(lab.network().h1())),
                        new Contender("the software switch alone", () -> Iperf.stream(alone)));
                return new SwitchContest(name(), "Gbit/s", contenders, List.of()).run(progress, Map.of(), true);
            }
        }
    }

    private static double stream(Namespace host) throws Exception {
        return Iperf.stream(host, Addresses.LINK_ROUTER);
    }

    /** One host has its block translated by a rule, the other shares addresses. */
    private static void build(Lab lab) throws Exception {
        Namespace sharing = lab.network().h2();
        sharing.ip("addr", "flush", "dev", "eth0", "scope", "global");
        sharing.address("eth0", SHARING_HOST + "/24");
        sharing.route("default", Addresses.GATEWAY);
        lab.startDaemon();
        try (Api api = Api.of(lab.daemon())) {
            apply(lab, lab.networkFile());
            lab.connectSwitch();
            api.awaitDevice(Lab.NAME, PATIENCE, "connected", d -> d.getStatus().getConnected());
            var _ = lab.startSoftwareSwitch();
            api.awaitDevice(
                    Lab.NAME,
                    PATIENCE,
                    "wired",
                    d -> d.getStatus().getPortsList().stream()
                            .anyMatch(port -> port.getPort().equals("service")));
            apply(lab, Examples.copy("napt.yaml", lab.inventory().dir()));
            for (String translation : List.of("fixed", "shared")) {
                api.awaitState(translation, TranslationStatus.State.ACTIVE, PATIENCE);
            }
            lab.bird().awaitRoutes(PATIENCE, "192.168.3.0/28", "198.51.100.0/30");
        }
    }

    private static void apply(Lab lab, Path file) {
        Shell.Result done = lab.daemon().natator("apply", "--no-wait", "-f", file.toString());
        if (done.exit() != 0) {
            throw new LabException("apply: " + done.all());
        }
    }
}
