package io.natator.softswitch.steps;

import static io.natator.softswitch.steps.Packets.SYN;
import static io.natator.softswitch.steps.Packets.tcp;
import static io.natator.softswitch.steps.Packets.udp;
import static io.natator.softswitch.steps.ScenarioBuilder.HOST;
import static io.natator.softswitch.steps.ScenarioBuilder.OTHER;
import static io.natator.softswitch.steps.ScenarioBuilder.OUTSIDE;
import static io.natator.softswitch.steps.ScenarioBuilder.SERVER;
import static io.natator.softswitch.steps.ScenarioBuilder.one;
import static io.natator.softswitch.steps.ScenarioBuilder.refused;

import io.natator.model.intent.Pool.Mapping;
import io.natator.softswitch.steps.Scenarios.Scenario;
import java.util.Map;
import java.util.function.Supplier;

/** What must not happen, however many packets ask for it. */
final class BadInputScenarios {
    static final Map<String, Supplier<Scenario>> ALL = Map.of(
            "land",
            BadInputScenarios::land,
            "syn-flood-inside",
            BadInputScenarios::synFloodInside,
            "syn-flood-outside",
            BadInputScenarios::synFloodOutside,
            "port-scan-inside",
            BadInputScenarios::scanInside,
            "port-scan-outside",
            BadInputScenarios::scanOutside,
            "spoofed-sources",
            BadInputScenarios::spoofed);

    private BadInputScenarios() {}

    static Scenario land() {
        return new ScenarioBuilder(one())
                .inside(tcp(HOST, 4000, HOST, 4000, SYN))
                .outside(tcp(OUTSIDE, 4000, OUTSIDE, 4000, SYN))
                .inside(udp("10.9.0.5", 4000, SERVER, 53))
                .count("translate_land", 2)
                .count("translate_not_inside", 1)
                .end();
    }

    /** A host that opens without end is stopped at its limit; others are not. */
    static Scenario synFloodInside() {
        Pools pools = one();
        pools.pool.sessionsPerHost(2);
        ScenarioBuilder flood = new ScenarioBuilder(pools)
                .inside(tcp(HOST, 4000, SERVER, 80, SYN), tcp(OUTSIDE, 4000, SERVER, 80, SYN))
                .inside(tcp(HOST, 4001, SERVER, 80, SYN), tcp(OUTSIDE, 4001, SERVER, 80, SYN));
        for (int port = 4002; port < 4012; port++) {
            byte[] syn = tcp(HOST, port, SERVER, 80, SYN);
            flood.inside(syn, refused(HOST, syn, 13));
        }
        return flood.inside(tcp(OTHER, 4002, SERVER, 80, SYN), tcp(OUTSIDE, 4002, SERVER, 80, SYN))
                .count("sessions_created", 3)
                .count("translate_host_sessions", 10)
                .count("translate_errors_sent", 10)
                .end();
    }

    /** To a forward; nothing is told to the outside. */
    static Scenario synFloodOutside() {
        Pools pools = one().forward(6, OUTSIDE, 443, HOST, 443);
        pools.pool.sessionsPerHost(2);
        ScenarioBuilder flood = new ScenarioBuilder(pools)
                .outside(tcp(SERVER, 1, OUTSIDE, 443, SYN), tcp(SERVER, 1, HOST, 443, SYN))
                .outside(tcp(SERVER, 2, OUTSIDE, 443, SYN), tcp(SERVER, 2, HOST, 443, SYN));
        for (int port = 3; port < 13; port++) {
            flood.outside(tcp(SERVER, port, OUTSIDE, 443, SYN));
        }
        return flood.inside(tcp(OTHER, 4002, SERVER, 80, SYN), tcp(OUTSIDE, 4002, SERVER, 80, SYN))
                .outside(tcp(SERVER, 2, OUTSIDE, 443, Packets.ACK), tcp(SERVER, 2, HOST, 443, Packets.ACK))
                .count("sessions_created", 3)
                .count("translate_host_sessions", 10)
                .end();
    }

    static Scenario scanInside() {
        Pools pools = one();
        pools.pool
                .portsPerHost(2)
                .mapping(Mapping.ADDRESS_AND_PORT_DEPENDENT)
                .firstPort(4000)
                .lastPort(4003);
        byte[] third = udp(HOST, 4000, SERVER, 3);
        byte[] fourth = udp(HOST, 4000, SERVER, 4);
        return new ScenarioBuilder(pools)
                .inside(udp(HOST, 4000, SERVER, 1), udp(OUTSIDE, 4000, SERVER, 1))
                .inside(udp(HOST, 4002, SERVER, 2), udp(OUTSIDE, 4002, SERVER, 2))
                .inside(third, refused(HOST, third, 13))
                .inside(fourth, refused(HOST, fourth, 13))
                .inside(udp(OTHER, 4001, SERVER, 1), udp(OUTSIDE, 4001, SERVER, 1))
                .count("sessions_created", 3)
                .count("translate_host_ports", 2)
                .count("translate_errors_sent", 2)
                .end();
    }

    static Scenario scanOutside() {
        ScenarioBuilder scan = new ScenarioBuilder(one())
                .inside(udp(HOST, 4000, SERVER, 53), udp(OUTSIDE, 4000, SERVER, 53))
                .inside(tcp(HOST, 4000, SERVER, 80, SYN), tcp(OUTSIDE, 4000, SERVER, 80, SYN));
        for (int port = 3995; port < 4005; port++) {
            scan.outside(udp("192.0.2.66", 9, OUTSIDE, port)).outside(tcp("192.0.2.66", 9, OUTSIDE, port, SYN));
        }
        return scan.outside(udp(SERVER, 53, OUTSIDE, 4000), udp(SERVER, 53, HOST, 4000))
                .count("sessions_created", 2)
                .count("translate_no_mapping", 18)
                .count("translate_filtered", 2)
                .end();
    }

    /** Sources that are not inside's, from inside; and ours, from outside. */
    static Scenario spoofed() {
        return new ScenarioBuilder(one())
                .inside(udp("10.9.0.5", 4000, SERVER, 53))
                .inside(tcp("198.51.100.9", 4000, SERVER, 53, SYN))
                .outside(udp(OUTSIDE, 9, OUTSIDE, 4000))
                .count("translate_not_inside", 2)
                .count("translate_land", 1)
                .end();
    }
}
