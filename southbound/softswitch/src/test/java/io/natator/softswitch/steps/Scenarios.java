package io.natator.softswitch.steps;

import static io.natator.softswitch.steps.Packets.ACK;
import static io.natator.softswitch.steps.Packets.FIN;
import static io.natator.softswitch.steps.Packets.RST;
import static io.natator.softswitch.steps.Packets.SYN;
import static io.natator.softswitch.steps.Packets.error;
import static io.natator.softswitch.steps.Packets.fragments;
import static io.natator.softswitch.steps.Packets.icmp;
import static io.natator.softswitch.steps.Packets.tcp;
import static io.natator.softswitch.steps.Packets.udp;

import io.natator.model.intent.Pool.Filtering;
import io.natator.model.session.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What is to happen, behaviour by behaviour: packets as they come, as they must go on, and counters. Ports are kept, so that
 * there is one right answer. {@link PacketFilesTest} has all of it in packet files.
 */
final class Scenarios {
    private static final String HOST = "10.0.0.5";
    private static final String OTHER = "10.0.0.6";
    private static final String SERVER = "192.0.2.1";
    private static final String OUTSIDE = "198.51.100.1";
    private static final String ROUTER = "203.0.113.1";

    /** All of them by name. */
    static final Map<String, Supplier<Scenario>> ALL = new TreeMap<>(Map.ofEntries(
            Map.entry("udp-eim", Scenarios::udpEim),
            Map.entry("udp-filter", Scenarios::udpFilter),
            Map.entry("tcp-connection", Scenarios::tcpConnection),
            Map.entry("tcp-simultaneous-open", Scenarios::simultaneousOpen),
            Map.entry("tcp-mid-stream", Scenarios::midStream),
            Map.entry("icmp-query", Scenarios::icmpQuery),
            Map.entry("icmp-error-inner", Scenarios::errorInner),
            Map.entry("icmp-error-forged", Scenarios::errorForged),
            Map.entry("static-traceroute", Scenarios::staticTraceroute),
            Map.entry("hairpin", Scenarios::hairpin),
            Map.entry("fragments-out-of-order", Scenarios::fragmentsOutOfOrder),
            Map.entry("fragments-overlapping", Scenarios::fragmentsOverlapping),
            Map.entry("pool-exhaustion", Scenarios::poolExhaustion),
            Map.entry("port-block", Scenarios::portBlock),
            Map.entry("deterministic", Scenarios::deterministic),
            Map.entry("static-forward", Scenarios::staticForward),
            Map.entry("mss-clamp", Scenarios::mssClamp),
            Map.entry("dynamic", Scenarios::dynamic),
            Map.entry("land", Scenarios::land)));

    private Scenarios() {}

    /**
     * One behaviour.
     *
     * @param arrivals frames in order; from inside are those of source MAC 02:00:00:00:00:01, the others come from outside
     * @param departures frames that must go on, in order
     * @param counters names and values of counters that must not be 0; all others must be
     */
    record Scenario(Share share, List<byte[]> arrivals, List<byte[]> departures, Map<String, Long> counters) {}

    private static final class Builder {
        private final Pools pools;
        private final List<byte[]> arrivals = new ArrayList<>();
        private final List<byte[]> departures = new ArrayList<>();
        private final Map<String, Long> counters = new TreeMap<>();

        Builder(Pools pools) {
            this.pools = pools;
        }

        Builder inside(byte[] frame, byte[]... becomes) {
            arrivals.add(frame);
            departures.addAll(List.of(becomes));
            return this;
        }

        Builder outside(byte[] frame, byte[]... becomes) {
            List<byte[]> all = new ArrayList<>(List.of(becomes));
            all.forEach(Scenarios::fromOutside);
            arrivals.add(fromOutside(frame));
            departures.addAll(all);
            return this;
        }

        Builder count(String name, long value) {
            counters.put(name, value);
            return this;
        }

        Scenario end() {
            return new Scenario(pools.share(), arrivals, departures, counters);
        }
    }

