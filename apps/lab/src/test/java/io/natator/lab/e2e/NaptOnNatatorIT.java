package io.natator.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natator.lab.LabException;
import io.natator.lab.net.Inventory;
import io.natator.lab.net.Namespace;
import io.natator.lab.net.TaughtSwitch;
import io.natator.lab.net.Wait;
import io.natator.lab.traffic.BehaviorProbe;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.intent.Pool.Filtering;
import io.natator.model.intent.Pool.Mapping;
import io.natator.model.rule.Actions;
import io.natator.model.rule.AddressField;
import io.natator.model.rule.Match;
import io.natator.model.rule.Rule;
import io.natator.model.session.PoolUse;
import io.natator.model.session.Session;
import io.natator.model.session.SessionQuery;
import io.natator.model.session.Share;
import io.natator.model.session.Share.Direction;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.instructions.Instructions;

/**
 * NAPT by the software switch alone, between kernels: {@code hosts} (all of 10.1.0.0/16) – switch – {@code router} (192.0.2.1) –
 * {@code server} (203.0.113.2), behind a link of 1,280 octets. The switch rewrites addresses and ports, not MACs. Outside
 * addresses are 198.51.100.0/28.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NaptOnNatatorIT {
    private static final IpPrefix INSIDE = IpPrefix.valueOf("10.1.0.0/16");
    private static final IpPrefix POOL = IpPrefix.valueOf("198.51.100.0/28");
    private static final String SERVER = "203.0.113.2";
    private static final int HTTP = 8080;
    private static final int ECHO = 7000;
    private static final int HOSTS = 1000;
    private static final int PATIENCE_MILLIS = 15_000;
    private static final MacAddress HOST_MAC = MacAddress.valueOf("02:00:00:00:01:01");
    private static final MacAddress ROUTER_MAC = MacAddress.valueOf("02:00:00:00:01:02");

    private final Random random = new Random(seed());
    private Inventory inventory;
    private Namespace hosts;
    private Namespace router;
    private Namespace server;
    private TaughtSwitch napt;
    private ServerSocket http;
    private DatagramSocket echo;

    private static long seed() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        System.out.println("natator.seed=" + seed);
        return seed;
    }

    @BeforeAll
    void build() throws IOException {
        Inventory.sweep();
        inventory = Inventory.create(ProcessHandle.current().pid() + ".napt", "NAPT", false);
        hosts = Namespace.create(inventory, "hosts");
        Namespace middle = Namespace.create(inventory, "switch");
        router = Namespace.create(inventory, "router");
        server = Namespace.create(inventory, "server");
        link(hosts, "eth0", HOST_MAC, middle, "inside");
        link(router, "eth0", ROUTER_MAC, middle, "outside");
        link(router, "eth1", MacAddress.valueOf("02:00:00:00:02:01"), server, "eth0");
        router.ip("link", "set", "eth1", "mtu", "1280");
        server.ip("link", "set", "eth0", "mtu", "1280");
        hosts.address("eth0", "10.1.255.254/32");
        hosts.ip("route", "add", "local", INSIDE.toString(), "dev", "lo");
        hosts.ip("route", "add", "default", "via", "192.0.2.1", "dev", "eth0", "onlink");
        hosts.ip("neigh", "add", "192.0.2.1", "lladdr", ROUTER_MAC.toString(), "dev", "eth0");
        router.forward();
        router.address("eth0", "192.0.2.1/24");
        router.address("eth1", "203.0.113.1/24");
        router.ip("neigh", "add", "192.0.2.2", "lladdr", HOST_MAC.toString(), "dev", "eth0");
        router.route(POOL.toString(), "192.0.2.2");
        server.address("eth0", SERVER + "/24");
        server.ip("route", "add", "default", "via", "203.0.113.1");
        napt = TaughtSwitch.start(
                inventory,
                middle,
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseSerialGC"),
                "1=inside,2=outside");
        napt.teach(List.of(share(Pool.DEFAULT, POOL)), rules());
        http = server.call(() -> new ServerSocket(HTTP, 1024));
        start("http", this::serveHttp);
        echo = server.call(() -> new DatagramSocket(ECHO));
        start("echo", this::serveEcho);
    }

    private static void link(Namespace one, String device, MacAddress mac, Namespace other, String port) {
        one.ip(
                "link",
                "add",
                device,
                "address",
                mac.toString(),
                "type",
                "veth",
                "peer",
                "name",
                port,
                "netns",
                other.name());
        one.ip("link", "set", device, "up");
        other.ip("link", "set", port, "up");
    }

    private static void start(String name, Runnable task) {
        Thread.ofPlatform().daemon().name(name).start(task);
    }

    @AfterAll
    void remove() throws IOException {
        try (ServerSocket _ = http;
                DatagramSocket _ = echo) {
            if (napt != null) {
                napt.close();
            }
        } finally {
            inventory.remove();
        }
    }

    private static Share share(Pool pool, IpPrefix outside) {
        return new Share(1, "napt", Kind.NAPT, INSIDE, List.of(outside), List.of(), false, pool);
    }

    private static List<Rule> rules() {
        Match ip = Match.any().ip(true);
        return List.of(
                rule(0, 10, ip.inPort(1), Actions.goTo(1).after(Actions.translate(1, Direction.TO_OUTSIDE))),
                rule(
                        0,
                        10,
                        ip.inPort(2).address(AddressField.IPV4_DST, POOL),
                        Actions.goTo(1).after(Actions.translate(1, Direction.TO_INSIDE))),
                rule(
                        1,
                        20,
                        ip.inPort(1).address(AddressField.IPV4_DST, INSIDE),
                        Actions.apply(
                                Instructions.modL2Src(ROUTER_MAC),
                                Instructions.modL2Dst(HOST_MAC),
                                Instructions.createOutput(PortNumber.IN_PORT))),
                rule(1, 10, ip.inPort(1), Actions.output(2)),
                rule(1, 10, ip.inPort(2), Actions.output(1)));
    }

    private static Rule rule(int table, int priority, Match match, Actions actions) {
        return new Rule("napt", table, priority, match, actions);
    }

    /** Answers each request with the address and port that it saw. */
    private void serveHttp() {
        try {
            while (true) {
                Socket socket = http.accept();
                start("http", () -> {
                    try (socket) {
                        byte[] request = new byte[4096];
                        int _ = socket.getInputStream().read(request);
                        String who = told((InetSocketAddress) socket.getRemoteSocketAddress());
                        socket.getOutputStream()
                                .write(("HTTP/1.0 200 OK\r\n\r\n" + who).getBytes(StandardCharsets.US_ASCII));
                    } catch (IOException e) {
                        // The client will tell.
                    }
                });
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    /** Sends each datagram back, with whom it saw in front. */
    private void serveEcho() {
        byte[] room = new byte[65_535];
        try {
            while (true) {
                DatagramPacket in = new DatagramPacket(room, room.length);
                echo.receive(in);
                byte[] who = told((InetSocketAddress) in.getSocketAddress()).getBytes(StandardCharsets.US_ASCII);
                byte[] out = Arrays.copyOf(who, who.length + in.getLength());
                System.arraycopy(room, 0, out, who.length, in.getLength());
                echo.send(new DatagramPacket(out, out.length, in.getSocketAddress()));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private static String told(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + " " + address.getPort() + "\n";
    }

    private static InetAddress host(int number) {
        return InetAddress.ofLiteral("10.1.%d.%d".formatted(number / 250, number % 250 + 1));
    }

    /** Whom the server saw, by a datagram of this payload, which must come back whole. */
    private static InetSocketAddress ask(DatagramSocket socket, byte[] payload) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS / 10);
        DatagramPacket in = new DatagramPacket(new byte[65_535], 65_535);
        for (int attempt = 1; ; attempt++) {
            socket.send(new DatagramPacket(payload, payload.length, InetAddress.ofLiteral(SERVER), ECHO));
            try {
                socket.receive(in);
                break;
            } catch (SocketTimeoutException e) {
                if (attempt == 10) {
                    throw e;
                }
            }
        }
        String text = new String(in.getData(), 0, in.getLength(), StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\n');
        assertThat(text.substring(end + 1)).isEqualTo(new String(payload, StandardCharsets.ISO_8859_1));
        return seen(text.substring(0, end));
    }

    private static InetSocketAddress seen(String text) {
        String[] words = text.strip().split(" ", 2);
        return new InetSocketAddress(InetAddress.ofLiteral(words[0]), Integer.parseInt(words[1]));
    }

    private DatagramSocket socket(InetAddress from) {
        return hosts.call(() -> new DatagramSocket(new InetSocketAddress(from, 0)));
    }

    private static boolean isInPool(InetSocketAddress address) {
        return POOL.contains(IpAddress.valueOf(address.getAddress()));
    }

    private byte[] payload(int octets) {
        byte[] payload = new byte[octets];
        random.nextBytes(payload);
        return payload;
    }

    private PoolUse use() throws Exception {
        return napt.sessions()
                .use(TaughtSwitch.DATAPATH)
                .get(30, TimeUnit.SECONDS)
                .getFirst();
    }

    private static InetSocketAddress get(InetAddress from) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral(SERVER), HTTP), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return seen(answer.substring(answer.indexOf("\r\n\r\n") + 4));
        }
    }

    @Test
    void aThousandHostsSpeakHttpAndUdpByOneSmallPool() throws Exception {
        Set<InetSocketAddress> outside = new HashSet<>();
        hosts.call(() -> {
            for (int host = 0; host < HOSTS; host++) {
                outside.add(get(host(host)));
            }
            return null;
        });
        assertThat(outside).hasSize(HOSTS).allMatch(NaptOnNatatorIT::isInPool);
        Set<InetSocketAddress> datagrams = new HashSet<>();
        for (int host = 0; host < HOSTS; host++) {
            try (DatagramSocket socket = socket(host(host))) {
                datagrams.add(ask(socket, payload(40)));
            }
        }
        assertThat(datagrams).hasSize(HOSTS).allMatch(NaptOnNatatorIT::isInPool);
        assertThat(use().sessions()).isGreaterThanOrEqualTo(2 * HOSTS);
        assertThat(napt.ask("dump-pools")).hasSizeGreaterThan(1);
    }

    @Test
    void sessionsAreListedFoundAndEnded() throws Exception {
        InetAddress host = InetAddress.ofLiteral("10.1.20.1");
        try (DatagramSocket socket = socket(host)) {
            InetSocketAddress outside = ask(socket, payload(20));
            SessionQuery query = new SessionQuery(
                    Optional.empty(),
                    OptionalInt.of(17),
                    Optional.of(IpPrefix.valueOf("10.1.20.1/32")),
                    Optional.empty(),
                    OptionalInt.empty(),
                    Optional.empty());
            List<Session> listed = napt.sessions()
                    .list(TaughtSwitch.DATAPATH, query, "", 100)
                    .get(30, TimeUnit.SECONDS)
                    .sessions();
            assertThat(listed).hasSize(1);
            Session session = listed.getFirst();
            assertThat(session.insidePort()).isEqualTo(socket.getLocalPort());
            assertThat(session.outsidePort()).isEqualTo(outside.getPort());
            assertThat(session.remote()).isEqualTo(IpAddress.valueOf(SERVER));
            assertThat(napt.sessions()
                            .lookup(
                                    TaughtSwitch.DATAPATH,
                                    IpAddress.valueOf(outside.getAddress()),
                                    17,
                                    outside.getPort(),
                                    Instant.now())
                            .get(30, TimeUnit.SECONDS))
                    .extracting(Session::inside)
                    .contains(IpAddress.valueOf(host));
            assertThat(napt.sessions().clear(TaughtSwitch.DATAPATH, query).get(30, TimeUnit.SECONDS))
                    .isEqualTo(1);
            assertThat(napt.sessions()
                            .list(TaughtSwitch.DATAPATH, query, "", 100)
                            .get(30, TimeUnit.SECONDS)
                            .sessions())
                    .isEmpty();
        }
    }

    @Test
    void oneMappingServesAllRemotesAndPingAndTraceroutePass() {
        assertThat(hosts.attempt("ping", "-c3", "-i0.2", "-W5", "-I", "10.1.30.1", SERVER)
                        .out())
                .contains(" 0% packet loss");
        String route = hosts.run("traceroute", "-n", "-s", "10.1.30.2", "-q1", "-w5", "-m4", SERVER);
        // The switch changes no TTL: the router is the first hop. Its error came by the session.
        assertThat(route).contains("192.0.2.1").contains(SERVER);
        String icmp = hosts.run("traceroute", "-I", "-n", "-s", "10.1.30.3", "-q1", "-w5", "-m4", SERVER);
        assertThat(icmp).contains("192.0.2.1").contains(SERVER);
    }

    @Test
    void thePathMtuIsFoundAndLargeDatagramsPassInFragments() throws IOException {
        // 1,400 octets and "don't fragment": the router before the narrow link says so, and the host hears it.
        assertThat(hosts.attempt("ping", "-c2", "-W5", "-Mdo", "-s1372", "-I", "10.1.40.1", SERVER)
                        .all())
                .contains("mtu");
        assertThat(hosts.run("ip", "route", "get", SERVER, "from", "10.1.40.1")).contains("mtu 1280");
        try (DatagramSocket socket = socket(InetAddress.ofLiteral("10.1.40.2"))) {
            assertThat(ask(socket, payload(30_000))).matches(NaptOnNatatorIT::isInPool);
        }
    }

    @Test
    void insideHostsReachEachOtherByTheirOutsideAddresses() throws IOException {
        try (DatagramSocket one = socket(InetAddress.ofLiteral("10.1.50.1"));
                DatagramSocket other = socket(InetAddress.ofLiteral("10.1.50.2"))) {
            InetSocketAddress ofOne = ask(one, payload(10));
            InetSocketAddress ofOther = ask(other, payload(10));
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
        var _ = server.start("iperf3", List.of("iperf3", "-s", "-1"));
        Wait.until(
                "iperf3 to listen",
                () -> server.run("ss", "-Hltn", "sport", "=", ":5201").contains("5201"));
        String report = hosts.run("iperf3", "-c", SERVER, "-B", "10.1.60.1", "-n", "50M", "-J");
        assertThat(report).contains("\"sum_received\"").doesNotContain("\"error\"");
    }

    @Test
    void aSwitchThatWasKilledComesBackAndTranslatesAgain() throws Exception {
        try (DatagramSocket socket = socket(InetAddress.ofLiteral("10.1.70.1"))) {
            assertThat(ask(socket, payload(10))).matches(NaptOnNatatorIT::isInPool);
            napt.restart();
            assertThat(ask(socket, payload(10))).matches(NaptOnNatatorIT::isInPool);
            assertThat(use().created()).isLessThan(HOSTS);
        }
    }

    /** What nobody asked for does not come in, from whichever address; what was asked for does. */
    @Test
    void aMappingIsOneForAllRemotesAndLetsInWhoWasAsked() throws IOException {
        try (DatagramSocket inside = socket(InetAddress.ofLiteral("10.1.80.1"));
                DatagramSocket stranger = router.call(() -> new DatagramSocket(9000));
                DatagramSocket otherPort = server.call(() -> new DatagramSocket(9000))) {
            InetSocketAddress outside = ask(inside, payload(10));
            byte[] hello = "hello".getBytes(StandardCharsets.US_ASCII);
            DatagramPacket in = new DatagramPacket(new byte[100], 100);
            inside.setSoTimeout(1000);
            // Filtering by address (RFC 4787, section 5): another port of the server may answer, another host may not.
            stranger.send(new DatagramPacket(hello, hello.length, outside));
            assertThatThrownBy(() -> inside.receive(in)).isInstanceOf(SocketTimeoutException.class);
            inside.setSoTimeout(PATIENCE_MILLIS);
            otherPort.send(new DatagramPacket(hello, hello.length, outside));
            inside.receive(in);
            assertThat(((InetSocketAddress) in.getSocketAddress()).getPort()).isEqualTo(9000);
            // Mapping without a look at the remote (section 4.1): the stranger sees the same, and may now answer.
            InetAddress strange = InetAddress.ofLiteral("192.0.2.1");
            stranger.setSoTimeout(PATIENCE_MILLIS);
            inside.send(new DatagramPacket(hello, hello.length, strange, 9000));
            stranger.receive(in);
            assertThat(in.getSocketAddress()).isEqualTo(outside);
            stranger.send(new DatagramPacket(hello, hello.length, outside));
            inside.receive(in);
            assertThat(((InetSocketAddress) in.getSocketAddress()).getAddress()).isEqualTo(strange);
        }
    }

    /** A host that scans the world has its limit, and others do not notice. */
    @Test
    void aScanMeetsItsLimitAndOthersGoOn() throws Exception {
        napt.teach(List.of(share(limited(100), POOL)), rules());
        try (DatagramSocket well = socket(InetAddress.ofLiteral("10.1.90.1"));
                DatagramSocket scanner = socket(InetAddress.ofLiteral("10.1.90.2"))) {
            InetSocketAddress before = ask(well, payload(10));
            long refused = use().refused().getOrDefault("host-sessions", 0L);
            byte[] probe = new byte[1];
            for (int i = 0; i < 2000; i++) {
                InetAddress target = InetAddress.ofLiteral("203.0.113." + (3 + i % 200));
                scanner.send(new DatagramPacket(probe, 1, target, 1 + i));
            }
            Wait.until("the scan to meet its limit", Duration.ofSeconds(30), () -> refusedSince(refused) >= 1000);
            assertThat(ask(well, payload(10))).isEqualTo(before);
        } finally {
            napt.teach(List.of(share(Pool.DEFAULT, POOL)), rules());
        }
    }

    private long refusedSince(long before) {
        return refused("host-sessions") - before;
    }

    private long refused(String why) {
        try {
            return use().refused().getOrDefault(why, 0L);
        } catch (Exception e) {
            throw new LabException("no use", e);
        }
    }

    /** Who knocks at every port from outside finds nobody, and those inside do not notice. */
    @Test
    void aScanFromOutsideFindsNothingAndOthersGoOn() throws Exception {
        try (DatagramSocket well = socket(InetAddress.ofLiteral("10.1.92.1"));
                DatagramSocket scanner = router.call(() -> new DatagramSocket())) {
            InetSocketAddress before = ask(well, payload(10));
            long refused = refused("no-mapping") + refused("filtered");
            byte[] probe = new byte[1];
            for (int port = 1; port <= 5000; port++) {
                scanner.send(new DatagramPacket(probe, 1, before.getAddress(), port));
            }
            Wait.until(
                    "the scan to be refused",
                    Duration.ofSeconds(30),
                    () -> refused("no-mapping") + refused("filtered") - refused >= 1000);
            assertThat(ask(well, payload(10))).isEqualTo(before);
            scanner.setSoTimeout(500);
            assertThatThrownBy(() -> scanner.receive(new DatagramPacket(new byte[10], 10)))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    /** RFC 4787, sections 4.1 and 5, as a probe after RFC 5780 finds them from outside. */
    @Test
    void aProbeReportsTheBehaviourThatIsConfigured() throws Exception {
        server.address("eth0", "203.0.113.3/24");
        int host = 0;
        try (BehaviorProbe probe = BehaviorProbe.serve(server, SERVER, "203.0.113.3")) {
            for (Mapping mapping : Mapping.values()) {
                for (Filtering filtering : Filtering.values()) {
                    napt.teach(List.of(share(pool(mapping, filtering, 0), POOL)), rules());
                    host++;
                    try (DatagramSocket one = socket(InetAddress.ofLiteral("10.1.93." + host));
                            DatagramSocket other = socket(InetAddress.ofLiteral("10.1.93." + host))) {
                        assertThat(probe.mapping(one).name()).isEqualTo(mapping.name());
                        assertThat(probe.filtering(other).name())
                                .as("mapping %s", mapping)
                                .isEqualTo(filtering.name());
                    }
                }
            }
        } finally {
            napt.teach(List.of(share(Pool.DEFAULT, POOL)), rules());
        }
    }

    /** DYNAMIC with fewer addresses than hosts: who comes too late hears why. */
    @Test
    void anEmptyPoolIsToldToTheSender() throws Exception {
        IpPrefix two = IpPrefix.valueOf("198.51.100.8/31");
        Share dynamic = new Share(1, "dynamic", Kind.DYNAMIC, INSIDE, List.of(two), List.of(), false, Pool.DEFAULT);
        napt.teach(List.of(dynamic), rules());
        try (DatagramSocket one = socket(InetAddress.ofLiteral("10.1.94.1"));
                DatagramSocket other = socket(InetAddress.ofLiteral("10.1.94.2"))) {
            InetSocketAddress ofOne = ask(one, payload(10));
            InetSocketAddress ofOther = ask(other, payload(10));
            assertThat(List.of(ofOne.getAddress(), ofOther.getAddress()))
                    .extracting(a -> IpAddress.valueOf(a).toString())
                    .containsExactlyInAnyOrder("198.51.100.8", "198.51.100.9");
            assertThat(ofOne.getPort()).isEqualTo(one.getLocalPort());
            assertThat(hosts.attempt("ping", "-c3", "-i0.3", "-W5", "-I", "10.1.94.3", SERVER)
                            .all())
                    .contains("Destination Host Unreachable");
            assertThat(refused("pool-empty")).isGreaterThanOrEqualTo(3);
            assertThat(ask(one, payload(10))).isEqualTo(ofOne);
        } finally {
            napt.teach(List.of(share(Pool.DEFAULT, POOL)), rules());
        }
    }

    private static Pool limited(int sessions) {
        return pool(Pool.DEFAULT.mapping(), Pool.DEFAULT.filtering(), sessions);
    }

    private static Pool pool(Mapping mapping, Filtering filtering, int sessions) {
        return Pool.DEFAULT
                .but()
                .mapping(mapping)
                .filtering(filtering)
                .sessionsPerHost(sessions)
                .build();
    }

    /** The pool shrinks while sessions run: those that are still legal go on, others end and begin anew. */
    @Test
    void thePoolShrinksAndGrowsWhileSessionsRun() throws Exception {
        try (DatagramSocket socket = socket(InetAddress.ofLiteral("10.1.91.1"))) {
            InetSocketAddress before = ask(socket, payload(10));
            IpPrefix kept = IpAddress.valueOf(before.getAddress()).toIpPrefix();
            napt.teach(List.of(share(Pool.DEFAULT, kept)), rules());
            assertThat(ask(socket, payload(10))).isEqualTo(before);
            IpPrefix other = kept.equals(IpPrefix.valueOf("198.51.100.1/32"))
                    ? IpPrefix.valueOf("198.51.100.2/32")
                    : IpPrefix.valueOf("198.51.100.1/32");
            napt.teach(List.of(share(Pool.DEFAULT, other)), rules());
            assertThat(IpAddress.valueOf(ask(socket, payload(10)).getAddress())).isEqualTo(other.address());
        } finally {
            napt.teach(List.of(share(Pool.DEFAULT, POOL)), rules());
        }
    }
}
