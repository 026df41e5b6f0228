package io.natator.softswitch.steps;

import static io.natator.softswitch.steps.Packets.error;
import static io.natator.softswitch.steps.Packets.icmp;
import static io.natator.softswitch.steps.Packets.udp;
import static io.natator.softswitch.steps.ScenarioBuilder.HOST;
import static io.natator.softswitch.steps.ScenarioBuilder.OUTSIDE;
import static io.natator.softswitch.steps.ScenarioBuilder.ROUTER;
import static io.natator.softswitch.steps.ScenarioBuilder.SERVER;
import static io.natator.softswitch.steps.ScenarioBuilder.one;

import io.natator.softswitch.steps.Scenarios.Scenario;
import java.util.Map;
import java.util.function.Supplier;

/** RFC 5508: queries and errors. */
final class IcmpScenarios {
    static final Map<String, Supplier<Scenario>> ALL = Map.of(
            "icmp-query",
            IcmpScenarios::icmpQuery,
            "icmp-error-inner",
            IcmpScenarios::errorInner,
            "icmp-error-forged",
            IcmpScenarios::errorForged,
            "static-traceroute",
            IcmpScenarios::staticTraceroute,
            "traceroute",
            IcmpScenarios::traceroute);

    private IcmpScenarios() {}

    static Scenario icmpQuery() {
        return new ScenarioBuilder(one())
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

    static Scenario errorInner() {
        byte[] sent = udp(OUTSIDE, 4000, SERVER, 53, 200);
        byte[] was = udp(HOST, 4000, SERVER, 53, 200);
        byte[] got = udp(SERVER, 53, HOST, 4000);
        byte[] came = udp(SERVER, 53, OUTSIDE, 4000);
        return new ScenarioBuilder(one())
                .inside(udp(HOST, 4000, SERVER, 53, 200), udp(OUTSIDE, 4000, SERVER, 53, 200))
                .outside(error(ROUTER, OUTSIDE, 3, 4, sent), error(ROUTER, HOST, 3, 4, was))
                .outside(error(ROUTER, OUTSIDE, 11, 0, sent, 28), error(ROUTER, HOST, 11, 0, was, 28))
                .inside(error(HOST, SERVER, 3, 3, got), error(OUTSIDE, SERVER, 3, 3, came))
                .inside(error("10.0.0.254", SERVER, 3, 3, got), error(OUTSIDE, SERVER, 3, 3, came))
                .count("sessions_created", 1)
                .end();
    }

    static Scenario errorForged() {
        return new ScenarioBuilder(one())
                .inside(udp(HOST, 4000, SERVER, 53), udp(OUTSIDE, 4000, SERVER, 53))
                .outside(error(ROUTER, OUTSIDE, 3, 3, udp(OUTSIDE, 4000, SERVER, 54)))
                .outside(error(ROUTER, OUTSIDE, 3, 3, udp(OUTSIDE, 4001, SERVER, 53)))
                .outside(error(ROUTER, OUTSIDE, 3, 3, udp(OUTSIDE, 4000, SERVER, 53), 22))
                .outside(udp(SERVER, 53, OUTSIDE, 4000), udp(SERVER, 53, HOST, 4000))
                .count("sessions_created", 1)
                .count("translate_error_unknown", 3)
                .end();
    }

    static Scenario staticTraceroute() {
        return new ScenarioBuilder(Pools.fixed("10.0.0.0/24", "198.51.100.0/24"))
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

    /** Routers on the way say where a datagram got to, and what was too long for the next link. */
    static Scenario traceroute() {
        byte[] sent = udp(OUTSIDE, 4000, SERVER, 33434, 1400);
        byte[] was = udp(HOST, 4000, SERVER, 33434, 1400);
        return new ScenarioBuilder(one())
                .inside(was.clone(), sent.clone())
                .outside(error(ROUTER, OUTSIDE, 11, 0, sent, 28), error(ROUTER, HOST, 11, 0, was, 28))
                .outside(error("203.0.113.2", OUTSIDE, 11, 0, sent, 548), error("203.0.113.2", HOST, 11, 0, was, 548))
                .outside(error(ROUTER, OUTSIDE, 3, 4, sent, 548), error(ROUTER, HOST, 3, 4, was, 548))
                .outside(error(SERVER, OUTSIDE, 3, 3, sent, 28), error(SERVER, HOST, 3, 3, was, 28))
                .count("sessions_created", 1)
                .end();
    }
}