    /** The MACs the other way round. */
    private static byte[] fromOutside(byte[] frame) {
        frame[5] = 1;
        frame[11] = 2;
        return frame;
    }

    static boolean isFromInside(byte[] frame) {
        return frame[11] == 1;
    }

    private static Pools one() {
        Pools pools = Pools.napt();
        pools.outside = List.of(OUTSIDE + "/32");
        pools.pool.preservePort(true);
        return pools;
    }

    private static Scenario udpEim() {
        return new Builder(one())
                .inside(udp(HOST, 4000, SERVER, 53), udp(OUTSIDE, 4000, SERVER, 53))
                .inside(udp(HOST, 4000, "192.0.2.2", 99), udp(OUTSIDE, 4000, "192.0.2.2", 99))
                .outside(udp("192.0.2.2", 99, OUTSIDE, 4000), udp("192.0.2.2", 99, HOST, 4000))
                .outside(udp("192.0.2.2", 98, OUTSIDE, 4000), udp("192.0.2.2", 98, HOST, 4000))
                .count("sessions_created", 3)
                .end();
    }

    private static Scenario udpFilter() {
        Pools pools = one();
        pools.pool.filtering(Filtering.ADDRESS_AND_PORT_DEPENDENT);
        return new Builder(pools)
                .inside(udp(HOST, 4000, SERVER, 53), udp(OUTSIDE, 4000, SERVER, 53))
                .outside(udp(SERVER, 53, OUTSIDE, 4000), udp(SERVER, 53, HOST, 4000))
                .outside(udp(SERVER, 54, OUTSIDE, 4000))
                .outside(udp("192.0.2.2", 53, OUTSIDE, 4000))
                .outside(udp(SERVER, 53, OUTSIDE, 4001))
                .count("sessions_created", 1)
                .count("translate_filtered", 2)
                .count("translate_no_mapping", 1)
                .end();
    }

    private static Scenario tcpConnection() {
        return new Builder(one())
                .inside(tcp(HOST, 4000, SERVER, 80, SYN), tcp(OUTSIDE, 4000, SERVER, 80, SYN))
                .outside(tcp(SERVER, 80, OUTSIDE, 4000, SYN | ACK), tcp(SERVER, 80, HOST, 4000, SYN | ACK))
                .inside(tcp(HOST, 4000, SERVER, 80, ACK), tcp(OUTSIDE, 4000, SERVER, 80, ACK))
                .inside(tcp(HOST, 4000, SERVER, 80, FIN | ACK), tcp(OUTSIDE, 4000, SERVER, 80, FIN | ACK))
                .outside(tcp(SERVER, 80, OUTSIDE, 4000, FIN | ACK), tcp(SERVER, 80, HOST, 4000, FIN | ACK))
                .inside(tcp(HOST, 4000, SERVER, 80, ACK), tcp(OUTSIDE, 4000, SERVER, 80, ACK))
                .inside(tcp(HOST, 4000, SERVER, 80, SYN), tcp(OUTSIDE, 4000, SERVER, 80, SYN))
                .outside(tcp(SERVER, 80, OUTSIDE, 4000, RST), tcp(SERVER, 80, HOST, 4000, RST))
                .count("sessions_created", 1)
                .end();
    }

    private static Scenario simultaneousOpen() {
        return new Builder(one())
                .outside(tcp(SERVER, 80, OUTSIDE, 4000, SYN))
                .inside(tcp(HOST, 4000, SERVER, 80, SYN), tcp(OUTSIDE, 4000, SERVER, 80, SYN))
                .outside(tcp(SERVER, 80, OUTSIDE, 4000, SYN), tcp(SERVER, 80, HOST, 4000, SYN))
                .inside(tcp(HOST, 4000, SERVER, 80, SYN | ACK), tcp(OUTSIDE, 4000, SERVER, 80, SYN | ACK))
                .outside(tcp(SERVER, 80, OUTSIDE, 4000, SYN | ACK), tcp(SERVER, 80, HOST, 4000, SYN | ACK))
                .count("sessions_created", 1)
                .count("translate_no_mapping", 1)
                .end();
    }

