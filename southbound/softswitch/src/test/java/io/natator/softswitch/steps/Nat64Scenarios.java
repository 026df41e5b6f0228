package io.natator.softswitch.steps;

import static io.natator.softswitch.steps.Nat64Parties.HOST;
import static io.natator.softswitch.steps.Nat64Parties.OTHER;
import static io.natator.softswitch.steps.Nat64Parties.OUTSIDE_6;
import static io.natator.softswitch.steps.Nat64Parties.SERVER_6;
import static io.natator.softswitch.steps.Packets.ACK;
import static io.natator.softswitch.steps.Packets.RST;
import static io.natator.softswitch.steps.Packets.SYN;
import static io.natator.softswitch.steps.Packets.error;
import static io.natator.softswitch.steps.Packets.fragments;
import static io.natator.softswitch.steps.Packets.fragments6;
import static io.natator.softswitch.steps.Packets.icmp;
import static io.natator.softswitch.steps.Packets.tcp;
import static io.natator.softswitch.steps.Packets.udp;
import static io.natator.softswitch.steps.Pools.oneOfNat64;
import static io.natator.softswitch.steps.ScenarioBuilder.OUTSIDE;
import static io.natator.softswitch.steps.ScenarioBuilder.SERVER;

import io.natator.model.intent.Pool.Filtering;
import io.natator.softswitch.steps.Scenarios.Scenario;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** RFC 6146: IPv6 hosts behind IPv4 addresses. */
final class Nat64Scenarios {
    static final Map<String, Supplier<Scenario>> ALL = Map.ofEntries(
            Map.entry("nat64-udp", Nat64Scenarios::datagrams),
            Map.entry("nat64-tcp", Nat64Scenarios::connection),
            Map.entry("nat64-echo", Nat64Scenarios::echo),
            Map.entry("nat64-forward", Nat64Scenarios::forward),
            Map.entry("nat64-hairpin", Nat64Scenarios::hairpin),
            Map.entry("nat64-hairpin-napt", Nat64Scenarios::hairpinToNapt),
            Map.entry("nat64-icmp-errors", Nat64Scenarios::errors),
            Map.entry("nat64-fragments", Nat64Scenarios::fragmented),
            Map.entry("nat64-pool-exhaustion", Nat64Scenarios::exhausted),
            Map.entry("nat64-bad-input", Nat64Scenarios::badInput));

    private Nat64Scenarios() {}

    static Scenario datagrams() {
        return new ScenarioBuilder(oneOfNat64())
                .inside(udp(HOST, 4000, SERVER_6, 53), udp(OUTSIDE, 4000, SERVER, 53))
                .outside(udp(SERVER, 53, OUTSIDE, 4000), udp(SERVER_6, 53, HOST, 4000))
                .outside(udp(SERVER, 54, OUTSIDE, 4000), udp(SERVER_6, 54, HOST, 4000))
                .outside(udp("192.0.2.2", 53, OUTSIDE, 4000))
                .pass(301)
                .outside(udp(SERVER, 53, OUTSIDE, 4000))
                .count("sessions_created", 2)
                .count("sessions_ended", 2)
                .count("translate_filtered", 1)
                .count("translate_no_mapping", 1)
                .end();
    }

    static Scenario connection() {
        return new ScenarioBuilder(oneOfNat64())
                .inside(tcp(HOST, 4000, SERVER_6, 80, ACK))
                .inside(tcp(HOST, 4000, SERVER_6, 80, SYN), tcp(OUTSIDE, 4000, SERVER, 80, SYN))
                .outside(tcp(SERVER, 80, OUTSIDE, 4000, SYN | ACK), tcp(SERVER_6, 80, HOST, 4000, SYN | ACK))
                .inside(tcp(HOST, 4000, SERVER_6, 80, ACK), tcp(OUTSIDE, 4000, SERVER, 80, ACK))
                .pass(7000)
                .outside(tcp(SERVER, 80, OUTSIDE, 4000, RST), tcp(SERVER_6, 80, HOST, 4000, RST))
                .pass(241)
                .outside(tcp(SERVER, 80, OUTSIDE, 4000, ACK))
                .count("sessions_created", 1)
                .count("sessions_ended", 1)
                .count("translate_not_a_syn", 1)
                .count("translate_no_mapping", 1)
                .end();
    }

    static Scenario echo() {
        return new ScenarioBuilder(oneOfNat64())
                .inside(icmp(HOST, SERVER_6, 128, 7700), icmp(OUTSIDE, SERVER, 8, 7700))
                .outside(icmp(SERVER, OUTSIDE, 0, 7700), icmp(SERVER_6, HOST, 129, 7700))
                .outside(icmp(SERVER, OUTSIDE, 8, 7700))
                .count("sessions_created", 1)
                .count("translate_no_mapping", 1)
                .end();
    }

    static Scenario forward() {
        return new ScenarioBuilder(oneOfNat64().forward(6, OUTSIDE, 80, HOST, 8080))
                .outside(tcp(SERVER, 4000, OUTSIDE, 80, SYN), tcp(SERVER_6, 4000, HOST, 8080, SYN))
                .inside(tcp(HOST, 8080, SERVER_6, 4000, SYN | ACK), tcp(OUTSIDE, 80, SERVER, 4000, SYN | ACK))
                .count("sessions_created", 1)
                .end();
    }

