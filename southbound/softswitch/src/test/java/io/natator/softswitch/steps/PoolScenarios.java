package io.natator.softswitch.steps;

import static io.natator.softswitch.steps.Packets.ACK;
import static io.natator.softswitch.steps.Packets.SYN;
import static io.natator.softswitch.steps.Packets.icmp;
import static io.natator.softswitch.steps.Packets.tcp;
import static io.natator.softswitch.steps.Packets.udp;
import static io.natator.softswitch.steps.ScenarioBuilder.HOST;
import static io.natator.softswitch.steps.ScenarioBuilder.OTHER;
import static io.natator.softswitch.steps.ScenarioBuilder.OUTSIDE;
import static io.natator.softswitch.steps.ScenarioBuilder.SERVER;
import static io.natator.softswitch.steps.ScenarioBuilder.one;
import static io.natator.softswitch.steps.ScenarioBuilder.refused;

import io.natator.softswitch.steps.Scenarios.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Pools that are shared out, and shares beside each other. */
final class PoolScenarios {
    static final Map<String, Supplier<Scenario>> ALL = Map.of(
            "pool-exhaustion",
            PoolScenarios::poolExhaustion,
            "dynamic",
            PoolScenarios::dynamic,
            "dynamic-reserved",
            PoolScenarios::reserved,
            "dynamic-sticky",
            PoolScenarios::sticky,
            "affinity",
            PoolScenarios::affinity,
            "hairpin-of-two-shares",
            PoolScenarios::hairpinOfTwo);

    private PoolScenarios() {}

    static Scenario poolExhaustion() {
        Pools pools = one();
        pools.pool.firstPort(4000);
        pools.pool.lastPort(4001);
        return new ScenarioBuilder(pools)
                .inside(udp(HOST, 4000, SERVER, 53), udp(OUTSIDE, 4000, SERVER, 53))
                .inside(udp(OTHER, 4001, SERVER, 53), udp(OUTSIDE, 4001, SERVER, 53))
                .inside(udp(OTHER, 4002, SERVER, 53), refused(OTHER, udp(OTHER, 4002, SERVER, 53), 13))
                .inside(icmp(OTHER, SERVER, 8, 4000), icmp(OUTSIDE, SERVER, 8, 4000))
                .count("sessions_created", 3)
                .count("translate_pool_empty", 1)
                .count("translate_errors_sent", 1)
                .end();
    }

    static Scenario dynamic() {
        Pools pools = Pools.dynamic();
        pools.outside = List.of(OUTSIDE + "/32");
        return new ScenarioBuilder(pools)
                .outside(udp(SERVER, 53, OUTSIDE, 4000))
                .inside(udp(HOST, 4000, SERVER, 53), udp(OUTSIDE, 4000, SERVER, 53))
                .outside(udp("192.0.2.2", 7, OUTSIDE, 9), udp("192.0.2.2", 7, HOST, 9))
                .inside(udp(OTHER, 4002, SERVER, 53), refused(OTHER, udp(OTHER, 4002, SERVER, 53), 1))
                .count("sessions_created", 1)
                .count("translate_no_mapping", 1)
                .count("translate_pool_empty", 1)
                .count("translate_errors_sent", 1)
                .end();
    }

    static Scenario reserved() {
        Pools pools = Pools.dynamic();
        pools.outside = List.of("198.51.100.0/31");
        pools.reserve(OTHER, OUTSIDE);
        return new ScenarioBuilder(pools)
                .inside(udp(HOST, 1, SERVER, 53), udp("198.51.100.0", 1, SERVER, 53))
                .inside(udp("10.0.0.7", 1, SERVER, 53), refused("10.0.0.7", udp("10.0.0.7", 1, SERVER, 53), 1))
                .inside(udp(OTHER, 1, SERVER, 53), udp(OUTSIDE, 1, SERVER, 53))
                .count("sessions_created", 2)
                .count("translate_pool_empty", 1)
                .count("translate_errors_sent", 1)
                .end();
    }

    /** A binding goes when idle; for a while its address is given to its host alone, unless nothing else is left. */
    static Scenario sticky() {
        Pools pools = Pools.dynamic();
        pools.outside = List.of(OUTSIDE + "/32");
        pools.pool.idle(Duration.ofSeconds(60)).sticky(Duration.ofSeconds(600));
        return new ScenarioBuilder(pools)
                .inside(udp(HOST, 1, SERVER, 53), udp(OUTSIDE, 1, SERVER, 53))
                .pass(50)
                .outside(udp(SERVER, 53, OUTSIDE, 1), udp(SERVER, 53, HOST, 1))
                .pass(50)
                .inside(udp(OTHER, 1, SERVER, 53), refused(OTHER, udp(OTHER, 1, SERVER, 53), 1))
                .pass(70)
                .outside(udp(SERVER, 53, OUTSIDE, 1))
                .inside(udp(HOST, 1, SERVER, 53), udp(OUTSIDE, 1, SERVER, 53))
                .pass(70)
                .inside(udp(OTHER, 1, SERVER, 53), udp(OUTSIDE, 1, SERVER, 53))
                .count("sessions_created", 3)
                .count("sessions_ended", 2)
                .count("translate_pool_empty", 1)
                .count("translate_errors_sent", 1)
                .count("translate_no_mapping", 1)
                .end();
    }

    /** A host with an old and a new outside address answers from the one that a flow came to. */
    static Scenario affinity() {
        Pools before = Pools.fixed("10.0.0.0/24", "198.51.100.0/24");
        before.affine = true;
        Pools now = Pools.fixed("10.0.0.0/24", "203.0.113.0/24");
        now.affine = true;
        now.id = 2;
        return new ScenarioBuilder(before, now)
                .outside(tcp(SERVER, 80, "198.51.100.5", 22, SYN), tcp(SERVER, 80, HOST, 22, SYN))
                .outside(tcp(SERVER, 81, "203.0.113.5", 22, SYN), tcp(SERVER, 81, HOST, 22, SYN))
                .inside(tcp(HOST, 22, SERVER, 80, SYN | ACK), tcp("198.51.100.5", 22, SERVER, 80, SYN | ACK))
                .inside(tcp(HOST, 22, SERVER, 81, SYN | ACK), tcp("203.0.113.5", 22, SERVER, 81, SYN | ACK))
                .inside(udp(HOST, 5000, SERVER, 53), udp("203.0.113.5", 5000, SERVER, 53))
                .count("sessions_created", 2)
                .end();
    }

    /** A host of one pool speaks to a host of another. */
    static Scenario hairpinOfTwo() {
        Pools bound = Pools.dynamic();
        bound.outside = List.of("203.0.113.9/32");
        bound.inside = "10.0.1.0/24";
        bound.id = 2;
        return new ScenarioBuilder(one().forward(17, OUTSIDE, 53, HOST, 5353), bound)
                .inside(udp("10.0.1.1", 7, OUTSIDE, 53), udp("203.0.113.9", 7, HOST, 5353))
                .inside(udp(HOST, 5353, "203.0.113.9", 7), udp(OUTSIDE, 53, "10.0.1.1", 7))
                .count("sessions_created", 2)
                .end();
    }
}