    private static Scenario midStream() {
        return new Builder(one())
                .inside(tcp(HOST, 4000, SERVER, 80, ACK))
                .inside(tcp(HOST, 4000, SERVER, 80, SYN | ACK))
                .outside(tcp(SERVER, 80, OUTSIDE, 4000, ACK))
                .count("translate_not_a_syn", 2)
                .count("translate_no_mapping", 1)
                .end();
    }

    private static Scenario icmpQuery() {
        return new Builder(one())
                .inside(icmp(HOST, SERVER, 8, 4000), icmp(OUTSIDE, SERVER, 8, 4000))
                .outside(icmp(SERVER, OUTSIDE, 0, 4000), icmp(SERVER, HOST, 0, 4000))
                .inside(icmp(HOST, SERVER, 13, 4001), icmp(OUTSIDE, SERVER, 13, 4001))
                .outside(icmp(SERVER, OUTSIDE, 14, 4001), icmp(SERVER, HOST, 14, 4001))
                .outside(icmp(SERVER, OUTSIDE, 8, 4000))
                .outside(icmp(SERVER, OUTSIDE, 0, 4002))
                .count("sessions_created", 2)
                .count("translate_no_mapping", 2)
                .end();
    }

    private static Scenario errorInner() {
        byte[] sent = udp(OUTSIDE, 4000, SERVER, 53, 200);
        byte[] was = udp(HOST, 4000, SERVER, 53, 200);
        byte[] got = udp(SERVER, 53, HOST, 4000);
        byte[] came = udp(SERVER, 53, OUTSIDE, 4000);
        return new Builder(one())
                .inside(udp(HOST, 4000, SERVER, 53, 200), udp(OUTSIDE, 4000, SERVER, 53, 200))
                .outside(error(ROUTER, OUTSIDE, 3, 4, sent), error(ROUTER, HOST, 3, 4, was))
                .outside(error(ROUTER, OUTSIDE, 11, 0, sent, 28), error(ROUTER, HOST, 11, 0, was, 28))
                .inside(error(HOST, SERVER, 3, 3, got), error(OUTSIDE, SERVER, 3, 3, came))
                .inside(error("10.0.0.254", SERVER, 3, 3, got), error(OUTSIDE, SERVER, 3, 3, came))
                .count("sessions_created", 1)
                .end();
    }

    private static Scenario errorForged() {
        return new Builder(one())
                .inside(udp(HOST, 4000, SERVER, 53), udp(OUTSIDE, 4000, SERVER, 53))
                .outside(error(ROUTER, OUTSIDE, 3, 3, udp(OUTSIDE, 4000, SERVER, 54)))
                .outside(error(ROUTER, OUTSIDE, 3, 3, udp(OUTSIDE, 4001, SERVER, 53)))
                .outside(error(ROUTER, OUTSIDE, 3, 3, udp(OUTSIDE, 4000, SERVER, 53), 22))
                .outside(udp(SERVER, 53, OUTSIDE, 4000), udp(SERVER, 53, HOST, 4000))
                .count("sessions_created", 1)
                .count("translate_error_unknown", 3)
                .end();
    }

    private static Scenario staticTraceroute() {
        return new Builder(Pools.fixed("10.0.0.0/24", "198.51.100.0/24"))
                .inside(udp(HOST, 4000, SERVER, 33434), udp("198.51.100.5", 4000, SERVER, 33434))
                .outside(
                        error(ROUTER, "198.51.100.5", 11, 0, udp("198.51.100.5", 4000, SERVER, 33434)),
                        error(ROUTER, HOST, 11, 0, udp(HOST, 4000, SERVER, 33434)))
                .outside(
                        error(SERVER, "198.51.100.5", 3, 3, udp("198.51.100.5", 4000, SERVER, 33434), 28),
                        error(SERVER, HOST, 3, 3, udp(HOST, 4000, SERVER, 33434), 28))
                .inside(
                        error(HOST, SERVER, 3, 3, udp(SERVER, 9, HOST, 9)),
                        error("198.51.100.5", SERVER, 3, 3, udp(SERVER, 9, "198.51.100.5", 9)))
                .end();
    }

