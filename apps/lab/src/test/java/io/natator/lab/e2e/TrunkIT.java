package io.natator.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.natator.lab.net.Inventory;
import io.natator.lab.net.LabSwitch;
import io.natator.lab.net.Namespace;
import io.natator.lab.net.Pid;
import io.natator.lab.net.SwitchKind;
import io.natator.lab.net.Switches;
import io.natator.lab.net.Wait;
import io.natator.lab.traffic.Pinger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two software switches with a trunk between them: each puts a VLAN tag on what its host sends, and takes frames with this tag
 * alone from the trunk. Hosts have all offloads on and jumbo frames.
 *
 * <pre>
 * a -- inside:s1:outside == tag 100 == inside:s2:outside -- b
 * </pre>
 */
@Tag("e2e")
class TrunkIT {
    private static final int MTU = 8900;
    private static final String A = "10.8.0.1";
    private static final String B = "10.8.0.2";
    private static final String B6 = "2001:db8:8::2";
    private static final Pattern BYTES = Pattern.compile("rx pkts=(\\d+), bytes=(\\d+)");

    private static Inventory inventory;
    private static Namespace a;
    private static Namespace b;
    private static Namespace one;
    private static Namespace two;
    private static LabSwitch first;
    private static LabSwitch second;

    @BeforeAll
    static void up() {
        inventory = Inventory.create(ProcessHandle.current().pid() + ".trunk", "trunk", false);
        a = Namespace.create(inventory, "a");
        b = Namespace.create(inventory, "b");
        one = Namespace.create(inventory, "one");
        two = Namespace.create(inventory, "two");
        wire(a, "eth0", one, "inside", MTU);
        wire(one, "outside", two, "inside", 9000);
        wire(two, "outside", b, "eth0", MTU);
        a.address("eth0", A + "/24", "2001:db8:8::1/64");
        b.address("eth0", B + "/24", B6 + "/64");
        first = Switches.start(SwitchKind.NATATOR, inventory, one, "s1", 1);
        second = Switches.start(SwitchKind.NATATOR, inventory, two, "s2", 2);
        String tag = "actions=push_vlan:0x8100,set_field:4196->vlan_vid,output:";
        String untag = "dl_vlan=100,actions=pop_vlan,output:";
        first.addFlow("in_port=1," + tag + 2);
        first.addFlow("in_port=2," + untag + 1);
        second.addFlow("in_port=2," + tag + 1);
        second.addFlow("in_port=1," + untag + 2);
    }

    @AfterAll
    static void down() {
        inventory.remove();
    }

    /** As the kernel makes it, offloads on. */
    private static void wire(Namespace from, String device, Namespace to, String peer, int mtu) {
        from.ip(
                "link",
                "add",
                device,
                "mtu",
                Integer.toString(mtu),
                "type",
                "veth",
                "peer",
                "name",
                peer,
                "mtu",
                Integer.toString(mtu),
                "netns",
                to.name());
        from.ip("link", "set", device, "up");
        to.ip("link", "set", peer, "up");
    }

    /** Neighbours are found by ARP and by neighbour discovery, both tagged on the trunk. */
    @Test
    void findsNeighboursAndPings() {
        for (String target : List.of(B, B6)) {
            a.ip("neigh", "flush", "dev", "eth0");
            Wait.until("an answer of " + target, () -> Pinger.ping(a, target, 1).received() == 1);
            assertThat(a.ip("neigh", "show", target)).contains(b.mac("eth0"));
            assertThat(Pinger.ping(a, target, 5).lost()).isEmpty();
            assertThat(a.run("ping", "-n", "-c2", "-W2", "-M", "do", "-s", "8000", target))
                    .contains(" 0% packet loss");
        }
        assertThat(first.flows())
                .filteredOn(flow -> flow.contains("dl_vlan=100") && flow.contains("n_packets=0,"))
                .isEmpty();
    }

    @Test
    void tcpRunsInSegmentsOf64KiB() throws IOException {
        for (String target : List.of(B, B6)) {
            long[] before = received();
            JsonNode result = iperf(target, "-t", "1");
            assertThat(result.at("/end/sum_received/bytes").asLong()).isGreaterThan(1_000_000);
            long[] after = received();
            long mean = (after[1] - before[1]) / (after[0] - before[0]);
            assertThat(mean).as("octets of a frame on the trunk, %s", target).isGreaterThan(2L * MTU);
        }
    }

    @Test
    void udpRuns() throws IOException {
        for (String target : List.of(B, B6)) {
            JsonNode sum =
                    iperf(target, "-u", "-b", "8M", "-l", "1000", "-t", "1").at("/end/sum");
            assertThat(sum.path("packets").asLong()).isGreaterThan(100);
            // On a busy machine the receiver's socket may overflow.
            assertThat(sum.path("lost_packets").asLong())
                    .isLessThan(sum.path("packets").asLong() / 2);
        }
    }

    /** Frames and octets that came in on the trunk, as the second switch counted them. */
    private static long[] received() {
        Matcher matcher = BYTES.matcher(two.run(
                "ovs-ofctl",
                "-O",
                "OpenFlow13",
                "dump-ports",
                "unix:" + inventory.dir().resolve("s2.mgmt"),
                "1"));
        assertThat(matcher.find()).isTrue();
        return new long[] {Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))};
    }

    private static JsonNode iperf(String target, String... options) throws IOException {
        Pid server = b.start("iperf3", List.of("iperf3", "-s", "-1"));
        try {
            Wait.until("the server to listen", () -> b.run("ss", "-ltnH").contains(":5201"));
            List<String> command = new ArrayList<>(List.of("iperf3", "-c", target, "-J"));
            command.addAll(List.of(options));
            return new ObjectMapper().readTree(a.run(command.toArray(String[]::new)));
        } finally {
            server.kill(true);
            Wait.until("the server to end", () -> !server.isAlive());
        }
    }
}
