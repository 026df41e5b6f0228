package io.natator.lab.e2e;

import static io.natator.lab.e2e.Live.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.lab.net.Namespace;
import io.natator.lab.net.NatatorSwitch;
import io.natator.lab.net.Shell;
import io.natator.lab.net.SwitchKind;
import io.natator.lab.net.Wait;
import io.natator.lab.topology.Variant;
import io.natator.lab.traffic.Pinger;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A DYNAMIC pool: bindings that are used much go to Open vSwitch as two rules, and come back when they are not. */
@Tag("e2e")
class HardwareBindingsIT {
    @RegisterExtension
    static final Live LIVE = new Live(Variant.ROUTED, SwitchKind.OVS);

    private static final String CLIENT = Family.IPV4.client;
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Pattern PACKETS = Pattern.compile("n_packets=(\\d+)");

    private static final Pattern SESSION_PACKETS = Pattern.compile("\"packets\": *\"?(\\d+)");

    /** Of rules that do bindings. */
    private static final String COOKIE = "cookie=0x4e6";

    private static final String NETWORK = ServedDevice.NETWORK + """
            ---
            name: translations/pool
            kind: DYNAMIC
            inside: "192.168.2.0/24"
            outside: "198.51.100.0/29"
            pool: {idle: 8s}
            devices: [devices/s1]
            """;

    private static NatatorSwitch software;

    @BeforeAll
    static void build() {
        software = ServedDevice.start(LIVE);
        LIVE.apply(NETWORK);
        active();
    }

    private static void active() {
        LIVE.awaitActive("pool");
        LIVE.lab().bird().awaitRoutes(SOON, "198.51.100.0/29");
    }

    private static Namespace host() {
        return LIVE.network().h1();
    }

    private static List<String> rules() {
        return LIVE.lab().dataplane().flows().stream()
                .filter(f -> f.contains(COOKIE))
                .toList();
    }

    private static long packets() {
        return rules().stream()
                .map(PACKETS::matcher)
                .filter(Matcher::find)
                .mapToLong(m -> Long.parseLong(m.group(1)))
                .sum();
    }

    private static int bindings() {
        return LIVE.api().translation("pool").orElseThrow().getStatuses(0).getHardwareBindings();
    }

    private static long counted() {
        return LIVE.api().translation("pool").orElseThrow().getStatuses(0).getPackets();
    }

    /** How many packets of the host the software switch has translated; empty if it has no binding. */
    private static OptionalLong translated() {
        Shell.Result result = LIVE.lab().daemon().natator("sessions", "-o", "json", "--inside", "192.168.2.10");
        Matcher packets = SESSION_PACKETS.matcher(result.out());
        return packets.find() ? OptionalLong.of(Long.parseLong(packets.group(1))) : OptionalLong.empty();
    }

    private static void awaitBindings(int count) {
        LIVE.api().await(count + " bindings in hardware", LONG, () -> bindings() == count);
        Wait.until("their rules", LONG, () -> rules().size() == 2 * count);
    }

    @Test
    void goToTheDeviceWhileUsedAndComeBack() {
        try (Pinger pinger = Pinger.start(host(), CLIENT, Duration.ofMillis(50))) {
            awaitBindings(1);
            assertThat(rules()).anyMatch(r -> r.contains("hard_timeout=300"));
            long before = packets();
            OptionalLong known = translated();
            assertThat(known).as("its first packets").isPresent();
            int sent = pinger.sent();
            Wait.until(
                    "a hundred pings by rules", LONG, () -> pinger.sent() >= sent + 100 && packets() >= before + 200);
            assertThat(translated()).as("nothing of it by the software switch").isEqualTo(known);
            long passed = packets();
            LIVE.api().await("they count for the translation", SOON, () -> counted() >= passed);

            assertThat(host().run("curl", "-s", "-m5", "http://" + CLIENT + ":8080/"))
                    .as("TCP by the same rules")
                    .isNotEmpty();
            // What quotes packets is understood: the software switch knows the binding.
            Wait.until(
                    "the whole way",
                    SOON,
                    () -> host().attempt("traceroute", "-n", "-q1", "-w2", "-m6", CLIENT)
                            .out()
                            .lines()
                            .skip(1)
                            .anyMatch(l -> l.contains(CLIENT)));
            assertThat(LIVE.lab()
                            .daemon()
                            .natator("describe", "translation", "pool")
                            .out())
                    .contains("Bindings in hardware");
            assertThat(LIVE.lab()
                            .daemon()
                            .natator("sessions", "use", "-o", "json")
                            .out())
                    .containsPattern("\"hardwareBindings\": *1\\b");
            assertThat(pinger.stop().lost()).as("on the way to the rules").isEmpty();
        }
        awaitBindings(0);
        assertThat(rules()).isEmpty();
        Wait.until("the binding to end", LONG, () -> translated().isEmpty());
    }

    @Test
    void aKilledControllerLeavesNothingWrong() {
        try (Pinger pinger = Pinger.start(host(), CLIENT, Duration.ofMillis(50))) {
            awaitBindings(1);
            LIVE.lab().daemon().kill();
            int sent = pinger.sent();
            Wait.until("pings by rules that are left", LONG, () -> pinger.sent() >= sent + 40);
            assertThat(rules()).hasSize(2);
            LIVE.lab().daemon().start();
            active();
            awaitBindings(1);
            assertThat(pinger.stop().lost()).isEmpty();
        }
    }

    @Test
    void aSoftwareSwitchThatBeginsAnewHasItsRulesTakenAway() {
        try (Pinger _ = Pinger.start(host(), CLIENT, Duration.ofMillis(50))) {
            awaitBindings(1);
            software.kill();
            Wait.until("no rule of its bindings", LONG, () -> rules().isEmpty());
            software.start();
            active();
            awaitBindings(1);
        }
    }
}
