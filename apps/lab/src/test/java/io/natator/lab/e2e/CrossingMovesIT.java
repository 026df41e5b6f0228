package io.natator.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.lab.net.Namespace;
import io.natator.lab.net.NatatorSwitch;
import io.natator.lab.net.SwitchKind;
import io.natator.lab.net.Wait;
import io.natator.lab.topology.Addresses;
import io.natator.lab.topology.Variant;
import io.natator.lab.traffic.Download;
import io.natator.lab.traffic.Pinger;
import io.natator.lab.traffic.UdpEcho;
import io.natator.v1.PoolUse;
import io.natator.v1.TranslationStatus;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two software switches at one Open vSwitch, between IPv6 and IPv4: the one that does SIIT, and NAT64 for half of the hosts, dies
 * and comes back. SIIT goes on by the other one, sessions of NAT64 are lost.
 */
@Tag("e2e")
class CrossingMovesIT {
    @RegisterExtension
    static final Live LIVE = new Live(Variant.ROUTED, SwitchKind.OVS);

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final byte[] HELLO = {1, 2, 3};
    /** Of the other half of the hosts than {@link Addresses#H2_V6}. */
    private static final String H2_OTHER = "2001:db8:2:0:8000::11";

    private static List<NatatorSwitch> software;

    @BeforeAll
    static void build() {
        software = ServedDevice.start(LIVE, 2);
        LIVE.lab().describedBy("ipv6-only.yaml");
        LIVE.network().h2().address("eth0", H2_OTHER + "/64");
        CrossingTests.start(LIVE, ServedDevice.withTwo(LIVE.file()));
        awaitDivided();
    }

    /** Each has half of the pool: one of its two addresses. */
    private static void awaitDivided() {
        Wait.until("the pool to be divided", LONG, () -> addresses(1) == 1 && addresses(2) == 1);
        CrossingTests.awaitActive(LIVE);
    }

    private static long addresses(int number) {
        return LIVE.pools("devices/ss" + number)
                .mapToLong(PoolUse::getAddresses)
                .sum();
    }

    private static TranslationStatus status(String translation) {
        return LIVE.api().translation(translation).orElseThrow().getStatuses(0);
    }

    /** The software switch that does SIIT, from 1. */
    private static int siit() {
        return status("server").getPlacement().equals("devices/ss1: SIIT changes the IP version") ? 1 : 2;
    }

    private static DatagramSocket socket(String host) {
        return LIVE.network().h2().call(() -> new DatagramSocket(0, InetAddress.ofLiteral(host)));
    }

    /** As whom the client sees it. */
    private static InetSocketAddress ask(DatagramSocket socket) throws IOException {
        return UdpEcho.ask(socket, CrossingTests.CLIENT, HELLO);
    }

    /** Software switches are asked how many sessions they have when they connect, and every 30 s. */
    private static void haveSessionsCounted(int number) {
        String device = "ss" + number;
        software.get(number - 1).disconnect();
        LIVE.api().awaitDevice(device, LONG, "away", d -> !d.getStatus().getConnected());
        LIVE.lab().connect(software.get(number - 1));
        LIVE.api().awaitDevice(device, LONG, "in sync", d -> d.getStatus().getInSync());
        // answered later than the controller's own question
        assertThat(LIVE.pools("devices/" + device)).isNotEmpty();
    }

    @Test
    void whatNeedsNoSessionMovesAndReturns() throws IOException {
        int first = siit();
        int other = 3 - first;
        Namespace client = LIVE.network().client();
        try (UdpEcho _ = UdpEcho.serve(client);
                DatagramSocket moves = socket(Addresses.H2_V6);
                DatagramSocket stays = socket(H2_OTHER)) {
            assertThat(ask(moves).getAddress()).isNotEqualTo(ask(stays).getAddress());
            InetSocketAddress before = ask(stays);
            InetSocketAddress lost = ask(moves);
            assertThat(sessions(first)).isPositive();
            haveSessionsCounted(first);
            assertThat(LIVE.ping(client, CrossingTests.SERVER).lost()).isEmpty();
            try (Pinger in = Pinger.start(client, CrossingTests.SERVER, Duration.ofMillis(20));
                    Pinger out = Pinger.start(LIVE.network().h1(), CrossingTests.CLIENT, Duration.ofMillis(20));
                    Download stream = Download.stream(client, CrossingTests.SERVER, LONG)) {
                Wait.until("traffic", () -> in.received() > 0 && out.received() > 0 && stream.bytes() > 0);

                software.get(first - 1).kill();
                Wait.until("the shares to move", LONG, () -> addresses(other) == 2 && siit() == other);
                CrossingTests.awaitActive(LIVE);
                Wait.until(
                        "the losses to be counted", LONG, () -> status("hosts").getSessionsLost() > 0);
                assertThat(status("server").getSessionsLost()).isZero();
                assertThat(ask(moves).getAddress())
                        .as("a new session, of the same half")
                        .isEqualTo(lost.getAddress());
                assertThat(ask(stays)).isEqualTo(before);
                awaitMore(stream);
                int answered = in.received();
                Wait.until("answers", () -> in.received() > answered);
                int gone = in.sent();

                software.get(first - 1).start();
                Wait.until("the shares to return", LONG, () -> siit() == first);
                awaitDivided();
                InetSocketAddress again = ask(moves);
                assertThat(ask(moves)).isEqualTo(again);
                assertThat(sessions(first)).isPositive();
                assertThat(ask(stays)).isEqualTo(before);
                awaitMore(stream);
                assertThat(stream.stop().bytes()).isPositive();
                assertOneGap(in.stop());
                assertOneGap(out.stop());
                assertThat(in.stop().lost()).allMatch(n -> n < gone);
            }
        }
    }

    private static long sessions(int number) {
        return LIVE.pools("devices/ss" + number).mapToLong(PoolUse::getSessions).sum();
    }

    private static void awaitMore(Download stream) {
        long bytes = stream.bytes();
        Wait.until("the connection to go on", LONG, () -> stream.bytes() > bytes);
    }

    /** What was lost was lost when the software switch died: one ping after the other. */
    private static void assertOneGap(Pinger.Report report) {
        List<Integer> lost = report.lost();
        assertThat(lost).isNotEmpty();
        assertThat(lost.getLast() - lost.getFirst() + 1)
                .as("of %d pings: %s", report.sent(), lost)
                .isEqualTo(lost.size());
    }
}