    private static Scenario hairpin() {
        Pools pools = one();
        pools.pool.filtering(Filtering.ENDPOINT_INDEPENDENT);
        return new Builder(pools)
                .inside(udp(HOST, 4000, SERVER, 53), udp(OUTSIDE, 4000, SERVER, 53))
                .inside(udp(OTHER, 5000, OUTSIDE, 4000), udp(OUTSIDE, 5000, HOST, 4000))
                .inside(udp(HOST, 4000, OUTSIDE, 5000), udp(OUTSIDE, 4000, OTHER, 5000))
                .inside(
                        error(HOST, OUTSIDE, 3, 3, udp(OUTSIDE, 5000, HOST, 4000)),
                        error(OUTSIDE, OTHER, 3, 3, udp(OTHER, 5000, OUTSIDE, 4000)))
                .count("sessions_created", 3)
                .end();
    }

    private static Scenario fragmentsOutOfOrder() {
        List<byte[]> sent = fragments(udp(HOST, 4000, SERVER, 53, 100), 7, 48);
        List<byte[]> gone = fragments(udp(OUTSIDE, 4000, SERVER, 53, 100), 7, 48);
        return new Builder(one())
                .inside(sent.get(2))
                .inside(sent.get(1))
                .inside(sent.get(0), gone.get(0), gone.get(2), gone.get(1))
                .count("fragment_held", 2)
                .count("sessions_created", 1)
                .end();
    }

    private static Scenario fragmentsOverlapping() {
        List<byte[]> sent = fragments(udp(HOST, 4000, SERVER, 53, 100), 7, 48);
        List<byte[]> gone = fragments(udp(OUTSIDE, 4000, SERVER, 53, 100), 7, 48);
        return new Builder(one())
                .inside(sent.get(0), gone.get(0))
                .inside(fragments(udp(HOST, 4000, SERVER, 53, 100), 7, 40).get(1))
                .inside(sent.get(2))
                .inside(fragments(tcp(HOST, 4000, SERVER, 53, SYN), 8, 8).get(0))
                .count("fragment_overlap", 1)
                .count("fragment_dropped", 1)
                .count("fragment_tiny", 1)
                .count("sessions_created", 1)
                .end();
    }

    private static Scenario poolExhaustion() {
        Pools pools = one();
        pools.pool.firstPort(4000);
        pools.pool.lastPort(4001);
        return new Builder(pools)
                .inside(udp(HOST, 4000, SERVER, 53), udp(OUTSIDE, 4000, SERVER, 53))
                .inside(udp(OTHER, 4001, SERVER, 53), udp(OUTSIDE, 4001, SERVER, 53))
                .inside(udp(OTHER, 4002, SERVER, 53), refused(udp(OTHER, 4002, SERVER, 53), 13))
                .inside(icmp(OTHER, SERVER, 8, 4000), icmp(OUTSIDE, SERVER, 8, 4000))
                .count("sessions_created", 3)
                .count("translate_pool_empty", 1)
                .count("translate_errors_sent", 1)
                .end();
    }

    /** What the sender of a frame is told. */
    private static byte[] refused(byte[] frame, int code) {
        byte[] error = error(SERVER, OTHER, 3, code, frame);
        error[15] = (byte) 0xC0; // internetwork control
        return fromOutside(Packets.seal(error));
    }

    private static Scenario portBlock() {
        Pools pools = one();
        pools.pool.preservePort(false);
        pools.pool.preserveParity(false);
        pools.pool.firstPort(4000);
        pools.pool.lastPort(4001);
        pools.pool.portBlock(1);
        pools.pool.portsPerHost(1);
        pools.pool.filtering(Filtering.ENDPOINT_INDEPENDENT);
        pools.forward(17, OUTSIDE, 4001, OTHER, 9);
        return new Builder(pools)
                .inside(udp(HOST, 1, SERVER, 53), udp(OUTSIDE, 4000, SERVER, 53))
                .inside(tcp(HOST, 2, SERVER, 53, SYN), tcp(OUTSIDE, 4000, SERVER, 53, SYN))
                .outside(udp(SERVER, 53, OUTSIDE, 4000), udp(SERVER, 53, HOST, 1))
                .outside(udp(SERVER, 53, OUTSIDE, 4001), udp(SERVER, 53, OTHER, 9))
                .count("sessions_created", 3)
                .end();
    }

