package io.natator.softswitch.steps;

import static io.natator.softswitch.steps.Packets.SYN;
import static io.natator.softswitch.steps.Packets.error;
import static io.natator.softswitch.steps.Packets.ip;
import static io.natator.softswitch.steps.Packets.tcp;
import static io.natator.softswitch.steps.Packets.udp;
import static io.natator.softswitch.steps.ScenarioBuilder.HOST;
import static io.natator.softswitch.steps.ScenarioBuilder.OTHER;
import static io.natator.softswitch.steps.ScenarioBuilder.OUTSIDE;
import static io.natator.softswitch.steps.ScenarioBuilder.SERVER;
import static io.natator.softswitch.steps.ScenarioBuilder.one;
import static io.natator.softswitch.steps.ScenarioBuilder.ports;
import static io.natator.softswitch.steps.ScenarioBuilder.refused;

import io.natator.model.intent.Pool.Filtering;
import io.natator.model.intent.Pool.Mapping;
import io.natator.model.intent.Pool.OtherProtocols;
import io.natator.softswitch.steps.Scenarios.Scenario;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** RFC 4787: mappings, filters, ports, and what goes with UDP. */
final class UdpScenarios {
    static final Map<String, Supplier<Scenario>> ALL = Map.ofEntries(
            Map.entry("udp-eim", UdpScenarios::udpEim),
            Map.entry("udp-filter", UdpScenarios::udpFilter),
            Map.entry("hairpin", UdpScenarios::hairpin),
            Map.entry("port-block", UdpScenarios::portBlock),
            Map.entry("deterministic", UdpScenarios::deterministic),
            Map.entry("mapping-address-dependent", UdpScenarios::addressDependent),
            Map.entry("mapping-address-and-port-dependent", UdpScenarios::addressAndPortDependent),
            Map.entry("filter-endpoint-independent", UdpScenarios::everyoneMayAnswer),
            Map.entry("filter-address-dependent", UdpScenarios::knownAddressesMayAnswer),
            Map.entry("port-parity", UdpScenarios::parity),
            Map.entry("port-rest", UdpScenarios::rest),
            Map.entry("other-protocols", UdpScenarios::otherProtocols),
            Map.entry("exempt", UdpScenarios::exempt));

    private UdpScenarios() {}

    static Scenario udpEim() {
        return new ScenarioBuilder(one())
                .inside(udp(HOST, 4000, SERVER, 53), udp(OUTSIDE, 4000, SERVER, 53))
                .inside(udp(HOST, 4000, "192.0.2.2", 99), udp(OUTSIDE, 4000, "192.0.2.2", 99))
                .outside(udp("192.0.2.2", 99, OUTSIDE, 4000), udp("192.0.2.2", 99, HOST, 4000))
                .outside(udp("192.0.2.2", 98, OUTSIDE, 4000), udp("192.0.2.2", 98, HOST, 4000))
                .count("sessions_created", 3)
                .end();
    }

