package io.natator.lab.e2e;

import static io.natator.lab.e2e.Live.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.lab.net.Namespace;
import io.natator.lab.net.Shell;
import io.natator.lab.net.Wait;
import io.natator.lab.topology.Addresses;
import io.natator.lab.traffic.Download;
import io.natator.lab.traffic.UdpEcho;
import io.natator.v1.ListSessionsRequest;
import io.natator.v1.LookupSessionsRequest;
import io.natator.v1.SessionFilter;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * Hosts of IPv6 alone, of {@code docs/examples/ipv6-only.yaml}, and IPv4 ones outside: h1 has an IPv4 address of its own (SIIT), h2
 * shares two (NAT64).
 */
@Tag("e2e")
abstract class CrossingTests {
    static final String SERVER = "198.51.100.10";
    static final String POOL = "198.51.100.0/31";
    static final String PREF64 = "2001:db8:64::";

    /** The client as hosts of IPv6 find it. */
    static final String CLIENT = PREF64 + "cb00:710a";

    private static final String SERVER_V6 = PREF64 + "c633:640a";

    abstract Live live();

    private Namespace h1() {
        return live().network().h1();
    }

    private Namespace h2() {
        return live().network().h2();
    }

    private Namespace client() {
        return live().network().client();
    }

    static void start(Live live) {
        start(live, live.file());
    }

    /** @param file what the lab's file says, or more than that */
    static void start(Live live, String file) {
        live.network().router().route("2001:db8:2::/64", Addresses.LINK_NEXT_HOP_V6);
        live.apply(file);
        awaitActive(live);
    }

    static void awaitActive(Live live) {
        live.awaitActive("server");
        live.awaitActive("hosts");
        live.lab().bird().awaitRoutes(SOON, SERVER + "/32", POOL);
    }

    String placement(String translation) {
        return live().api()
                .translation(translation)
                .orElseThrow()
                .getStatuses(0)
                .getPlacement();
    }

    private static boolean sharedBy(String seen) {
        return IpPrefix.valueOf(POOL).contains(IpAddress.valueOf(seen));
    }

    @Test
    void aServerOfIpv6KeepsItsIpv4Address() {
        assertThat(live().ping(client(), SERVER).lost()).isEmpty();
        assertThat(Download.seenAs(client(), SERVER)).isEqualTo("2001:db8:64:0:0:0:cb00:710a");
        assertThat(Download.file(client(), SERVER, 3_000_000).bytes()).isEqualTo(3_000_000);
        assertThat(live().ping(h1(), CLIENT).lost()).isEmpty();
        assertThat(Download.seenAs(h1(), CLIENT)).isEqualTo(SERVER);
    }

    @Test
    void hostsShareIpv4Addresses() {
        assertThat(live().ping(h2(), CLIENT).lost()).isEmpty();
        assertThat(Download.seenAs(h2(), CLIENT)).matches(CrossingTests::sharedBy);
        assertThat(Download.file(h2(), CLIENT, 3_000_000).bytes()).isEqualTo(3_000_000);
        // Nobody outside finds a way in.
        assertThat(client().attempt("ping", "-n", "-c1", "-W1", "198.51.100.1").exit())
                .isNotZero();
    }

    @Test
    void hostsMeetTheServerByItsIpv4Address() {
        assertThat(live().ping(h2(), SERVER_V6).lost()).isEmpty();
        assertThat(Download.seenAs(h2(), SERVER_V6))
                .as("as an IPv4 host of the pool")
                .startsWith("2001:db8:64:0:0:0:c633:640");
    }

    @Test
    void otherIpv6GoesAsItIs() {
        assertThat(live().ping(h2(), Addresses.CLIENT_V6).lost()).isEmpty();
        assertThat(Download.seenAs(h1(), Addresses.CLIENT_V6)).isEqualTo("2001:db8:2:0:0:0:0:10");
    }

    @Test
    void largeDatagramsPassInFragments() throws IOException {
        byte[] payload = new byte[8_000];
        new Random(payload.length).nextBytes(payload);
        try (UdpEcho _ = UdpEcho.serve(client());
                UdpEcho _ = UdpEcho.serve(h1());
                DatagramSocket fromClient = socket(client());
                DatagramSocket fromH1 = socket(h1());
                DatagramSocket fromH2 = socket(h2())) {
            for (int i = 0; i < 5; i++) {
                assertThat(ask(fromClient, SERVER, payload)).isEqualTo("2001:db8:64:0:0:0:cb00:710a");
                assertThat(ask(fromH1, CLIENT, payload)).isEqualTo(SERVER);
                assertThat(ask(fromH2, CLIENT, payload)).matches(CrossingTests::sharedBy);
            }
        }
    }