    private static Scenario deterministic() {
        Pools pools = one();
        pools.pool.preservePort(false);
        pools.pool.preserveParity(false);
        pools.pool.deterministic(true);
        pools.inside = "10.0.0.4/30";
        pools.pool.firstPort(4000);
        pools.pool.lastPort(4003);
        return new Builder(pools)
                .inside(udp("10.0.0.4", 9, SERVER, 53), udp(OUTSIDE, 4000, SERVER, 53))
                .inside(udp("10.0.0.7", 9, SERVER, 53), udp(OUTSIDE, 4003, SERVER, 53))
                .inside(udp("10.0.0.6", 9, SERVER, 53), udp(OUTSIDE, 4002, SERVER, 53))
                .inside(udp("10.0.0.5", 9, SERVER, 53), udp(OUTSIDE, 4001, SERVER, 53))
                .count("sessions_created", 4)
                .end();
    }

    private static Scenario staticForward() {
        return new Builder(one().forward(6, OUTSIDE, 443, OTHER, 8443))
                .outside(tcp(SERVER, 9, OUTSIDE, 443, SYN), tcp(SERVER, 9, OTHER, 8443, SYN))
                .inside(tcp(OTHER, 8443, SERVER, 9, SYN | ACK), tcp(OUTSIDE, 443, SERVER, 9, SYN | ACK))
                .outside(tcp(SERVER, 9, OUTSIDE, 444, SYN))
                .count("sessions_created", 1)
                .count("translate_no_mapping", 1)
                .end();
    }

    private static Scenario mssClamp() {
        Pools pools = one();
        pools.pool.mss(1300);
        return new Builder(pools)
                .inside(
                        tcp(HOST, 4000, SERVER, 80, SYN, 2, 4, 1460 >> 8, 1460 & 0xFF),
                        tcp(OUTSIDE, 4000, SERVER, 80, SYN, 2, 4, 1300 >> 8, 1300 & 0xFF))
                .outside(
                        tcp(SERVER, 80, OUTSIDE, 4000, SYN | ACK, 1, 2, 4, 1460 >> 8, 1460 & 0xFF, 1, 1, 0),
                        tcp(SERVER, 80, HOST, 4000, SYN | ACK, 1, 2, 4, 1300 >> 8, 1300 & 0xFF, 1, 1, 0))
                .count("sessions_created", 1)
                .count("translate_mss_clamped", 2)
                .end();
    }

    private static Scenario dynamic() {
        Pools pools = Pools.dynamic();
        pools.outside = List.of(OUTSIDE + "/32");
        return new Builder(pools)
                .outside(udp(SERVER, 53, OUTSIDE, 4000))
                .inside(udp(HOST, 4000, SERVER, 53), udp(OUTSIDE, 4000, SERVER, 53))
                .outside(udp("192.0.2.2", 7, OUTSIDE, 9), udp("192.0.2.2", 7, HOST, 9))
                .inside(udp(OTHER, 4002, SERVER, 53), refused(udp(OTHER, 4002, SERVER, 53), 1))
                .count("sessions_created", 1)
                .count("translate_no_mapping", 1)
                .count("translate_pool_empty", 1)
                .count("translate_errors_sent", 1)
                .end();
    }

    private static Scenario land() {
        return new Builder(one())
                .inside(tcp(HOST, 4000, HOST, 4000, SYN))
                .outside(tcp(OUTSIDE, 4000, OUTSIDE, 4000, SYN))
                .inside(udp("10.9.0.5", 4000, SERVER, 53))
                .count("translate_land", 2)
                .count("translate_not_inside", 1)
                .end();
    }
}
