package io.natator.softswitch.steps;

import static io.natator.softswitch.steps.Packets.ACK;
import static io.natator.softswitch.steps.Packets.SYN;
import static io.natator.softswitch.steps.Packets.error;
import static io.natator.softswitch.steps.Packets.fragments;
import static io.natator.softswitch.steps.Packets.icmp;
import static io.natator.softswitch.steps.Packets.tcp;
import static io.natator.softswitch.steps.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.session.Session;
import io.natator.model.session.SessionQuery;
import io.natator.model.session.Share.Direction;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A host with an old and a new outside address. */
class AffinityTest {
    private static final String[][] NETS = {
        {"10.0.0.0/24", "198.51.100.0/24", "203.0.113.0/24", "10.0.0.5", "198.51.100.5", "203.0.113.5", "192.0.2.1"},
        {
            "2001:db8:1::/48",
            "2001:db8:a::/48",
            "2001:db8:b::/48",
            "2001:db8:1::5",
            "2001:db8:a::5",
            "2001:db8:b::5",
            "2001:db8:2::1"
        }
    };

    private static Bench bench(String[] net) {
        Pools old = Pools.fixed(net[0], net[1]);
        old.affine = true;
        Pools fresh = Pools.fixed(net[0], net[2]);
        fresh.affine = true;
        fresh.id = 2;
        return new Bench(old.share(), fresh.share());
    }

    @Test
    void aFlowAnswersFromTheAddressItCameTo() {
        for (String[] net : NETS) {
            String host = net[3];
            String server = net[6];
            boolean ipv4 = host.contains(".");
            try (Bench bench = bench(net)) {
                bench.put(1, Direction.TO_INSIDE, tcp(server, 80, net[4], 22, SYN));
                bench.put(2, Direction.TO_INSIDE, tcp(server, 81, net[5], 22, SYN));
                // Rules name share 2 for what hosts send.
                byte[] first = bench.put(2, Direction.TO_OUTSIDE, tcp(host, 22, server, 80, SYN | ACK));
                assertThat(Reading.of(first)).isEqualTo("tcp " + net[4] + ":22 > " + server + ":80");
                byte[] second = bench.put(2, Direction.TO_OUTSIDE, tcp(host, 22, server, 81, SYN | ACK));
                assertThat(Reading.of(second)).isEqualTo("tcp " + net[5] + ":22 > " + server + ":81");
                byte[] own = bench.put(2, Direction.TO_OUTSIDE, udp(host, 5000, server, 53));
                assertThat(Reading.of(own)).isEqualTo("udp " + net[5] + ":5000 > " + server + ":53");

                byte[] ping = bench.put(1, Direction.TO_INSIDE, icmp(server, net[4], ipv4 ? 8 : 128, 7));
                byte[] pong = bench.put(2, Direction.TO_OUTSIDE, icmp(host, server, ipv4 ? 0 : 129, 7));
                assertThat(Reading.of(ping)).endsWith(" > " + host + " id 7");
                assertThat(Reading.of(pong)).contains(net[4] + " > ");

                byte[] got = tcp(server, 80, host, 22, ACK);
                byte[] error = bench.put(2, Direction.TO_OUTSIDE, error(host, server, ipv4 ? 3 : 1, 1, got));
                assertThat(Reading.of(error))
                        .endsWith("[tcp " + server + ":80 > " + net[4] + ":22]")
                        .contains(" " + net[4] + " > ");

                List<Session> all = bench.translator
                        .list(SessionQuery.ALL, "", 10, bench.now, Instant.EPOCH)
                        .sessions();
                assertThat(all).extracting(s -> s.outside().toString()).contains(net[4], net[5]);
                bench.pass(7_300);
                assertThat(bench.translator.live()).as("two connections").isEqualTo(2);
                bench.pass(200);
                assertThat(bench.translator.live()).isZero();
            }
        }
    }

    @Test
    void fragmentsFollowTheirFirstOne() {
        try (Bench bench = bench(NETS[0])) {
            bench.put(1, Direction.TO_INSIDE, udp("192.0.2.1", 53, "198.51.100.5", 7));
            for (byte[] part : fragments(udp("10.0.0.5", 7, "192.0.2.1", 53, 200), 9, 48)) {
                assertThat(Reading.of(bench.put(2, Direction.TO_OUTSIDE, part))).contains(" 198.51.100.5");
            }
            for (byte[] part : fragments(udp("10.0.0.5", 8, "192.0.2.1", 53, 200), 10, 48)) {
                assertThat(Reading.of(bench.put(2, Direction.TO_OUTSIDE, part))).contains(" 203.0.113.5");
            }
        }
    }
}
