package io.natator.lab.e2e;

import static io.natator.lab.e2e.Live.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.lab.net.Named;
import io.natator.lab.net.Namespace;
import io.natator.lab.net.Wait;
import io.natator.lab.topology.Addresses;
import io.natator.lab.topology.Lab;
import io.natator.lab.traffic.Crowd;
import io.natator.lab.traffic.Dns;
import io.natator.lab.traffic.Download;
import io.natator.v1.ListSessionsRequest;
import io.natator.v1.SessionFilter;
import io.natator.v1.TranslationStatus;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Open vSwitch as the device, and a software switch at its SERVICE port: sessions there, static blocks in the device's own path. */
@Tag("e2e")
class NaptIT {
    @RegisterExtension
    static final NaptLive NAPT = new NaptLive(1);

    private static final Live LIVE = NAPT.live();
    private static final String STATIC_OUTSIDE = "192.168.3.10";
    private static final String CLIENT = Family.IPV4.client;

    private static void assertPings() {
        Wait.until("a session", SOON, () -> NAPT.crowd().pings(Crowd.host(1)));
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
    }

    /** Whom they spoke to is whom their sessions know, and who answers; the block's hosts see addresses of the pool. */
    @Test
    void hostsOfThePoolReachTheStaticBlockByItsOutsideAddresses() throws IOException {
        Wait.until(
                "answers",
                SOON,
                () -> NAPT.crowd()
                        .namespace()
                        .attempt(
                                "ping",
                                "-n",
                                "-c3",
                                "-i0.2",
                                "-W5",
                                "-I",
                                Crowd.host(2).getHostAddress(),
                                STATIC_OUTSIDE)
                        .out()
                        .contains(" 0% packet loss"));
        Crowd crowd = new Crowd(NAPT.crowd().namespace(), STATIC_OUTSIDE);
        try (Socket socket = crowd.connect(Crowd.host(2))) {
            assertThat(Download.file(socket, STATIC_OUTSIDE, 1_000_000).bytes()).isEqualTo(1_000_000);
        }
        assertThat(IpPrefix.valueOf(Addresses.POOL)
                        .contains(IpAddress.valueOf(crowd.get(Crowd.host(2)).getAddress())))
                .isTrue();
        ListSessionsRequest ofHost = ListSessionsRequest.newBuilder()
                .setFilter(SessionFilter.newBuilder().setInside(Crowd.host(2).getHostAddress() + "/32"))
                .build();
        assertThat(LIVE.api().sessions().listSessions(ofHost).getSessionsList())
                .isNotEmpty()
                .allMatch(s -> s.getRemote().equals(STATIC_OUTSIDE));
    }

    /** Datagrams of more than a packet, both ways, and an answer of BIND that is: all fragments go the same way. */
    @Test
    void largeDatagramsPassInFragments() throws IOException {
        byte[] payload = new byte[8_000];
        new Random(payload.length).nextBytes(payload);
        for (int host = 10; host < 20; host++) {
            try (DatagramSocket socket = NAPT.crowd().socket(Crowd.host(host))) {
                InetSocketAddress seen = NAPT.crowd().ask(socket, payload);
                assertThat(IpPrefix.valueOf(Addresses.POOL).contains(IpAddress.valueOf(seen.getAddress())))
                        .isTrue();
                assertThat(Dns.text(socket, CLIENT, Named.LARGE)).isEqualTo(Named.LARGE_OCTETS);
            }
        }
    }

    /** What quotes a packet is understood by who sent it: the port unreachable of the last hop, above all. */
    @Test
    void tracesThroughTheStaticBlock() {
        Traces.await(LIVE.network().client(), STATIC_OUTSIDE, List.of("", "", STATIC_OUTSIDE));
        Traces.awaitFrom(NAPT.crowd().namespace(), "10.1.0.30", CLIENT, List.of("", "10.0.0.1", CLIENT));
    }

    @Test
    void pathMtuIsFound() throws IOException {
        LIVE.network().router().ip("link", "set", "client", "mtu", "1280");
        try {
            assertPings();
            for (String from : List.of(Addresses.H1, "10.1.0.40")) {
                Namespace space = from.equals(Addresses.H1)
                        ? LIVE.network().h1()
                        : NAPT.crowd().namespace();
                Wait.until(
                        "the router's word on its MTU",
                        SOON,
                        () -> space.attempt("ping", "-n", "-c1", "-W1", "-Mdo", "-s1372", "-I", from, CLIENT)
                                .out()
                                .contains("mtu = 1280"));
            }
            try (Socket socket = NAPT.crowd().connect(Crowd.host(50))) {
                assertThat(Download.file(socket, CLIENT, 1_000_000).bytes()).isEqualTo(1_000_000);
            }
        } finally {
            LIVE.network().router().ip("link", "set", "client", "mtu", "1500");
            for (Namespace space : List.of(LIVE.network().h1(), NAPT.crowd().namespace())) {
                space.ip("route", "flush", "cache");
            }
        }
    }

    @Test
    void aKilledSoftwareSwitchTakesSessionsAlone() {
        assertPings();
        NAPT.software(1).kill();
        try {
            assertThat(LIVE.ping(LIVE.network().h1(), CLIENT).lost())
                    .as("by rules")
                    .isEmpty();
            Wait.until(
                    "no route for the pool",
                    SOON,
                    () -> !LIVE.lab().bird().routes().contains(Addresses.POOL));
            assertThat(LIVE.lab().bird().routes()).contains(NaptLive.FIXED);
        } finally {
            NAPT.software(1).start();
        }
        NAPT.awaitActive();
        assertPings();
    }

    /** A session is the software switch's: what happens to the link or the device, it is there afterwards. */
    private static void assertSessionSurvives(Runnable disturbance) throws IOException {
        byte[] payload = {1, 2, 3};
        try (DatagramSocket socket = NAPT.crowd().socket(Crowd.host(60))) {
            InetSocketAddress before = NAPT.crowd().ask(socket, payload);
            disturbance.run();
            NAPT.awaitActive();
            assertThat(NAPT.crowd().ask(socket, payload)).isEqualTo(before);
        }
        assertPings();
    }

    @Test
    void aFlappingLinkIsSurvived() throws IOException {
        assertPings();
        assertSessionSurvives(() -> {
            for (int i = 0; i < 3; i++) {
                LIVE.network().switchSpace().ip("link", "set", "service", "down");
                assertThat(LIVE.ping(LIVE.network().h1(), CLIENT).lost())
                        .as("by rules")
                        .isEmpty();
                LIVE.network().switchSpace().ip("link", "set", "service", "up");
            }
        });
    }

    @Test
    void aRestartedDeviceGetsItsRulesBack() throws IOException {
        assertPings();
        assertSessionSurvives(() -> {
            LIVE.lab().dataplane().kill();
            LIVE.lab().dataplane().start();
            LIVE.api().awaitDevice("s1", SOON, "in sync", d -> d.getStatus().getInSync());
        });
        assertThat(LIVE.lab().dataplane().rules())
                .anyMatch(r -> r.contains("output:" + Lab.SERVICE_PORT) || r.contains("output:service"));
    }
}
