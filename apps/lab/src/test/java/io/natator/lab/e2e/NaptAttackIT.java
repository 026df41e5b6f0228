package io.natator.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natator.lab.net.Wait;
import io.natator.model.intent.Pool;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.onlab.packet.IpPrefix;

/** Who scans, floods and forges meets limits, is counted, and disturbs nobody else. */
@Tag("e2e")
class NaptAttackIT {
    @RegisterExtension
    static final NaptNet NET = new NaptNet();

    private static final IpPrefix POOL = NaptNet.POOL;
    private static final Duration LONG = Duration.ofSeconds(30);

    /** A host that scans the world has its limit, and others do not notice. */
    @Test
    void aScanMeetsItsLimitAndOthersGoOn() throws Exception {
        NET.teach(Pool.DEFAULT.but().sessionsPerHost(100).build(), POOL);
        try (DatagramSocket well = NET.crowd().socket(InetAddress.ofLiteral("10.1.90.1"));
                DatagramSocket scanner = NET.crowd().socket(InetAddress.ofLiteral("10.1.90.2"))) {
            InetSocketAddress before = NET.crowd().ask(well, NET.payload(10));
            long refused = NET.refused("host-sessions");
            byte[] probe = new byte[1];
            for (int i = 0; i < 2000; i++) {
                InetAddress target = InetAddress.ofLiteral("203.0.113." + (3 + i % 200));
                scanner.send(new DatagramPacket(probe, 1, target, 1 + i));
            }
            Wait.until("the scan to meet its limit", LONG, () -> NET.refused("host-sessions") - refused >= 1000);
            assertThat(NET.crowd().ask(well, NET.payload(10))).isEqualTo(before);
        } finally {
            NET.teach(Pool.DEFAULT, POOL);
        }
    }

    /** Who knocks at every port from outside finds nobody, and those inside do not notice. */
    @Test
    void aScanFromOutsideFindsNothingAndOthersGoOn() throws Exception {
        try (DatagramSocket well = NET.crowd().socket(InetAddress.ofLiteral("10.1.92.1"));
                DatagramSocket scanner = NET.router().call(() -> new DatagramSocket())) {
            InetSocketAddress before = NET.crowd().ask(well, NET.payload(10));
            long refused = NET.refused("no-mapping") + NET.refused("filtered");
            byte[] probe = new byte[1];
            for (int port = 1; port <= 5000; port++) {
                scanner.send(new DatagramPacket(probe, 1, before.getAddress(), port));
            }
            Wait.until(
                    "the scan to be refused",
                    LONG,
                    () -> NET.refused("no-mapping") + NET.refused("filtered") - refused >= 1000);
            assertThat(NET.crowd().ask(well, NET.payload(10))).isEqualTo(before);
            scanner.setSoTimeout(500);
            assertThatThrownBy(() -> scanner.receive(new DatagramPacket(new byte[10], 10)))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    /** Half-open connections of one host: it meets its limit; who shares the pool with it does not notice. */
    @Test
    void aSynFloodFromInsideMeetsItsLimit() throws Exception {
        NET.teach(Pool.DEFAULT.but().sessionsPerHost(100).build(), POOL);
        try (DatagramSocket well = NET.crowd().socket(InetAddress.ofLiteral("10.1.95.1"));
                Forger flood = new Forger(NET.hosts())) {
            InetSocketAddress before = NET.crowd().ask(well, NET.payload(10));
            long refused = NET.refused("host-sessions");
            long sessions = NET.use().sessions();
            for (int i = 0; i < 3000; i++) {
                flood.syn("10.1.95.2", 1024 + i, "203.0.113." + (3 + i % 200), 80);
            }
            Wait.until("the flood to meet its limit", LONG, () -> NET.refused("host-sessions") - refused >= 1000);
            assertThat(NET.use().sessions() - sessions).isBetween(50L, 100L);
            assertThat(NET.crowd().ask(well, NET.payload(10))).isEqualTo(before);
            assertThat(NET.crowd().get(InetAddress.ofLiteral("10.1.95.3"))).matches(NaptNet::isInPool);
        } finally {
            NET.teach(Pool.DEFAULT, POOL);
        }
    }

    /** SYNs from everywhere to everything outside: none makes a session, none is answered. */
    @Test
    void aSynFloodFromOutsideMakesNoSession() throws Exception {
        try (DatagramSocket well = NET.crowd().socket(InetAddress.ofLiteral("10.1.96.1"));
                Forger flood = new Forger(NET.router())) {
            InetSocketAddress before = NET.crowd().ask(well, NET.payload(10));
            String pool = before.getAddress().getHostAddress();
            long refused = NET.refused("no-mapping") + NET.refused("filtered");
            long created = NET.use().created();
            for (int i = 0; i < 3000; i++) {
                flood.syn("192.0.2." + (10 + i % 200), 1024 + i, pool, i % 2 == 0 ? before.getPort() : 1024 + i);
            }
            Wait.until(
                    "the flood to be refused",
                    LONG,
                    () -> NET.refused("no-mapping") + NET.refused("filtered") - refused >= 1000);
            assertThat(NET.use().created()).isEqualTo(created);
            assertThat(NET.crowd().ask(well, NET.payload(10))).isEqualTo(before);
        }
    }

    /** Sources that cannot be, and errors about what was never sent: each is counted for what it is, and nothing comes of it. */
    @Test
    void whatIsForgedIsDroppedAndCounted() throws Exception {
        try (DatagramSocket well = NET.crowd().socket(InetAddress.ofLiteral("10.1.97.1"));
                Forger inside = new Forger(NET.hosts());
                Forger outside = new Forger(NET.router())) {
            InetSocketAddress seen = NET.crowd().ask(well, NET.payload(10));
            String pool = seen.getAddress().getHostAddress();
            long created = NET.use().created();
            counts("translate_not_inside", () -> inside.datagram("172.16.0.9", 1, NaptNet.SERVER, 7000));
            counts("translate_land", () -> outside.datagram(pool, 7, pool, 7));
            counts("translate_land", () -> outside.datagram("198.51.100.9", 7, pool, seen.getPort()));
            // An error about the mapping's own port, but of a remote that it never spoke to; then about a port of
            // nobody.
            counts(
                    "translate_error_unknown",
                    () -> outside.unreachable(NaptNet.ROUTER, pool, seen.getPort(), "203.0.113.77", 9));
            counts("translate_error_unknown", () -> outside.unreachable(NaptNet.ROUTER, pool, 1, NaptNet.SERVER, 7000));
            assertThat(NET.use().created()).isEqualTo(created);
            assertThat(NET.crowd().ask(well, NET.payload(10))).isEqualTo(seen);
        }
    }

    private static void counts(String counter, Runnable attack) {
        long before = NET.counter(counter);
        for (int i = 0; i < 10; i++) {
            attack.run();
        }
        Wait.until(counter, LONG, () -> NET.counter(counter) - before >= 10);
    }
}
