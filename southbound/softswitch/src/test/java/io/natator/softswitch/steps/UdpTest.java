package io.natator.softswitch.steps;

import static io.natator.softswitch.steps.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Pool.Filtering;
import io.natator.model.intent.Pool.Mapping;
import io.natator.softswitch.count.Count;
import org.junit.jupiter.api.Test;

/** RFC 4787. */
class UdpTest {
    private static final String HOST = "10.0.0.5";
    private static final String SERVER = "192.0.2.1";

    /** Source of what HOST:port becomes on its way to a server, as {@code address:port}. */
    private static String seen(Bench bench, int port, String server, int serverPort) {
        String text = bench.outText(udp(HOST, port, server, serverPort));
        assertThat(text).endsWith(" > " + server + ":" + serverPort);
        return text.substring(4, text.indexOf(' ', 4));
    }

    private static String back(Bench bench, String server, int serverPort, String to) {
        int colon = to.indexOf(':');
        return bench.inText(udp(server, serverPort, to.substring(0, colon), Integer.parseInt(to.substring(colon + 1))));
    }

    @Test
    void aMappingIsTheSameForAllRemotes() {
        try (Bench bench = new Bench(Pools.napt().share())) {
            String seen = seen(bench, 1000, SERVER, 53);
            assertThat(seen).startsWith("198.51.100.");
            assertThat(seen(bench, 1000, SERVER, 54)).isEqualTo(seen);
            assertThat(seen(bench, 1000, "192.0.2.2", 53)).isEqualTo(seen);
            assertThat(seen(bench, 1002, SERVER, 53)).isNotEqualTo(seen);
            assertThat(back(bench, SERVER, 53, seen)).isEqualTo("udp 192.0.2.1:53 > 10.0.0.5:1000");
            assertThat(bench.count(Count.SESSIONS_CREATED)).isEqualTo(4);
        }
    }

    @Test
    void mappingsThatDependOnTheRemote() {
        Pools pools = Pools.napt();
        pools.pool.mapping(Mapping.ADDRESS_DEPENDENT);
        try (Bench bench = new Bench(pools.share())) {
            String seen = seen(bench, 1000, SERVER, 53);
            assertThat(seen(bench, 1000, SERVER, 54)).isEqualTo(seen);
            assertThat(seen(bench, 1000, "192.0.2.2", 53)).isNotEqualTo(seen);
        }
        pools.pool.mapping(Mapping.ADDRESS_AND_PORT_DEPENDENT);
        try (Bench bench = new Bench(pools.share())) {
            String seen = seen(bench, 1000, SERVER, 53);
            assertThat(seen(bench, 1000, SERVER, 53)).isEqualTo(seen);
            assertThat(seen(bench, 1000, SERVER, 54)).isNotEqualTo(seen);
        }
    }

    @Test
    void whoMayAnswer() {
        for (Filtering filtering : Filtering.values()) {
            Pools pools = Pools.napt();
            pools.pool.filtering(filtering);
            try (Bench bench = new Bench(pools.share())) {
                String seen = seen(bench, 1000, SERVER, 53);
                assertThat(back(bench, SERVER, 53, seen)).isNotEqualTo("-");
                assertThat(back(bench, SERVER, 54, seen).equals("-"))
                        .as("%s, another port", filtering)
                        .isEqualTo(filtering == Filtering.ADDRESS_AND_PORT_DEPENDENT);
                assertThat(back(bench, "192.0.2.2", 53, seen).equals("-"))
                        .as("%s, another address", filtering)
                        .isEqualTo(filtering != Filtering.ENDPOINT_INDEPENDENT);
            }
        }
    }

    @Test
    void sessionsGoWhenIdleAndTakeTheirMappingAlong() {
        Pools pools = Pools.napt();
        pools.pool.firstPort(2000);
        pools.pool.lastPort(2000);
        pools.outside = java.util.List.of("198.51.100.1/32");
        try (Bench bench = new Bench(pools.share())) {
            assertThat(seen(bench, 1000, SERVER, 53)).isEqualTo("198.51.100.1:2000");
            bench.pass(200);
            assertThat(back(bench, SERVER, 53, "198.51.100.1:2000")).isNotEqualTo("-"); // refreshes
            bench.pass(200);
            assertThat(bench.out(udp("10.0.0.6", 1000, SERVER, 53)))
                    .as("the only port is taken: an ICMP error")
                    .satisfies(frame -> assertThat(Reading.of(frame))
                            .isEqualTo("error 3/13 192.0.2.1 > 10.0.0.6 [udp 10.0.0.6:1000 > 192.0.2.1:53]"));
            assertThat(bench.verdict).isEqualTo(Verdict.REPLY);
            bench.pass(101);
            assertThat(bench.count(Count.SESSIONS_ENDED)).isEqualTo(1);
            assertThat(bench.outText(udp("10.0.0.6", 1000, SERVER, 53)))
                    .isEqualTo("udp 198.51.100.1:2000 > 192.0.2.1:53");
            assertThat(back(bench, SERVER, 53, "198.51.100.1:2000")).isEqualTo("udp 192.0.2.1:53 > 10.0.0.6:1000");
        }
    }

    @Test
    void evenPortsStayEven() {
        try (Bench bench = new Bench(Pools.napt().share())) {
            for (int port = 5000; port < 5100; port++) {
                byte[] frame = bench.out(udp(HOST, port, SERVER, 53));
                assertThat(Bench.port(frame, true) & 1).isEqualTo(port & 1);
            }
        }
    }

    @Test
    void portsAreKeptIfThatIsWanted() {
        Pools pools = Pools.napt();
        pools.pool.preservePort(true);
        pools.outside = java.util.List.of("198.51.100.1/32");
        try (Bench bench = new Bench(pools.share())) {
            assertThat(seen(bench, 5000, SERVER, 53)).isEqualTo("198.51.100.1:5000");
            byte[] other = bench.out(udp("10.0.0.6", 5000, SERVER, 53));
            assertThat(Bench.port(other, true)).as("taken").isNotEqualTo(5000);
        }
    }

    @Test
    void hostsSpeakToEachOtherByTheirOutsideAddresses() {
        Pools pools = Pools.napt();
        pools.pool.filtering(Filtering.ENDPOINT_INDEPENDENT);
        try (Bench bench = new Bench(pools.share())) {
            String seen = seen(bench, 1000, SERVER, 53);
            int colon = seen.indexOf(':');
            String address = seen.substring(0, colon);
            int port = Integer.parseInt(seen.substring(colon + 1));
            String there = bench.outText(udp("10.0.0.6", 7000, address, port));
            assertThat(there).startsWith("udp 198.51.100.").endsWith(" > 10.0.0.5:1000");
            String same = bench.inText(udp("10.0.0.6", 7000, address, port));
            assertThat(same).as("whichever table sends it here").isEqualTo(there);
            String from = there.substring(4, there.indexOf(' ', 4));
            int second = from.indexOf(':');
            String answer = bench.outText(
                    udp(HOST, 1000, from.substring(0, second), Integer.parseInt(from.substring(second + 1))));
            assertThat(answer).isEqualTo("udp " + seen + " > 10.0.0.6:7000");
        }
    }
}
