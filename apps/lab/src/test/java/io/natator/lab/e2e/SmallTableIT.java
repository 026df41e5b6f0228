package io.natator.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.lab.net.NatatorSwitch;
import io.natator.lab.net.SwitchKind;
import io.natator.lab.net.Wait;
import io.natator.lab.topology.Addresses;
import io.natator.lab.topology.Variant;
import io.natator.lab.traffic.Crowd;
import io.natator.lab.traffic.Pinger;
import io.natator.lab.traffic.UdpEcho;
import io.natator.v1.TranslationStatus;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * A device that speaks OpenFlow 1.3 and nothing else, rewrites whole addresses, and has one table of 1,000 rules, with a software
 * switch at its SERVICE port: a block of more hosts than it has rules, and pools.
 */
@Tag("e2e")
class SmallTableIT {
    @RegisterExtension
    static final Live LIVE = new Live(Variant.ROUTED, SwitchKind.NATATOR);

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String FIXED = "198.18.0.0/22";

    private static final String NETWORK = ServedDevice.NETWORK.replace(
                    "routes:\n", "routes:\n  - {prefix: \"10.1.0.0/16\", next_hop: \"192.168.2.254\"}\n")
            + """
            ---
            name: translations/fixed
            inside: "10.1.0.0/22"
            outside: "198.18.0.0/22"
            devices: [devices/s1]
            ---
            name: translations/shared
            kind: NAPT
            inside: "10.1.4.0/24"
            outside: "198.51.100.0/29"
            devices: [devices/s1]
            """;

    private static final String BINDINGS = """
            name: translations/few
            inside: "10.1.0.0/26"
            outside: "198.18.0.0/26"
            devices: [devices/s1]
            ---
            name: translations/bound
            kind: DYNAMIC
            inside: "192.168.2.0/24"
            outside: "198.51.100.0/29"
            devices: [devices/s1]
            """;

    @BeforeAll
    static void build() {
        NatatorSwitch _ = LIVE.lab().startSoftwareSwitch();
        ((NatatorSwitch) LIVE.lab().dataplane()).become("of13-exact,tables=1,capacity=1000");
        LIVE.api()
                .awaitDevice(
                        "s1",
                        LONG,
                        "connected, with its port",
                        d -> d.getStatus().getConnected()
                                && d.getStatus().getPortsList().stream()
                                        .anyMatch(port -> port.getPort().equals("service")));
    }

    private static List<String> bindings() {
        return LIVE.lab().dataplane().flows().stream()
                .filter(f -> f.contains("cookie=0x4e6"))
                .toList();
    }

    private static long packets() {
        return bindings().stream()
                .map(Pattern.compile("n_packets=(\\d+)")::matcher)
                .filter(Matcher::find)
                .mapToLong(m -> Long.parseLong(m.group(1)))
                .sum();
    }

    @Test
    void bindingsThatAreUsedMuchHaveTwoRulesThere() {
        LIVE.apply(ServedDevice.NETWORK);
        LIVE.apply(BINDINGS);
        LIVE.api().awaitState("bound", TranslationStatus.State.ACTIVE, LONG);
        LIVE.api().awaitState("few", TranslationStatus.State.ACTIVE, LONG);
        LIVE.lab().bird().awaitRoutes(LONG, Addresses.POOL, "198.18.0.0/26");
        try (Pinger pinger = Pinger.start(LIVE.network().h1(), Family.IPV4.client, Duration.ofMillis(50))) {
            Wait.until("two rules", LONG, () -> bindings().size() == 2);
            assertThat(bindings()).allMatch(rule -> rule.contains("table=0,"));
            long before = packets();
            int sent = pinger.sent();
            Wait.until("a hundred pings by them", LONG, () -> pinger.sent() >= sent + 100 && packets() >= before + 200);
            assertThat(pinger.stop().lost()).isEmpty();
        }
        LIVE.deleteAndAwait("bound");
        LIVE.deleteAndAwait("few");
        assertThat(bindings()).isEmpty();
    }

    @Test
    void whatFitsIsDoneByRulesAndTheRestBeside() throws Exception {
        Crowd crowd = LIVE.lab().startCrowd();
        crowd.namespace().ip("route", "add", "local", "10.1.4.0/24", "dev", "lo");
        LIVE.apply(NETWORK);
        LIVE.api().awaitState("fixed", TranslationStatus.State.ACTIVE, LONG);
        LIVE.api().awaitState("shared", TranslationStatus.State.ACTIVE, LONG);
        LIVE.lab().bird().awaitRoutes(LONG, FIXED, Addresses.POOL);
        assertThat(LIVE.api().translation("fixed").orElseThrow().getStatuses(0).getPlacement())
                .matches(
                        "set-field per host for [12][0-9]+ of 1024 addresses, the others, hairpins and ICMP errors devices/ss1.*");

        List<String> rules = LIVE.lab().dataplane().rules();
        assertThat(rules).hasSizeBetween(500, 1000).allMatch(rule -> rule.contains("table=0,"));
        try (UdpEcho _ = UdpEcho.serve(LIVE.network().client())) {
            // Hosts from the lowest address on have rules; the last ones have not.
            for (String host : List.of("10.1.0.1", "10.1.3.254", "10.1.3.77", "10.1.4.1", "10.1.4.254")) {
                try (DatagramSocket socket = crowd.socket(InetAddress.ofLiteral(host))) {
                    IpAddress seen = IpAddress.valueOf(
                            crowd.ask(socket, new byte[] {1, 2, 3}).getAddress());
                    String expected =
                            host.startsWith("10.1.4.") ? Addresses.POOL : host.replace("10.1.", "198.18.") + "/32";
                    assertThat(IpPrefix.valueOf(expected).contains(seen))
                            .as(host + " as " + seen)
                            .isTrue();
                }
            }
        }
        for (String outside : List.of("198.18.0.1", "198.18.3.254")) {
            Wait.until(
                    "an answer",
                    LONG,
                    () -> LIVE.ping(LIVE.network().client(), outside).lost().isEmpty());
        }
        LIVE.deleteAndAwait("fixed");
        LIVE.deleteAndAwait("shared");
    }
}
