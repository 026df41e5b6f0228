package io.natator.lab.demo;

import io.natator.lab.net.LabSwitch;
import io.natator.lab.net.OpenVSwitch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Natator's rules on a switch at one moment.
 *
 * @param flows as {@code ovs-ofctl dump-flows} prints them
 * @param since when each was added (seconds, {@link System#nanoTime} scale), by cookie, table, priority, match, actions
 */
record Rules(List<String> flows, Map<String, Double> since) {
    private static final Pattern CHANGING = Pattern.compile("(duration|n_packets|n_bytes|idle_age|hard_age)=[^,]*, ");
    /** Dumps take time, and durations are told in milliseconds. */
    private static final double TOLERANCE = 0.5;

    static Rules of(LabSwitch dataplane) {
        List<String> flows = dataplane.flows().stream()
                // The mark of Natator's cookies.
                .filter(flow -> flow.startsWith("cookie=0x4e4"))
                .toList();
        double now = System.nanoTime() / 1e9;
        Map<String, Double> since = new HashMap<>();
        flows.forEach(flow -> since.put(CHANGING.matcher(flow).replaceAll(""), now - OpenVSwitch.age(flow)));
        return new Rules(flows, since);
    }

    int size() {
        return flows.size();
    }

    /** Rules of {@code later} that are not the very ones of this moment, and those that are gone. */
    long rewritten(Rules later) {
        long added = later.since.entrySet().stream()
                .filter(e -> e.getValue() - since.getOrDefault(e.getKey(), Double.NEGATIVE_INFINITY) > TOLERANCE)
                .count();
        long gone = since.keySet().stream()
                .filter(rule -> !later.since.containsKey(rule))
                .count();
        return added + gone;
    }
}
