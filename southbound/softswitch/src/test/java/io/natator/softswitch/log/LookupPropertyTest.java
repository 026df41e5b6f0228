package io.natator.softswitch.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lookups in files agree with a list of all that happened, at every time, across files and restarts. */
class LookupPropertyTest {
    private static final int PORTS = 6;
    private static final int STEPS = 400;

    @TempDir
    Path dir;

    /** @param until -1 while it lives */
    private record Life(int port, int insidePort, long since, long until) {
        boolean isIpv6() {
            return insidePort % 2 == 1;
        }
    }

    @Test
    void agreesWithAListOfAll() throws IOException {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        System.out.println("seed " + seed + " (repeat with -Dnatator.seed=" + seed + ")");
        Random random = new Random(seed);
        List<Life> lives = new ArrayList<>();
        Map<Integer, Life> live = new HashMap<>();
        Rig rig = new Rig(dir, 16L << 20, Shares.napt(3, "office", 0, false));
        try {
            for (int step = 1; step <= STEPS; step++) {
                rig.at(step);
                if (random.nextInt(80) == 0) {
                    rig.close();
                    rig = new Rig(dir, 16L << 20, 1 << 12, step, Shares.napt(3, "office", 0, false));
                    end(live, lives, step);
                }
                step(random, rig, live, lives, step);
            }
            rig.write();
            end(live, lives, -1);
            for (long at = 0; at <= STEPS; at++) {
                for (int port = 0; port < PORTS; port++) {
                    assertThat(rig.lookup(6, 2000 + port, at))
                            .as("seed %d, port %d at %d", seed, port, at)
                            .extracting(s -> s.inside() + " " + s.insidePort())
                            .containsExactlyInAnyOrderElementsOf(had(lives, port, at));
                }
            }
        } finally {
            rig.close();
        }
    }

    private static void step(Random random, Rig rig, Map<Integer, Life> live, List<Life> lives, int step) {
        int port = random.nextInt(PORTS);
        Life there = live.remove(port);
        if (there == null) {
            int insidePort = random.nextInt(3);
            Life begun = new Life(port, insidePort, step, -1);
            live.put(port, begun);
            if (begun.isIpv6()) {
                rig.created6(3, 6, insidePort, 2000 + port);
            } else {
                rig.created(3, 6, insidePort, 2000 + port);
            }
        } else if (there.isIpv6()) {
            rig.ended6(3, 6, there.insidePort(), 2000 + port, there.since());
            lives.add(new Life(port, there.insidePort(), there.since(), step));
        } else {
            rig.ended(3, 6, there.insidePort(), 2000 + port, there.since());
            lives.add(new Life(port, there.insidePort(), there.since(), step));
        }
    }

    private static void end(Map<Integer, Life> live, List<Life> lives, long until) {
        live.values().forEach(l -> lives.add(new Life(l.port(), l.insidePort(), l.since(), until)));
        live.clear();
    }

    private static List<String> had(List<Life> lives, int port, long at) {
        return lives.stream()
                .filter(l -> l.port() == port && l.since() <= at && (l.until() < 0 || at < l.until()))
                .map(l -> (l.isIpv6() ? Rig.INSIDE_6 : "10.0.0.5") + " " + l.insidePort())
                .toList();
    }
}
