package io.natator.lab.e2e;

import static io.natator.lab.e2e.Live.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.lab.net.Namespace;
import io.natator.lab.net.NatatorSwitch;
import io.natator.lab.net.Shell;
import io.natator.lab.net.SwitchKind;
import io.natator.lab.net.Wait;
import io.natator.lab.topology.Lab;
import io.natator.lab.topology.Variant;
import io.natator.v1.TranslationStatus;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Open vSwitch as the device, and a software switch at its SERVICE port: sessions there, static blocks in the device's own path. */
@Tag("e2e")
class NaptIT {
    @RegisterExtension
    static final Live LIVE = new Live(Variant.ROUTED, SwitchKind.OVS);

    private static final String STATIC_OUTSIDE = "192.168.3.10";
    private static final String CLIENT = Family.IPV4.client;

    private static final String NETWORK = ServedDevice.NETWORK + """
            ---
            name: translations/fixed
            inside: "192.168.2.0/28"
            outside: "192.168.3.0/28"
            devices: [devices/s1]
            ---
            name: translations/shared
            kind: NAPT
            inside: "192.168.2.16/28"
            outside: "198.51.100.0/30"
            devices: [devices/s1]
            """;

    private static NatatorSwitch software;

    @BeforeAll
    static void build() {
        // The other half of the hosts' block is shared.
        host().ip("addr", "flush", "dev", "eth0", "scope", "global");
        host().address("eth0", "192.168.2.20/24");
        host().route("default", "192.168.2.1");
        software = ServedDevice.start(LIVE);
        LIVE.apply(NETWORK);
        active();
    }

    private static void active() {
        LIVE.awaitActive("fixed");
        LIVE.awaitActive("shared");
        LIVE.lab().bird().awaitRoutes(SOON, "192.168.3.0/28", "198.51.100.0/30");
    }

    private static Namespace host() {
        return LIVE.network().h2();
    }

    private static void assertPings() {
        assertThat(LIVE.ping(host(), CLIENT).lost()).as("by a session").isEmpty();
        assertThat(LIVE.ping(LIVE.network().h1(), CLIENT).lost()).as("by rules").isEmpty();
        assertThat(LIVE.ping(LIVE.network().client(), STATIC_OUTSIDE).lost()).isEmpty();
    }

    @Test
    void pingsGoBySessionsBesideRules() {
        assertPings();
        TranslationStatus shared =
                LIVE.api().translation("shared").orElseThrow().getStatuses(0);
        assertThat(shared.getPlacement()).isEqualTo("devices/ss1: NAPT needs sessions");
        assertThat(LIVE.api().translation("fixed").orElseThrow().getStatuses(0).getPlacement())
                .isEqualTo("masked set-field, ICMP errors devices/ss1");
        // Nobody outside finds a way in.
        assertThat(LIVE.network()
                        .client()
                        .attempt("ping", "-n", "-c1", "-W1", "198.51.100.1")
                        .exit())
                .isNotZero();
        assertThat(host().run("curl", "-s", "-m5", "http://" + CLIENT + ":8080/"))
                .isNotEmpty();
    }

    /** What quotes a packet is understood by who sent it: the port unreachable of the last hop, above all. */
    @Test
    void tracesThroughTheStaticBlock() {
        Wait.until("the whole way", SOON, () -> {
            Shell.Result trace =
                    LIVE.network().client().attempt("traceroute", "-n", "-q1", "-w2", "-m6", STATIC_OUTSIDE);
            List<String> hops = trace.out().lines().skip(1).toList();
            return !hops.isEmpty() && hops.getLast().contains(STATIC_OUTSIDE) && hops.size() == 3;
        });
        Wait.until("the whole way", SOON, () -> {
            Shell.Result trace = host().attempt("traceroute", "-n", "-q1", "-w2", "-m6", CLIENT);
            return trace.out().lines().skip(1).anyMatch(l -> l.contains(CLIENT));
        });
    }

    @Test
    void pathMtuIsFound() {
        LIVE.network().router().ip("link", "set", "client", "mtu", "1280");
        try {
            for (Namespace from : List.of(LIVE.network().h1(), host())) {
                assertThat(LIVE.ping(from, CLIENT).lost()).isEmpty();
                Wait.until(
                        "the router's word on its MTU",
                        SOON,
                        () -> from.attempt("ping", "-n", "-c1", "-W1", "-Mdo", "-s1372", CLIENT)
                                .out()
                                .contains("mtu = 1280"));
            }
        } finally {
            LIVE.network().router().ip("link", "set", "client", "mtu", "1500");
            for (Namespace from : List.of(LIVE.network().h1(), host())) {
                from.ip("route", "flush", "cache");
            }
        }
    }

    @Test
    void aKilledSoftwareSwitchTakesSessionsAlone() {
        assertPings();
        software.kill();
        try {
            assertThat(LIVE.ping(LIVE.network().h1(), CLIENT).lost())
                    .as("by rules")
                    .isEmpty();
            Wait.until(
                    "no route for the pool",
                    SOON,
                    () -> !LIVE.lab().bird().routes().contains("198.51.100.0/30"));
            assertThat(LIVE.lab().bird().routes()).contains("192.168.3.0/28");
        } finally {
            software.start();
        }
        active();
        assertPings();
    }

    @Test
    void aFlappingLinkIsSurvived() {
        assertPings();
        for (int i = 0; i < 3; i++) {
            LIVE.network().switchSpace().ip("link", "set", "service", "down");
            assertThat(LIVE.ping(LIVE.network().h1(), CLIENT).lost())
                    .as("by rules")
                    .isEmpty();
            LIVE.network().switchSpace().ip("link", "set", "service", "up");
        }
        active();
        assertPings();
    }

    @Test
    void aRestartedDeviceGetsItsRulesBack() {
        assertPings();
        LIVE.lab().dataplane().kill();
        LIVE.lab().dataplane().start();
        LIVE.api().awaitDevice("s1", SOON, "in sync", d -> d.getStatus().getInSync());
        active();
        assertPings();
        assertThat(LIVE.lab().dataplane().rules())
                .anyMatch(r -> r.contains("output:" + Lab.SERVICE_PORT) || r.contains("output:service"));
    }
}
