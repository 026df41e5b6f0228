package io.natator.lab.e2e;

import static io.natator.lab.e2e.Live.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.lab.net.Namespace;
import io.natator.lab.net.OvsSwitch;
import io.natator.lab.net.SwitchKind;
import io.natator.lab.net.Wait;
import io.natator.lab.topology.Addresses;
import io.natator.lab.topology.Lab;
import io.natator.lab.topology.Variant;
import io.natator.lab.traffic.Crowd;
import io.natator.lab.traffic.Download;
import io.natator.lab.traffic.UdpEcho;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Open vSwitch that forwards by itself, and a software switch at its SERVICE port: nobody is ever looked for there. */
@Tag("e2e")
class NormalServedIT {
    @RegisterExtension
    static final Live LIVE = new Live(Variant.NORMAL, SwitchKind.OVS);

    private static final String CLIENT = Family.IPV4.client;
    private static final IpPrefix POOL = IpPrefix.valueOf(Addresses.POOL);

    private static final String NETWORK = ServedDevice.bridge(Variant.NORMAL) + """
            next_hops: ["10.0.0.2", "2001:db8:ffff::2"]
            ---
            name: translations/office
            inside: "192.168.2.0/24"
            outside: "192.168.3.0/24"
            devices: [devices/s1]
            ---
            name: translations/office-v6
            inside: "2001:db8:2::/64"
            outside: "2001:db8:3::/64"
            devices: [devices/s1]
            ---
            name: translations/shared
            kind: NAPT
            inside: "10.1.0.0/23"
            outside: "198.51.100.0/29"
            devices: [devices/s1]
            ---
            name: translations/few
            kind: DYNAMIC
            inside: "10.1.3.0/24"
            outside: "198.51.100.64/32"
            devices: [devices/s1]
            """;

    private static Crowd crowd;
    private static UdpEcho echo;

    @BeforeAll
    static void build() {
        var _ = ServedDevice.start(LIVE);
        crowd = LIVE.lab().startCrowd();
        echo = UdpEcho.serve(LIVE.network().client());
        gateway().ip("route", "add", Addresses.CROWD, "via", Addresses.CROWD_ROUTER);
        LIVE.apply(NETWORK);
        for (String translation : List.of("office", "office-v6", "shared", "few")) {
            LIVE.awaitActive(translation);
        }
        LIVE.lab().bird().awaitRoutes(SOON, "192.168.3.0/24", "2001:db8:3::/64", Addresses.POOL, "198.51.100.64/32");
    }

    @AfterAll
    static void stop() {
        if (echo != null) {
            echo.close();
        }
    }

    private static Namespace gateway() {
        return LIVE.network().gateway().orElseThrow();
    }

    private static String placement(String translation) {
        return LIVE.api().translation(translation).orElseThrow().getStatuses(0).getPlacement();
    }

    /** Whatever a test has sent. */
    @AfterEach
    void everybodyIsWhereTheyAre() {
        Map<String, Integer> learned = ((OvsSwitch) LIVE.lab().dataplane()).learned();
        assertThat(learned)
                .containsEntry(gateway().mac("s1"), 1)
                .containsEntry(LIVE.network().router().mac("s1"), 2)
                .doesNotContainValue(Lab.SERVICE_PORT);
    }

    @Test
    void hostsShareAddressesBesideABlockInTheRules() throws IOException {
        Wait.until("a session", SOON, () -> crowd.pings(Crowd.host(1)));
        assertThat(POOL.contains(IpAddress.valueOf(crowd.get(Crowd.host(2)).getAddress())))
                .isTrue();
        try (DatagramSocket socket = crowd.socket(Crowd.host(3))) {
            for (int octets : List.of(100, 8_000)) {
                assertThat(POOL.contains(IpAddress.valueOf(
                                crowd.ask(socket, new byte[octets]).getAddress())))
                        .isTrue();
            }
        }
        try (Socket socket = crowd.connect(Crowd.host(4))) {
            assertThat(Download.file(socket, CLIENT, 1_000_000).bytes()).isEqualTo(1_000_000);
        }
        assertThat(placement("shared")).isEqualTo("devices/ss1: NAPT needs sessions");
        assertThat(placement("office")).isEqualTo("masked set-field, ICMP errors devices/ss1");
    }

    @Test
    void aPlanTellsWhoDoesWhatAndWhyNot() throws IOException {
        String more = """
                ---
                name: translations/more
                kind: NAPT
                inside: "10.1.2.0/24"
                outside: "198.51.100.128/29"
                devices: [devices/s1]
                """;
        assertThat(plan(NETWORK + more)).contains("(devices/ss1: NAPT needs sessions)");
        assertThat(plan(NETWORK.replace("mode: NORMAL", "mode: NORMAL\nprofile: EXACT")))
                .contains("devices/ss1 does not help: devices/s1 is NORMAL, and its profile EXACT keeps it from setting"
                        + " in_port");
    }

    private static String plan(String network) throws IOException {
        Path file = Files.writeString(LIVE.lab().inventory().dir().resolve("plan.yaml"), network);
        return LIVE.lab().daemon().natator("plan", "-f", file.toString()).all();
    }

    /** Open vSwitch: a VLAN that nobody else is in. */
    @Test
    void theServicePortCanBeKeptFromFloods() {
        ((OvsSwitch) LIVE.lab().dataplane()).access("service", 4094);
        Wait.until("a session", SOON, () -> crowd.pings(Crowd.host(40)));
    }

    @ParameterizedTest
    @EnumSource
    void errorsAreUnderstoodByWhoSentThePacket(Family family) {
        assertThat(LIVE.ping(LIVE.network().h1(), family.client).lost()).isEmpty();
        assertThat(LIVE.ping(LIVE.network().client(), family.h2Outside).lost()).isEmpty();
        Traces.await(LIVE.network().client(), family.h1Outside, List.of("", "", family.h1Outside));
        Traces.await(LIVE.network().h1(), family.client, List.of(family.gateway, "", family.client));
    }

    @Test
    void errorsAreUnderstoodByHostsOfThePool() {
        Wait.until("a session", SOON, () -> crowd.pings(Crowd.host(30)));
        Traces.awaitFrom(
                crowd.namespace(), Crowd.host(30).getHostAddress(), CLIENT, List.of("", Addresses.LINK_ROUTER, CLIENT));
    }

    /** What the software switch itself says to a host goes out where the host is, by whom NORMAL would not send anything back. */
    @Test
    void anEmptyPoolIsToldToTheSender() {
        InetAddress first = InetAddress.ofLiteral("10.1.3.1");
        Wait.until("the one address", SOON, () -> crowd.pings(first));
        assertThat(crowd.namespace()
                        .attempt("ping", "-c3", "-i0.3", "-W5", "-I", "10.1.3.2", CLIENT)
                        .all())
                .contains("Destination Host Unreachable");
        assertThat(crowd.pings(first)).isTrue();
    }
}
