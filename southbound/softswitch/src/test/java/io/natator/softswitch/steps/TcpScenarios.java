package io.natator.softswitch.steps;

import static io.natator.softswitch.steps.Packets.ACK;
import static io.natator.softswitch.steps.Packets.FIN;
import static io.natator.softswitch.steps.Packets.RST;
import static io.natator.softswitch.steps.Packets.SYN;
import static io.natator.softswitch.steps.Packets.tcp;
import static io.natator.softswitch.steps.ScenarioBuilder.HOST;
import static io.natator.softswitch.steps.ScenarioBuilder.OTHER;
import static io.natator.softswitch.steps.ScenarioBuilder.OUTSIDE;
import static io.natator.softswitch.steps.ScenarioBuilder.SERVER;
import static io.natator.softswitch.steps.ScenarioBuilder.one;

import io.natator.softswitch.steps.Scenarios.Scenario;
import java.util.Map;
import java.util.function.Supplier;

/** RFC 5382 and 7857: connections. */
final class TcpScenarios {
    static final Map<String, Supplier<Scenario>> ALL = Map.of(
            "tcp-connection",
            TcpScenarios::tcpConnection,
            "tcp-simultaneous-open",
            TcpScenarios::simultaneousOpen,
            "tcp-mid-stream",
            TcpScenarios::midStream,
            "static-forward",
            TcpScenarios::staticForward,
            "mss-clamp",
            TcpScenarios::mssClamp,
            "tcp-reset",
            TcpScenarios::reset,
            "tcp-timers",
            TcpScenarios::timers);

    private TcpScenarios() {}

    static Scenario tcpConnection() {
        return new ScenarioBuilder(one())
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

    static Scenario simultaneousOpen() {
        return new ScenarioBuilder(one())
                .outside(tcp(SERVER, 80, OUTSIDE, 4000, SYN))
                .inside(tcp(HOST, 4000, SERVER, 80, SYN), tcp(OUTSIDE, 4000, SERVER, 80, SYN))
                .outside(tcp(SERVER, 80, OUTSIDE, 4000, SYN), tcp(SERVER, 80, HOST, 4000, SYN))
                .inside(tcp(HOST, 4000, SERVER, 80, SYN | ACK), tcp(OUTSIDE, 4000, SERVER, 80, SYN | ACK))
                .outside(tcp(SERVER, 80, OUTSIDE, 4000, SYN | ACK), tcp(SERVER, 80, HOST, 4000, SYN | ACK))
                .count("sessions_created", 1)
                .count("translate_no_mapping", 1)
                .end();
    }

    static Scenario midStream() {
        return new ScenarioBuilder(one())
                .inside(tcp(HOST, 4000, SERVER, 80, ACK))
                .inside(tcp(HOST, 4000, SERVER, 80, SYN | ACK))
                .outside(tcp(SERVER, 80, OUTSIDE, 4000, ACK))
                .count("translate_not_a_syn", 2)
                .count("translate_no_mapping", 1)
                .end();
    }

    static Scenario staticForward() {
        return new ScenarioBuilder(one().forward(6, OUTSIDE, 443, OTHER, 8443))
                .outside(tcp(SERVER, 9, OUTSIDE, 443, SYN), tcp(SERVER, 9, OTHER, 8443, SYN))
                .inside(tcp(OTHER, 8443, SERVER, 9, SYN | ACK), tcp(OUTSIDE, 443, SERVER, 9, SYN | ACK))
                .outside(tcp(SERVER, 9, OUTSIDE, 444, SYN))
                .count("sessions_created", 1)
                .count("translate_no_mapping", 1)
                .end();
    }

    static Scenario mssClamp() {
        Pools pools = one();
        pools.pool.mss(1300);
        return new ScenarioBuilder(pools)
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

    /** A RST may be forged: the next segment tells (RFC 7857, section 2.2). */
    static Scenario reset() {
        return new ScenarioBuilder(one())
                .inside(tcp(HOST, 4000, SERVER, 80, SYN), tcp(OUTSIDE, 4000, SERVER, 80, SYN))
                .outside(tcp(SERVER, 80, OUTSIDE, 4000, SYN | ACK), tcp(SERVER, 80, HOST, 4000, SYN | ACK))
                .outside(tcp(SERVER, 80, OUTSIDE, 4000, RST), tcp(SERVER, 80, HOST, 4000, RST))
                .inside(tcp(HOST, 4000, SERVER, 80, ACK), tcp(OUTSIDE, 4000, SERVER, 80, ACK))
                .pass(1000)
                .outside(tcp(SERVER, 80, OUTSIDE, 4000, ACK), tcp(SERVER, 80, HOST, 4000, ACK))
                .outside(tcp(SERVER, 80, OUTSIDE, 4000, RST), tcp(SERVER, 80, HOST, 4000, RST))
                .pass(250)
                .outside(tcp(SERVER, 80, OUTSIDE, 4000, ACK))
                .count("sessions_created", 1)
                .count("sessions_ended", 1)
                .count("translate_no_mapping", 1)
                .end();
    }

    /** Half-open ones go after 4 minutes, established ones after 2 hours and 4 minutes (RFC 5382, REQ-5). */
    static Scenario timers() {
        return new ScenarioBuilder(one())
                .inside(tcp(HOST, 4000, SERVER, 80, SYN), tcp(OUTSIDE, 4000, SERVER, 80, SYN))
                .inside(tcp(HOST, 4001, SERVER, 80, SYN), tcp(OUTSIDE, 4001, SERVER, 80, SYN))
                .outside(tcp(SERVER, 80, OUTSIDE, 4001, SYN | ACK), tcp(SERVER, 80, HOST, 4001, SYN | ACK))
                .pass(250)
                .outside(tcp(SERVER, 80, OUTSIDE, 4000, SYN | ACK))
                .outside(tcp(SERVER, 80, OUTSIDE, 4001, ACK), tcp(SERVER, 80, HOST, 4001, ACK))
                .pass(7450)
                .outside(tcp(SERVER, 80, OUTSIDE, 4001, ACK))
                .count("sessions_created", 2)
                .count("sessions_ended", 2)
                .count("translate_no_mapping", 2)
                .end();
    }
}