    static Scenario udpFilter() {
        Pools pools = one();
        pools.pool.filtering(Filtering.ADDRESS_AND_PORT_DEPENDENT);
        return new ScenarioBuilder(pools)
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

    static Scenario hairpin() {
        Pools pools = one();
        pools.pool.filtering(Filtering.ENDPOINT_INDEPENDENT);
        return new ScenarioBuilder(pools)
                .inside(udp(HOST, 4000, SERVER, 53), udp(OUTSIDE, 4000, SERVER, 53))
                .inside(udp(OTHER, 5000, OUTSIDE, 4000), udp(OUTSIDE, 5000, HOST, 4000))
                .inside(udp(HOST, 4000, OUTSIDE, 5000), udp(OUTSIDE, 4000, OTHER, 5000))
                .inside(
                        error(HOST, OUTSIDE, 3, 3, udp(OUTSIDE, 5000, HOST, 4000)),
                        error(OUTSIDE, OTHER, 3, 3, udp(OTHER, 5000, OUTSIDE, 4000)))
                .count("sessions_created", 3)
                .end();
    }

    static Scenario portBlock() {
        Pools pools = one();
        pools.pool.preservePort(false);
        pools.pool.preserveParity(false);
        pools.pool.firstPort(4000);
        pools.pool.lastPort(4001);
        pools.pool.portBlock(1);
        pools.pool.portsPerHost(1);
        pools.pool.filtering(Filtering.ENDPOINT_INDEPENDENT);
        pools.forward(17, OUTSIDE, 4001, OTHER, 9);
        return new ScenarioBuilder(pools)
                .inside(udp(HOST, 1, SERVER, 53), udp(OUTSIDE, 4000, SERVER, 53))
                .inside(tcp(HOST, 2, SERVER, 53, SYN), tcp(OUTSIDE, 4000, SERVER, 53, SYN))
                .outside(udp(SERVER, 53, OUTSIDE, 4000), udp(SERVER, 53, HOST, 1))
                .outside(udp(SERVER, 53, OUTSIDE, 4001), udp(SERVER, 53, OTHER, 9))
                .count("sessions_created", 3)
                .end();
    }

    static Scenario deterministic() {
        Pools pools = one();
        pools.pool.preservePort(false);
        pools.pool.preserveParity(false);
        pools.pool.deterministic(true);
        pools.inside = "10.0.0.4/30";
        pools.pool.firstPort(4000);
        pools.pool.lastPort(4003);
        return new ScenarioBuilder(pools)
                .inside(udp("10.0.0.4", 9, SERVER, 53), udp(OUTSIDE, 4000, SERVER, 53))
                .inside(udp("10.0.0.7", 9, SERVER, 53), udp(OUTSIDE, 4003, SERVER, 53))
                .inside(udp("10.0.0.6", 9, SERVER, 53), udp(OUTSIDE, 4002, SERVER, 53))
                .inside(udp("10.0.0.5", 9, SERVER, 53), udp(OUTSIDE, 4001, SERVER, 53))
                .count("sessions_created", 4)
                .end();
    }

    static Scenario addressDependent() {
        Pools pools = ports(4000, 4001);
        pools.pool.mapping(Mapping.ADDRESS_DEPENDENT).preservePort(true);
        return new ScenarioBuilder(pools)
                .inside(udp(HOST, 4000, SERVER, 53), udp(OUTSIDE, 4000, SERVER, 53))
                .inside(udp(HOST, 4000, SERVER, 54), udp(OUTSIDE, 4000, SERVER, 54))
                .inside(udp(HOST, 4000, "192.0.2.2", 53), udp(OUTSIDE, 4001, "192.0.2.2", 53))
                .count("sessions_created", 3)
                .end();
    }

    static Scenario addressAndPortDependent() {
        Pools pools = ports(4000, 4001);
        pools.pool.mapping(Mapping.ADDRESS_AND_PORT_DEPENDENT).preservePort(true);
        return new ScenarioBuilder(pools)
                .inside(udp(HOST, 4000, SERVER, 53), udp(OUTSIDE, 4000, SERVER, 53))
                .inside(udp(HOST, 4000, SERVER, 54), udp(OUTSIDE, 4001, SERVER, 54))
                .outside(udp(SERVER, 54, OUTSIDE, 4000))
                .outside(udp(SERVER, 54, OUTSIDE, 4001), udp(SERVER, 54, HOST, 4000))
                .count("sessions_created", 2)
                .count("translate_filtered", 1)
                .end();
    }

    private static ScenarioBuilder filter(Filtering filtering) {
        Pools pools = one();
        pools.pool.filtering(filtering);
        return new ScenarioBuilder(pools)
                .inside(udp(HOST, 4000, SERVER, 53), udp(OUTSIDE, 4000, SERVER, 53))
                .outside(udp(SERVER, 54, OUTSIDE, 4000), udp(SERVER, 54, HOST, 4000));
    }

    static Scenario everyoneMayAnswer() {
        return filter(Filtering.ENDPOINT_INDEPENDENT)
                .outside(udp("192.0.2.2", 9, OUTSIDE, 4000), udp("192.0.2.2", 9, HOST, 4000))
                .count("sessions_created", 3)
                .end();
    }

    static Scenario knownAddressesMayAnswer() {
        return filter(Filtering.ADDRESS_DEPENDENT)
                .outside(udp("192.0.2.2", 9, OUTSIDE, 4000))
                .count("sessions_created", 2)
                .count("translate_filtered", 1)
                .end();
    }

    static Scenario parity() {
        Pools pools = ports(4000, 4001);
        pools.pool.preserveParity(true);
        return new ScenarioBuilder(pools)
                .inside(udp(HOST, 5001, SERVER, 53), udp(OUTSIDE, 4001, SERVER, 53))
                .inside(udp(HOST, 5000, SERVER, 53), udp(OUTSIDE, 4000, SERVER, 53))
                .count("sessions_created", 2)
                .end();
    }

    /** With endpoint-independent filtering, a port is nobody else's for 120 s after its last session (RFC 6888, REQ-8). */
    static Scenario rest() {
        Pools pools = ports(4000, 4000);
        pools.pool.filtering(Filtering.ENDPOINT_INDEPENDENT);
        return new ScenarioBuilder(pools)
                .inside(udp(HOST, 1, SERVER, 53), udp(OUTSIDE, 4000, SERVER, 53))
                .pass(310)
                .outside(udp(SERVER, 53, OUTSIDE, 4000))
                .inside(udp(OTHER, 2, SERVER, 53), refused(OTHER, udp(OTHER, 2, SERVER, 53), 13))
                .pass(125)
                .inside(udp(OTHER, 2, SERVER, 53), udp(OUTSIDE, 4000, SERVER, 53))
                .count("sessions_created", 2)
                .count("sessions_ended", 1)
                .count("translate_no_mapping", 1)
                .count("translate_pool_empty", 1)
                .count("translate_errors_sent", 1)
                .end();
    }

    static Scenario otherProtocols() {
        Pools pools = one();
        pools.pool.otherProtocols(OtherProtocols.ADDRESS_ONLY);
        return new ScenarioBuilder(pools)
                .inside(ip(HOST, SERVER, 47, new byte[8]), ip(OUTSIDE, SERVER, 47, new byte[8]))
                .outside(ip(SERVER, OUTSIDE, 47, new byte[8]), ip(SERVER, HOST, 47, new byte[8]))
                .inside(ip(OTHER, SERVER, 47, new byte[8]), refused(OTHER, ip(OTHER, SERVER, 47, new byte[8]), 13))
                .count("sessions_created", 1)
                .count("translate_pool_empty", 1)
                .count("translate_errors_sent", 1)
                .end();
    }

    static Scenario exempt() {
        Pools pools = one();
        pools.exempt = List.of("192.0.2.128/25");
        return new ScenarioBuilder(pools)
                .inside(udp(HOST, 4000, "192.0.2.129", 53), udp(HOST, 4000, "192.0.2.129", 53))
                .inside(udp(HOST, 4000, SERVER, 53), udp(OUTSIDE, 4000, SERVER, 53))
                .count("sessions_created", 1)
                .end();
    }
}
