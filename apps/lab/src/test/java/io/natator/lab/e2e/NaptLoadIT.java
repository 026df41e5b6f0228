package io.natator.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.natator.lab.net.Shell;
import io.natator.lab.net.Wait;
import io.natator.lab.topology.Addresses;
import io.natator.lab.traffic.Crowd;
import io.natator.v1.PoolUse;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A pool that changes while its hosts speak, and what the command line tells of it. */
@Tag("e2e")
class NaptLoadIT {
    @RegisterExtension
    static final NaptLive NAPT = new NaptLive(1);

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final byte[] HELLO = {1, 2, 3};
    private static final int FLOWS = 24;
    private static final String LOWER_HALF = "198.51.100.0/30";

    /** A host with one UDP flow and one TCP connection, by one outside address. */
    private record Flow(DatagramSocket udp, Socket tcp, InetSocketAddress seen) {
        static Flow begin(InetAddress host) throws IOException {
            DatagramSocket udp = NAPT.crowd().socket(host);
            Flow flow = new Flow(udp, NAPT.crowd().connect(host), NAPT.crowd().ask(udp, HELLO));
            assertThat(flow.tcpAnswers()).isTrue();
            return flow;
        }

        boolean isLower() {
            return (seen.getAddress().getAddress()[3] & 7) < 4;
        }

        InetSocketAddress ask() throws IOException {
            return NAPT.crowd().ask(udp, HELLO);
        }

        /** One more request by the connection that stands. */
        boolean tcpAnswers() throws IOException {
            return KeptConnection.asks(tcp, Family.IPV4.client);
        }

        void end() throws IOException {
            udp.close();
            tcp.close();
        }
    }

    @Test
    void thePoolGrowsAndShrinksUnderLoad() throws Exception {
        List<Flow> flows = new ArrayList<>();
        try {
            for (int i = 0; i < FLOWS; i++) {
                flows.add(Flow.begin(Crowd.host(100 + i)));
            }
            apply(Addresses.POOL, "198.51.100.8/29");
            Wait.until("the pool to grow", LONG, () -> NAPT.use(1, PoolUse::getAddresses) == 16);
            for (Flow flow : flows) {
                assertThat(flow.ask()).isEqualTo(flow.seen());
                assertThat(flow.tcpAnswers()).isTrue();
            }
            assertThat(lost()).isZero();

            long doomed = sessionsOutside();
            assertThat(doomed).isPositive();
            apply(LOWER_HALF, "");
            Wait.until("the pool to shrink", LONG, () -> NAPT.use(1, PoolUse::getAddresses) == 4);
            NAPT.live().lab().bird().awaitRoutes(LONG, NaptLive.FIXED, LOWER_HALF);
            for (Flow flow : flows) {
                InetSocketAddress now = flow.ask();
                if (flow.isLower()) {
                    assertThat(now).isEqualTo(flow.seen());
                    assertThat(flow.tcpAnswers()).isTrue();
                } else {
                    assertThat(now.getAddress().getAddress()[3] & 0xFF).isLessThan(4);
                }
            }
            Wait.until("all that may not stay to be counted", LONG, () -> lost() >= doomed);
            assertThat(lost()).isEqualTo(doomed);
        } finally {
            for (Flow flow : flows) {
                flow.end();
            }
            NAPT.live().applyFile();
            NAPT.awaitActive();
        }
    }

    private static long lost() {
        return NAPT.software(1).counters().path("sessions_lost").asLong();
    }

    private static long sessionsOutside() throws IOException {
        long count = 0;
        for (JsonNode session : json("sessions", "--limit", "0", "-o", "json")) {
            String[] octets = session.path("outside").asText().split("\\.", -1);
            count += Integer.parseInt(octets[3]) < 4 ? 0 : 1;
        }
        return count;
    }

    private static void apply(String outside, String also) {
        NAPT.live().apply("""
                name: translations/shared
                kind: NAPT
                inside: "%s"
                outside: "%s"
                devices: [devices/s1]
                pool: {sessions_per_host: 500, also: [%s]}
                """.formatted(Addresses.CROWD, outside, also.isEmpty() ? "" : '"' + also + '"'));
    }

    /** What people and programs ask: sessions, use of pools, and who it was, now and then. */
    @Test
    void theCommandLineTellsWhoIsWho() throws Exception {
        // Switches tell times to a seventh of a second.
        Instant before = Instant.now().minusSeconds(5);
        try (DatagramSocket socket = NAPT.crowd().socket(Crowd.host(300))) {
            InetSocketAddress seen = NAPT.crowd().ask(socket, HELLO);
            String host = Crowd.host(300).getHostAddress();
            String outside = seen.getAddress().getHostAddress();
            JsonNode sessions = json("sessions", "--inside", host, "--protocol", "udp", "-o", "json");
            assertThat(sessions).hasSize(1);
            JsonNode session = sessions.get(0);
            assertThat(session.path("translation").asText()).isEqualTo("translations/shared");
            assertThat(session.path("device").asText()).isEqualTo("devices/ss1");
            assertThat(session.path("insidePort").asInt()).isEqualTo(socket.getLocalPort());
            assertThat(session.path("outside").asText()).isEqualTo(outside);
            assertThat(session.path("outsidePort").asInt()).isEqualTo(seen.getPort());
            assertThat(session.path("remote").asText()).isEqualTo(Addresses.CLIENT);
            assertThat(session.path("packets").asLong()).isGreaterThanOrEqualTo(2);

            JsonNode use = json("sessions", "use", "-o", "json").get(0);
            assertThat(use.path("addresses").asInt()).isEqualTo(8);
            assertThat(use.path("sessions").asLong()).isPositive();
            assertThat(use.path("ports").asLong())
                    .isGreaterThan(use.path("portsUsed").asLong());

            String end = outside + ":" + seen.getPort();
            JsonNode who = json("whois", end, "--protocol", "udp", "-o", "json");
            assertThat(who.get(0).path("inside").asText()).isEqualTo(host);
            assertThat(who.get(0).path("insidePort").asInt()).isEqualTo(socket.getLocalPort());
            // Ended by hand, it is history: the session log knows it, and that nobody had the port before.
            String now = Instant.now().toString();
            assertThat(natator("sessions", "clear", "--inside", host).out()).contains("1 session cleared");
            assertThat(json("sessions", "--inside", host, "-o", "json")).isEmpty();
            Wait.until(
                    "the session log to tell of the past",
                    LONG,
                    () -> natator("whois", end, "--protocol", "udp", "--at", now, "-o", "json")
                            .out()
                            .contains(host));
            Shell.Result nobody = natator("whois", end, "--protocol", "udp", "--at", before.toString());
            assertThat(nobody.exit()).as(nobody.all()).isEqualTo(3);
        }
    }

    private static Shell.Result natator(String... arguments) {
        return NAPT.live().lab().daemon().natator(arguments);
    }

    private static JsonNode json(String... arguments) throws IOException {
        Shell.Result done = natator(arguments);
        assertThat(done.exit()).as(done.all()).isZero();
        return new ObjectMapper().readTree(done.out());
    }
}
