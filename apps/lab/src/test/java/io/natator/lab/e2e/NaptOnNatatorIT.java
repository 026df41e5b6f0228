package io.natator.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.lab.net.Named;
import io.natator.lab.net.TaughtSwitch;
import io.natator.lab.net.Wait;
import io.natator.lab.traffic.Crowd;
import io.natator.lab.traffic.Dns;
import io.natator.model.session.Session;
import io.natator.model.session.SessionQuery;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** What a software switch alone carries by NAPT: {@link NaptNet}. */
@Tag("e2e")
class NaptOnNatatorIT {
    @RegisterExtension
    static final NaptNet NET = new NaptNet();

    private static final String SERVER = NaptNet.SERVER;
    private static final int HOSTS = 1000;

    @Test
    void aThousandHostsSpeakHttpDnsAndUdpByOneSmallPool() throws Exception {
        Set<InetSocketAddress> outside = new HashSet<>(Crowd.each(HOSTS, NET.crowd()::get));
        assertThat(outside).hasSize(HOSTS).allMatch(NaptNet::isInPool);
        byte[] payload = NET.payload(40);
        Set<InetSocketAddress> datagrams = new HashSet<>(Crowd.each(HOSTS, host -> {
            try (DatagramSocket socket = NET.crowd().socket(host)) {
                return NET.crowd().ask(socket, payload);
            }
        }));
        assertThat(datagrams).hasSize(HOSTS).allMatch(NaptNet::isInPool);
        assertThat(Crowd.each(HOSTS, host -> NET.crowd().resolve(host, "www." + Named.ZONE)))
                .containsOnly(InetAddress.ofLiteral(SERVER));
        try (DatagramSocket socket = NET.crowd().socket(Crowd.host(7))) {
            assertThat(Dns.text(socket, SERVER, Named.LARGE)).isEqualTo(Named.LARGE_OCTETS);
        }
        assertThat(NET.use().sessions()).isGreaterThanOrEqualTo(3 * HOSTS);
        assertThat(NET.napt().ask("dump-pools")).hasSizeGreaterThan(1);
    }

    @Test
    void sessionsAreListedFoundAndEnded() throws Exception {
        InetAddress host = InetAddress.ofLiteral("10.1.20.1");
        try (DatagramSocket socket = NET.crowd().socket(host)) {
            InetSocketAddress outside = NET.crowd().ask(socket, NET.payload(20));
            SessionQuery query = new SessionQuery(
                    Optional.empty(),
                    OptionalInt.of(17),
                    Optional.of(IpPrefix.valueOf("10.1.20.1/32")),
                    Optional.empty(),
                    OptionalInt.empty(),
                    Optional.empty());
            List<Session> listed = NET.napt()
                    .sessions()
                    .list(TaughtSwitch.DATAPATH, query, "", 100)
                    .get(30, TimeUnit.SECONDS)
                    .sessions();
            assertThat(listed).hasSize(1);
            Session session = listed.getFirst();
            assertThat(session.insidePort()).isEqualTo(socket.getLocalPort());
            assertThat(session.outsidePort()).isEqualTo(outside.getPort());
            assertThat(session.remote()).isEqualTo(IpAddress.valueOf(SERVER));
            assertThat(NET.napt()
                            .sessions()
                            .lookup(
                                    TaughtSwitch.DATAPATH,
                                    IpAddress.valueOf(outside.getAddress()),
                                    17,
                                    outside.getPort(),
                                    Instant.now())
                            .get(30, TimeUnit.SECONDS))
                    .extracting(Session::inside)
                    .contains(IpAddress.valueOf(host));
            assertThat(NET.napt().sessions().clear(TaughtSwitch.DATAPATH, query).get(30, TimeUnit.SECONDS))
                    .isEqualTo(1);
            assertThat(NET.napt()
                            .sessions()
                            .list(TaughtSwitch.DATAPATH, query, "", 100)
                            .get(30, TimeUnit.SECONDS)
                            .sessions())
                    .isEmpty();
        }
    }

