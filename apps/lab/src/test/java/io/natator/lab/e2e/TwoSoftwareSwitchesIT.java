package io.natator.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.lab.net.Wait;
import io.natator.lab.traffic.Crowd;
import io.natator.lab.traffic.Pinger;
import io.natator.v1.PoolUse;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two software switches at one Open vSwitch: hosts and pool addresses are divided; one dies, and comes back. */
@Tag("e2e")
class TwoSoftwareSwitchesIT {
    @RegisterExtension
    static final NaptLive NAPT = new NaptLive(2);

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final byte[] HELLO = {1, 2, 3};
    /** Hosts of each half of the inside block. */
    private static final int LOW = 1;

    private static final int HIGH = 901;
    private static final int SOME = 20;

    @BeforeAll
    static void divide() {
        NAPT.live().apply(ServedDevice.withTwo(NAPT.live().file()));
        Wait.until(
                "the pool to be divided",
                LONG,
                () -> NAPT.use(1, PoolUse::getAddresses) == 4 && NAPT.use(2, PoolUse::getAddresses) == 4);
        NAPT.awaitActive();
    }

    /** Addresses at which {@link #SOME} hosts from one on were seen. */
    private static Set<String> seen(int first) {
        Set<String> seen = new TreeSet<>();
        for (int host = first; host < first + SOME; host++) {
            seen.add(NAPT.ask(host).getAddress().getHostAddress());
        }
        return seen;
    }

    @Test
    void aShareMovesAndReturnsAndNobodyElseNotices() throws IOException {
        Set<String> low = seen(LOW);
        Set<String> high = seen(HIGH);
        assertThat(low).doesNotContainAnyElementsOf(high);
        assertThat(NAPT.use(1, PoolUse::getSessions)).isGreaterThanOrEqualTo(SOME);
        assertThat(NAPT.use(2, PoolUse::getSessions)).isGreaterThanOrEqualTo(SOME);

        // Which half the second one has, its top hosts tell.
        boolean secondHasHigh = NAPT.pools(2)
                        .findFirst()
                        .orElseThrow()
                        .getTopHosts(0)
                        .getInside()
                        .compareTo("10.1.2.0")
                >= 0;
        int theirs = secondHasHigh ? HIGH : LOW;
        InetAddress ours = Crowd.host(secondHasHigh ? LOW : HIGH);
        try (DatagramSocket stays = NAPT.crowd().socket(ours);
                DatagramSocket moves = NAPT.crowd().socket(Crowd.host(theirs));
                Pinger fixed = Pinger.start(NAPT.live().network().client(), "192.168.3.10", Duration.ofMillis(20))) {
            InetSocketAddress before = NAPT.crowd().ask(stays, HELLO);
            InetSocketAddress _ = NAPT.crowd().ask(moves, HELLO);
            Wait.until("answers", () -> fixed.received() > 0);
            NAPT.software(2).kill();
            assertThat(NAPT.crowd().ask(stays, HELLO)).isEqualTo(before);
            Wait.until("the share to move", LONG, () -> NAPT.use(1, PoolUse::getAddresses) == 8);
            NAPT.awaitActive();
            // The session is lost; the same socket gets a new one.
            assertThat(secondHasHigh ? high : low)
                    .contains(NAPT.crowd().ask(moves, HELLO).getAddress().getHostAddress());
            assertThat(seen(theirs)).doesNotContainAnyElementsOf(secondHasHigh ? low : high);
            assertThat(NAPT.crowd().ask(stays, HELLO)).isEqualTo(before);

            NAPT.software(2).start();
            Wait.until(
                    "the share to return",
                    LONG,
                    () -> NAPT.use(1, PoolUse::getAddresses) == 4 && NAPT.use(2, PoolUse::getAddresses) == 4);
            NAPT.awaitActive();
            InetSocketAddress back = NAPT.crowd().ask(moves, HELLO);
            assertThat(NAPT.use(2, PoolUse::getSessions)).isPositive();
            assertThat(NAPT.crowd().ask(moves, HELLO)).isEqualTo(back);
            assertThat(NAPT.crowd().ask(stays, HELLO)).isEqualTo(before);
            Wait.until(
                    "what was made meanwhile to be counted as lost",
                    LONG,
                    () -> NAPT.software(1).counters().path("sessions_lost").asLong() >= SOME);
            Pinger.Report report = fixed.stop();
            assertThat(report.lost())
                    .as("of the static block's %d pings", report.sent())
                    .isEmpty();
        }
    }
}