    /** As operators are asked: who was it? */
    @Test
    void sessionsTellTheIpv6Host() throws IOException {
        byte[] payload = {1, 2, 3};
        try (UdpEcho _ = UdpEcho.serve(client());
                DatagramSocket socket = socket(h2())) {
            InetSocketAddress seen = UdpEcho.ask(socket, CLIENT, payload);
            SessionFilter ofHost = SessionFilter.newBuilder()
                    .setInside(Addresses.H2_V6 + "/128")
                    .setProtocol("udp")
                    .setOutsidePort(seen.getPort())
                    .build();
            assertThat(live().api()
                            .sessions()
                            .listSessions(ListSessionsRequest.newBuilder()
                                    .setFilter(ofHost)
                                    .build())
                            .getSessionsList())
                    .singleElement()
                    .matches(s -> s.getInside().equals(Addresses.H2_V6)
                            && s.getRemote().equals(Addresses.CLIENT));
            assertThat(live().api()
                            .sessions()
                            .lookupSessions(LookupSessionsRequest.newBuilder()
                                    .setOutside(seen.getAddress().getHostAddress())
                                    .setOutsidePort(seen.getPort())
                                    .setProtocol("udp")
                                    .build())
                            .getSessionsList())
                    .isNotEmpty()
                    .allMatch(s -> s.getInside().equals(Addresses.H2_V6) && s.getInsidePort() == socket.getLocalPort());
        }
    }

    private static DatagramSocket socket(Namespace of) {
        return of.call(() -> new DatagramSocket(0));
    }

    private static String ask(DatagramSocket socket, String server, byte[] payload) throws IOException {
        InetSocketAddress seen = UdpEcho.ask(socket, server, payload);
        return seen.getAddress().getHostAddress();
    }

    @Test
    void tracesGoThrough() {
        Wait.until("the whole way in", SOON, () -> {
            List<String> hops = hops(client(), SERVER);
            return hops.size() == 3 && hops.getLast().contains(SERVER);
        });
        for (Namespace host : List.of(h1(), h2())) {
            Wait.until("the whole way out", SOON, () -> {
                List<String> hops = hops(host, CLIENT);
                return hops.size() == 3
                        && hops.get(1).contains(PREF64 + "a00:1")
                        && hops.getLast().contains(CLIENT);
            });
        }
    }

    private static List<String> hops(Namespace from, String to) {
        Shell.Result trace = from.attempt("traceroute", "-n", "-q1", "-w2", "-m6", to);
        return trace.out().lines().skip(1).toList();
    }

    /** Both ways: what is too large for IPv6 inside, and for a narrow link of IPv4 outside. */
    @Test
    void pathMtuIsFound() {
        assertThat(live().ping(client(), SERVER).lost()).isEmpty();
        Wait.until(
                "the switch's word on IPv6's MTU",
                SOON,
                () -> client().attempt("ping", "-n", "-c1", "-W1", "-Mdo", "-s1472", SERVER)
                        .out()
                        .contains("mtu = 1480"));
        live().network().router().ip("link", "set", "client", "mtu", "1300");
        try {
            for (Namespace host : List.of(h1(), h2())) {
                Wait.until(
                        "the router's word on IPv4's MTU",
                        SOON,
                        () -> host.attempt("ping", "-n", "-c1", "-W1", "-Mdo", "-s1400", CLIENT)
                                .out()
                                .contains("mtu=1320"));
                assertThat(Download.file(host, CLIENT, 1_000_000).bytes()).isEqualTo(1_000_000);
            }
            assertThat(Download.file(client(), SERVER, 1_000_000).bytes()).isEqualTo(1_000_000);
        } finally {
            live().network().router().ip("link", "set", "client", "mtu", "1500");
            client().ip("route", "flush", "cache");
            for (Namespace host : List.of(h1(), h2())) {
                host.ip("-6", "route", "flush", "cache");
            }
        }
    }
}
