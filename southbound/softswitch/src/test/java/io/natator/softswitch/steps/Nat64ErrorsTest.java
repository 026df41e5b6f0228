package io.natator.softswitch.steps;

import static io.natator.softswitch.steps.Nat64Parties.HOST;
import static io.natator.softswitch.steps.Nat64Parties.OUTSIDE;
import static io.natator.softswitch.steps.Nat64Parties.OUTSIDE_6;
import static io.natator.softswitch.steps.Nat64Parties.SERVER;
import static io.natator.softswitch.steps.Nat64Parties.SERVER_6;
import static io.natator.softswitch.steps.Packets.SYN;
import static io.natator.softswitch.steps.Packets.error;
import static io.natator.softswitch.steps.Packets.icmp;
import static io.natator.softswitch.steps.Packets.tcp;
import static io.natator.softswitch.steps.Packets.udp;
import static io.natator.softswitch.steps.Pools.oneOfNat64;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Pool.Filtering;
import io.natator.model.session.Session;
import io.natator.model.session.SessionQuery;
import io.natator.packet.Bytes;
import io.natator.softswitch.count.Count;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** RFC 6146, section 3.5.1.3 and after: errors by the session that they quote, of which the other side sees its own packet. */
class Nat64ErrorsTest {
    private static final String ROUTER = "203.0.113.9";
    private static final String ROUTER_6 = "64:ff9b::cb00:7109";

    @Test
    void fromOutsideTheHostSeesWhatItSent() {
        try (Bench bench = new Bench(oneOfNat64().share())) {
            byte[] sent = tcp(HOST, 3000, SERVER_6, 80, SYN);
            byte[] gone = Packets.settled(sent, bench.out(sent.clone()));
            assertThat(bench.in(error(ROUTER, OUTSIDE, 3, 1, gone))).isEqualTo(error(ROUTER_6, HOST, 1, 0, sent));
            assertThat(bench.in(error(SERVER, OUTSIDE, 3, 3, gone, 28)))
                    .isEqualTo(Packets.error(SERVER_6, HOST, 1, 4, sent, 48));
        }
    }

    @Test
    void fromInsideTheServerSeesWhatItSent() {
        try (Bench bench = new Bench(oneOfNat64().share())) {
            bench.out(udp(HOST, 3000, SERVER_6, 53));
            byte[] sent = udp(SERVER, 53, OUTSIDE, 3000);
            byte[] come = bench.in(sent.clone());
            byte[] told = error(HOST, SERVER_6, 1, 4, come);
            assertThat(Packets.settled(told, bench.out(told.clone()))).isEqualTo(error(OUTSIDE, SERVER, 3, 3, sent));
        }
    }

    @Test
    void echoByItsIdentifier() {
        try (Bench bench = new Bench(oneOfNat64().share())) {
            byte[] sent = icmp(HOST, SERVER_6, 128, 7700);
            byte[] gone = Packets.settled(sent, bench.out(sent.clone()));
            assertThat(bench.in(error(ROUTER, OUTSIDE, 11, 0, gone))).isEqualTo(error(ROUTER_6, HOST, 3, 0, sent));
        }
    }

    @Test
    void aSmallerMtuIsToldWithWhatTheLongerHeaderTakes() {
        try (Bench bench = new Bench(oneOfNat64().share())) {
            byte[] sent = udp(HOST, 3000, SERVER_6, 53, 1400);
            byte[] gone = bench.out(sent.clone());
            byte[] error = error(ROUTER, OUTSIDE, 3, 4, gone, 28);
            Bytes.put16(error, 40, 1350);
            byte[] told = bench.in(Packets.seal(error));
            assertThat(Bench.text(told)).startsWith("error 2/0 " + ROUTER_6 + " > " + HOST);
            assertThat(Bytes.i32(told, 58)).isEqualTo(1370);
        }
    }

    @Test
    void hairpinsTellAsWell() {
        Pools pools = oneOfNat64();
        pools.pool.filtering(Filtering.ENDPOINT_INDEPENDENT);
        try (Bench bench = new Bench(pools.share())) {
            bench.out(udp(HOST, 3000, SERVER_6, 53));
            byte[] sent = udp("2001:db8:1::6", 4000, OUTSIDE_6, 3000);
            byte[] come = bench.out(sent.clone());
            assertThat(bench.out(error(HOST, OUTSIDE_6, 1, 4, come)))
                    .isEqualTo(error(OUTSIDE_6, "2001:db8:1::6", 1, 4, sent));
        }
    }

    @Test
    void unknownOnesAreDroppedAndRefreshNothing() {
        try (Bench bench = new Bench(oneOfNat64().share())) {
            bench.out(udp(HOST, 3000, SERVER_6, 53));
            byte[] none = udp(OUTSIDE, 3001, SERVER, 53);
            assertThat(bench.in(error(ROUTER, OUTSIDE, 3, 1, none))).isNull();
            byte[] other = udp("2001:db8:77::1", 53, HOST, 3000); // from no IPv4 address
            assertThat(bench.out(error(HOST, SERVER_6, 1, 4, other))).isNull();
            byte[] nobody = udp(SERVER_6, 53, "2001:db8:1::77", 3000);
            assertThat(bench.out(error(HOST, SERVER_6, 1, 4, nobody))).isNull();
            assertThat(bench.count(Count.TRANSLATE_ERROR_UNKNOWN)).isEqualTo(3);
            bench.now += 100 * Bench.SECOND;
            bench.in(error(ROUTER, OUTSIDE, 3, 1, udp(OUTSIDE, 3000, SERVER, 53)));
            Session session = bench.translator
                    .list(SessionQuery.ALL, "", 10, bench.now, Instant.EPOCH)
                    .sessions()
                    .getFirst();
            assertThat(session.packets()).isEqualTo(1);
        }
    }
}