    @Test
    void oneMappingServesAllRemotesAndPingAndTraceroutePass() {
        assertThat(NET.hosts()
                        .attempt("ping", "-c3", "-i0.2", "-W5", "-I", "10.1.30.1", SERVER)
                        .out())
                .contains(" 0% packet loss");
        String route = NET.hosts().run("traceroute", "-n", "-s", "10.1.30.2", "-q1", "-w5", "-m4", SERVER);
        // The switch changes no TTL: the router is the first hop. Its error came by the session.
        assertThat(route).contains("192.0.2.1").contains(SERVER);
        String icmp = NET.hosts().run("traceroute", "-I", "-n", "-s", "10.1.30.3", "-q1", "-w5", "-m4", SERVER);
        assertThat(icmp).contains("192.0.2.1").contains(SERVER);
    }

    @Test
    void thePathMtuIsFoundAndLargeDatagramsPassInFragments() throws IOException {
        // 1,400 octets and "don't fragment": the router before the narrow link says so, and the host hears it.
        assertThat(NET.hosts()
                        .attempt("ping", "-c2", "-W5", "-Mdo", "-s1372", "-I", "10.1.40.1", SERVER)
                        .all())
                .contains("mtu");
        assertThat(NET.hosts().run("ip", "route", "get", SERVER, "from", "10.1.40.1"))
                .contains("mtu 1280");
        try (DatagramSocket socket = NET.crowd().socket(InetAddress.ofLiteral("10.1.40.2"))) {
            assertThat(NET.crowd().ask(socket, NET.payload(30_000))).matches(NaptNet::isInPool);
        }
    }

    @Test
    void insideHostsReachEachOtherByTheirOutsideAddresses() throws IOException {
        try (DatagramSocket one = NET.crowd().socket(InetAddress.ofLiteral("10.1.50.1"));
                DatagramSocket other = NET.crowd().socket(InetAddress.ofLiteral("10.1.50.2"))) {
            InetSocketAddress ofOne = NET.crowd().ask(one, NET.payload(10));
            InetSocketAddress ofOther = NET.crowd().ask(other, NET.payload(10));
            // Address-dependent filtering: each must have spoken to the other's outside address.
            byte[] hello = "hello".getBytes(StandardCharsets.US_ASCII);
            one.send(new DatagramPacket(hello, hello.length, ofOther));
            DatagramPacket in = new DatagramPacket(new byte[100], 100);
            for (int attempt = 0; attempt < 10; attempt++) {
                other.send(new DatagramPacket(hello, hello.length, ofOne));
                try {
                    one.receive(in);
                    break;
                } catch (SocketTimeoutException e) {
                    // the last attempt tells
                }
            }
            assertThat(in.getSocketAddress()).isEqualTo(ofOther);
        }
    }

    @Test
    void tcpPassesInLargeSegments() {
        var _ = NET.server().start("iperf3", List.of("iperf3", "-s", "-1"));
        Wait.until(
                "iperf3 to listen",
                () -> NET.server().run("ss", "-Hltn", "sport", "=", ":5201").contains("5201"));
        String report = NET.hosts().run("iperf3", "-c", SERVER, "-B", "10.1.60.1", "-n", "50M", "-J");
        assertThat(report).contains("\"sum_received\"").doesNotContain("\"error\"");
    }

    @Test
    void aSwitchThatWasKilledComesBackAndTranslatesAgain() throws Exception {
        try (DatagramSocket socket = NET.crowd().socket(InetAddress.ofLiteral("10.1.70.1"))) {
            assertThat(NET.crowd().ask(socket, NET.payload(10))).matches(NaptNet::isInPool);
            NET.napt().restart();
            assertThat(NET.crowd().ask(socket, NET.payload(10))).matches(NaptNet::isInPool);
            assertThat(NET.use().created()).isLessThan(HOSTS);
        }
    }
}
