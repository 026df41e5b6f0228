package io.natator.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.natator.lab.net.Namespace;
import io.natator.lab.net.NatatorSwitch;
import io.natator.lab.net.Program;
import io.natator.lab.net.Shell;
import io.natator.lab.net.SwitchKind;
import io.natator.lab.net.Wait;
import io.natator.lab.topology.Addresses;
import io.natator.lab.topology.Lab;
import io.natator.lab.topology.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Natator's own switch, driven by Open vSwitch's tool, with frames of all sizes. */
@Tag("e2e")
class SoftSwitchIT {
    private static final int BUNDLE = 10_000;
    private static final String MANY = "ip,nw_dst=172.16.0.0/16";

    private static Lab lab;
    private static NatatorSwitch dataplane;

    @TempDir
    private Path dir;

    @BeforeAll
    static void up() {
        lab = Lab.up(Variant.TRANSPARENT, SwitchKind.NATATOR);
        dataplane = (NatatorSwitch) lab.dataplane();
        lab.network().router().address("s1", Addresses.GATEWAY + "/24");
        dataplane.addFlow("priority=1,in_port=1,actions=output:2");
        dataplane.addFlow("priority=1,in_port=2,actions=output:1");
    }

    @AfterAll
    static void down() {
        lab.close();
    }

    @Test
    void bundleOfTenThousandChangesLosesNoPacket() throws IOException {
        Path rules = manyRules();
        LosslessRun.of(lab, () -> {
            ofctl("--bundle", "add-flows", dataplane.target(), rules.toString());
            ofctl("--bundle", "add-flows", dataplane.target(), rules.toString());
            assertThat(dataplane.rules()).hasSize(BUNDLE + 2);
            ofctl("del-flows", dataplane.target(), MANY);
        });
        assertThat(dataplane.rules()).hasSize(2);
    }

    @Test
    void thousandChangesASecondLoseNoPacket() throws IOException {
        ofctl("--bundle", "add-flows", dataplane.target(), manyRules().toString());
        LosslessRun.of(lab, () -> {
            try (RuleChanger changer = RuleChanger.connect(dataplane.listens())) {
                assertThat(changer.change(1000, Duration.ofSeconds(3))).isEqualTo(3000);
            }
            assertThat(dataplane.rules()).hasSize(BUNDLE + 2 + RuleChanger.KEPT);
            ofctl("del-flows", dataplane.target(), "ip,nw_dst=172.17.0.0/16");
        });
        ofctl("del-flows", dataplane.target(), MANY);
        assertThat(dataplane.rules()).hasSize(2);
    }

    /** In the table that all packets go through, above the rule that takes those of the stream. */
    private Path manyRules() throws IOException {
        return Files.write(
                dir.resolve("rules"),
                IntStream.range(0, BUNDLE)
                        .mapToObj(
                                i -> "priority=100,ip,nw_dst=172.16.%d.%d,actions=output:2".formatted(i / 256, i % 256))
                        .toList());
    }

    @Test
    void oneBadChangeMakesABundleDoNothing() throws IOException {
        Path rules = Files.write(
                dir.resolve("rules"),
                List.of("table=1,ip,actions=output:2", "table=1,priority=7,actions=group:99", "table=2,actions=drop"));
        Shell.Result result = lab.network()
                .switchSpace()
                .attempt(
                        "ovs-ofctl", "-O", "OpenFlow13", "--bundle", "add-flows", dataplane.target(), rules.toString());
        assertThat(result.all()).contains("OFPBAC_BAD_OUT_GROUP");
        assertThat(dataplane.rules()).hasSize(2);
    }

    @Test
    void passesLargeFrames() {
        h1().ip("link", "set", "dev", "eth0", "mtu", "9000");
        for (String device : List.of("h1", "switch", "lan")) {
            lab.network().lan().ip("link", "set", "dev", device, "mtu", "9000");
        }
        for (String device : List.of("inside", "outside")) {
            lab.network().switchSpace().ip("link", "set", "dev", device, "mtu", "9000");
        }
        lab.network().router().ip("link", "set", "dev", "s1", "mtu", "9000");
        Wait.until(
                "frames of 9,000 octets to pass",
                () -> h1().attempt("ping", "-n", "-c1", "-W1", "-M", "do", "-s", "8972", Addresses.GATEWAY)
                                .exit()
                        == 0);
    }

    @Test
    void showsItself() throws IOException {
        assertThat(natator("show")).contains("datapath 0000000000000001", "1(inside)", "2(outside)", "LIVE");
        assertThat(natator("dump-flows", "--no-stats")).contains("priority=1,in_port=1 actions=output:2");
        assertThat(new ObjectMapper().readTree(natator("dump-flows", "-o", "json")))
                .hasSizeGreaterThanOrEqualTo(2);
        ofctl("--names", "add-flow", dataplane.target(), "table=table3,in_port=inside,actions=output:outside");
        ofctl("--names", "del-flows", dataplane.target(), "table=table3");
        assertThat(natator("dump-ports")).contains("port 1(inside)");
        assertThat(natator("trace", "in_port=1,icmp,nw_dst=192.0.2.9")).contains("table 0", "output:2");
        assertThat(Shell.attempt(Program.command("switch", "show", "--control", "/nowhere"))
                        .all())
                .contains("no switch answers at /nowhere");
        assertThat(Shell.attempt(Program.command("switch", "--dpid", "1", "--ports", "eth1"))
                        .all())
                .contains("\"eth1\" is not NUMBER=INTERFACE");
    }

    private static Namespace h1() {
        return lab.network().h1();
    }

    private static void ofctl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ovs-ofctl", "-O", "OpenFlow13"));
        command.addAll(List.of(arguments));
        String _ = lab.network().switchSpace().run(command.toArray(String[]::new));
    }

    private static String natator(String... arguments) {
        List<String> command = new ArrayList<>(List.of("switch"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--control", dataplane.control().toString()));
        Shell.Result result = Shell.attempt(Program.command(command.toArray(String[]::new)));
        assertThat(result.exit()).as(result.all()).isZero();
        return result.out();
    }
}
