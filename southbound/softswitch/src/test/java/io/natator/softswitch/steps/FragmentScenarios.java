package io.natator.softswitch.steps;

import static io.natator.softswitch.steps.Packets.SYN;
import static io.natator.softswitch.steps.Packets.fragments;
import static io.natator.softswitch.steps.Packets.tcp;
import static io.natator.softswitch.steps.Packets.udp;
import static io.natator.softswitch.steps.ScenarioBuilder.HOST;
import static io.natator.softswitch.steps.ScenarioBuilder.OUTSIDE;
import static io.natator.softswitch.steps.ScenarioBuilder.SERVER;
import static io.natator.softswitch.steps.ScenarioBuilder.one;

import io.natator.softswitch.steps.Scenarios.Scenario;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** RFC 4787, REQ-14; RFC 1858, 3128, 5722: fragments, good and bad. */
final class FragmentScenarios {
    static final Map<String, Supplier<Scenario>> ALL = Map.of(
            "fragments-out-of-order",
            FragmentScenarios::fragmentsOutOfOrder,
            "fragments-overlapping",
            FragmentScenarios::fragmentsOverlapping,
            "fragments-in-order",
            FragmentScenarios::inOrder,
            "fragments-tiny",
            FragmentScenarios::tiny,
            "fragments-incomplete",
            FragmentScenarios::incomplete);

    private FragmentScenarios() {}

    static Scenario fragmentsOutOfOrder() {
        List<byte[]> sent = fragments(udp(HOST, 4000, SERVER, 53, 100), 7, 48);
        List<byte[]> gone = fragments(udp(OUTSIDE, 4000, SERVER, 53, 100), 7, 48);
        return new ScenarioBuilder(one())
                .inside(sent.get(2))
                .inside(sent.get(1))
                .inside(sent.get(0), gone.get(0), gone.get(2), gone.get(1))
                .count("fragment_held", 2)
                .count("sessions_created", 1)
                .end();
    }

    static Scenario fragmentsOverlapping() {
        List<byte[]> sent = fragments(udp(HOST, 4000, SERVER, 53, 100), 7, 48);
        List<byte[]> gone = fragments(udp(OUTSIDE, 4000, SERVER, 53, 100), 7, 48);
        return new ScenarioBuilder(one())
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

    static Scenario inOrder() {
        List<byte[]> sent = fragments(udp(SERVER, 53, OUTSIDE, 4000, 4000), 7, 1480);
        List<byte[]> gone = fragments(udp(SERVER, 53, HOST, 4000, 4000), 7, 1480);
        return new ScenarioBuilder(one())
                .inside(udp(HOST, 4000, SERVER, 53), udp(OUTSIDE, 4000, SERVER, 53))
                .outside(sent.get(0), gone.get(0))
                .outside(sent.get(1), gone.get(1))
                .outside(sent.get(2), gone.get(2))
                .count("sessions_created", 1)
                .end();
    }

    /** First fragments that hide the ports or the flags, and a second one that would overwrite them (RFC 1858, 3128). */
    static Scenario tiny() {
        List<byte[]> sent = fragments(tcp(HOST, 4000, SERVER, 80, SYN), 8, 8);
        byte[] shorter = fragments(udp(HOST, 4000, SERVER, 53, 100), 9, 8).get(0);
        return new ScenarioBuilder(one())
                .inside(sent.get(0))
                .inside(sent.get(1))
                .inside(sent.get(2))
                .inside(
                        shorter.clone(),
                        fragments(udp(OUTSIDE, 4000, SERVER, 53, 100), 9, 8).get(0))
                .count("fragment_tiny", 2)
                .count("fragment_held", 1)
                .count("sessions_created", 1)
                .end();
    }

    /** The first one never comes: what waits for it is dropped after 5 s. */
    static Scenario incomplete() {
        List<byte[]> sent = fragments(udp(HOST, 4000, SERVER, 53, 100), 7, 48);
        return new ScenarioBuilder(one())
                .inside(sent.get(1))
                .pass(6)
                .inside(
                        sent.get(0),
                        fragments(udp(OUTSIDE, 4000, SERVER, 53, 100), 7, 48).get(0))
                .count("fragment_held", 1)
                .count("fragment_expired", 1)
                .count("sessions_created", 1)
                .end();
    }
}