    static Scenario hairpin() {
        Pools pools = oneOfNat64();
        pools.pool.filtering(Filtering.ENDPOINT_INDEPENDENT);
        return new ScenarioBuilder(pools)
                .inside(udp(HOST, 3000, SERVER_6, 53), udp(OUTSIDE, 3000, SERVER, 53))
                .inside(udp(OTHER, 4000, OUTSIDE_6, 3000), udp(OUTSIDE_6, 4000, HOST, 3000))
                .inside(udp(HOST, 3000, OUTSIDE_6, 4000), udp(OUTSIDE_6, 3000, OTHER, 4000))
                .count("sessions_created", 3)
                .end();
    }

    static Scenario hairpinToNapt() {
        Pools six = oneOfNat64();
        six.pool.filtering(Filtering.ENDPOINT_INDEPENDENT);
        Pools four = Pools.second();
        return new ScenarioBuilder(six, four)
                .inside(udp("10.0.0.9", 5000, SERVER, 53), udp("203.0.113.1", 5000, SERVER, 53))
                .inside(udp(HOST, 3000, "64:ff9b::cb00:7101", 5000), udp(OUTSIDE, 3000, "10.0.0.9", 5000))
                .inside(udp("10.0.0.9", 5000, OUTSIDE, 3000), udp("64:ff9b::cb00:7101", 5000, HOST, 3000))
                .count("sessions_created", 3)
                .end();
    }

    static Scenario errors() {
        byte[] sent = udp(HOST, 3000, SERVER_6, 53);
        byte[] gone = udp(OUTSIDE, 3000, SERVER, 53);
        byte[] answer = udp(SERVER, 53, OUTSIDE, 3000);
        byte[] come = udp(SERVER_6, 53, HOST, 3000);
        String router = "203.0.113.9";
        return new ScenarioBuilder(oneOfNat64())
                .inside(sent, gone)
                .outside(error(router, OUTSIDE, 11, 0, gone), error("64:ff9b::cb00:7109", HOST, 3, 0, sent))
                .outside(error(router, OUTSIDE, 3, 3, udp(OUTSIDE, 3001, SERVER, 53)))
                .outside(answer, come)
                .inside(error(HOST, SERVER_6, 1, 4, come), error(OUTSIDE, SERVER, 3, 3, answer))
                .inside(error("2001:db8:ff::1", SERVER_6, 3, 0, come), error(OUTSIDE, SERVER, 11, 0, answer))
                .count("sessions_created", 1)
                .count("translate_error_unknown", 1)
                .end();
    }

    static Scenario fragmented() {
        List<byte[]> out = fragments6(udp(HOST, 3000, SERVER_6, 53, 2000), 0x1234, 1024);
        List<byte[]> gone = fragments(udp(OUTSIDE, 3000, SERVER, 53, 2000), 0x1234, 1024);
        List<byte[]> in = fragments(udp(SERVER, 53, OUTSIDE, 3000, 2000), 0x4321, 1024);
        List<byte[]> come = fragments6(udp(SERVER_6, 53, HOST, 3000, 2000), 0x4321, 1024);
        return new ScenarioBuilder(oneOfNat64())
                .inside(out.get(1))
                .inside(out.get(0), gone.get(0), gone.get(1))
                .outside(in.get(1))
                .outside(in.get(0), come.get(0), come.get(1))
                .count("sessions_created", 1)
                .count("fragment_held", 2)
                .end();
    }

    static Scenario exhausted() {
        Pools pools = oneOfNat64();
        pools.pool.preservePort(false).preserveParity(false).firstPort(2000).lastPort(2000);
        byte[] refused = udp(OTHER, 4001, SERVER_6, 53);
        byte[] told = Packets.error(SERVER_6, OTHER, 1, 3, refused);
        told[14] = 0x6C; // internetwork control
        return new ScenarioBuilder(pools)
                .inside(udp(HOST, 4000, SERVER_6, 53), udp(OUTSIDE, 2000, SERVER, 53))
                .inside(refused, ScenarioBuilder.fromOutside(told))
                .count("sessions_created", 1)
                .count("translate_pool_empty", 1)
                .count("translate_errors_sent", 1)
                .end();
    }

    static Scenario badInput() {
        Pools pools = oneOfNat64();
        pools.inside = "::/0";
        return new ScenarioBuilder(pools)
                .inside(udp(HOST, 4000, "2001:db8:9::1", 53))
                .inside(udp(HOST, 4000, "64:ff9b::e000:1", 53))
                .inside(udp(OUTSIDE_6, 4000, SERVER_6, 53)) // RFC 6146, section 3.5
                .inside(udp("::1", 4000, SERVER_6, 53))
                .inside(Packets.ip(HOST, SERVER_6, 1, new byte[16]))
                .inside(icmp(HOST, SERVER_6, 129, 7700))
                .outside(udp(OUTSIDE, 53, OUTSIDE, 4000))
                .count("cross_not_embedded", 1)
                .count("cross_illegal_address", 1)
                .count("translate_not_inside", 2)
                .count("translate_protocol", 1)
                .count("translate_no_mapping", 1)
                .count("translate_land", 1)
                .end();
    }
}
