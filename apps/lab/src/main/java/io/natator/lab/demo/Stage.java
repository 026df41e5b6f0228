package io.natator.lab.demo;

import io.natator.lab.LabException;
import io.natator.lab.api.Api;
import io.natator.lab.net.Namespace;
import io.natator.lab.net.Shell;
import io.natator.lab.net.Wait;
import io.natator.lab.topology.Addresses;
import io.natator.lab.topology.Lab;
import io.natator.lab.topology.Network;
import io.natator.lab.traffic.Pinger;
import io.natator.v1.Neighbor;
import io.natator.v1.TranslationStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * Where a scenario plays, and who tells of it.
 *
 * @param result what was measured, by name; goes to the scenario's file
 */
record Stage(Lab lab, Api api, Narrator narrator, Map<String, Object> result) {
    static final Duration SOON = Duration.ofSeconds(15);

    Network network() {
        return lab.network();
    }

    /** Device and neighbour of the lab's file are told to the daemon, and the switch is pointed at it. */
    void connect() {
        natator("apply", "--wait", "-f", lab.networkFile().toString());
        narrator.command(
                switch (lab.dataplane().kind()) {
                    case OVS -> "ovs-vsctl set-controller s1 tcp:" + Addresses.CONTROLLER + ":6653";
                    case NATATOR -> "natator switch set-controller tcp:" + Addresses.CONTROLLER + ":6653";
                });
        lab.connectSwitch();
        api.awaitDevice(Lab.NAME, SOON, "in sync", d -> d.getStatus().getInSync());
        api.await(
                "the BGP session",
                SOON,
                () -> api.neighbor("router").getStatus().getState() == Neighbor.SessionState.ESTABLISHED);
        narrator.check(lab.bird().isEstablished(), "BIRD: BGP session with Natator established");
    }

    /** Applies the translations of the lab's file. */
    void move(String... translations) {
        long start = System.nanoTime();
        natator("apply", "--wait", "-f", lab.moveFile().toString());
        result.put("apply_seconds", seconds(start));
        for (String translation : translations) {
            api.awaitState(translation, TranslationStatus.State.ACTIVE, SOON);
        }
        narrator.check(true, "proved in both directions: ACTIVE");
    }

    /** Deletes translations, and waits until they and their routes are gone. */
    void remove(String... translations) {
        String[] command = new String[3 + translations.length];
        System.arraycopy(new String[] {"delete", "--wait", "translation"}, 0, command, 0, 3);
        System.arraycopy(translations, 0, command, 3, translations.length);
        natator(command);
        for (String translation : translations) {
            api.awaitGone(translation, SOON);
        }
        lab.bird().awaitRoutes(SOON);
        narrator.check(true, "the routes are withdrawn");
    }

    /** What the router has learnt. */
    void routes(String... prefixes) {
        lab.bird().awaitRoutes(SOON, prefixes);
        narrator.command("birdc show route protocol natator");
        narrator.output(lab.bird().birdc("show", "route", "protocol", "natator"), 12);
        result.put("routes_in_bird", lab.bird().routes().size());
    }

    void ping(Namespace from, String target, String what) {
        // Who has not spoken yet must be found by ARP or neighbour discovery, as everywhere.
        Wait.until(
                "an answer to a ping " + what,
                () -> Pinger.ping(from, target, 1).received() == 1);
        Pinger.Report report = Pinger.ping(from, target, 5);
        narrator.check(
                report.lost().isEmpty(),
                "ping %-42s %-16s %d/%d, slowest %.1f ms"
                        .formatted(
                                what,
                                target,
                                report.received(),
                                report.sent(),
                                report.slowest().toNanos() / 1e6));
    }

    /** Runs the CLI as its users do, on their terminal if there is one. */
    void natator(String... arguments) {
        if (narrator.isTerminal()) {
            narrator.command(typed(arguments));
            live(arguments);
        } else {
            String _ = told(60, arguments);
        }
    }

    /** Runs the CLI, shows at most {@code most} lines of what it prints, and returns all of its standard output. */
    String told(int most, String... arguments) {
        narrator.command(typed(arguments));
        Shell.Result done = lab.daemon().natator(arguments);
        narrator.output(done.all(), most);
        ended(done.exit(), arguments);
        return done.out();
    }

    private String typed(String... arguments) {
        return "natator " + String.join(" ", arguments).replace(lab.inventory().dir() + "/", "");
    }

    private void ended(int exit, String... arguments) {
        narrator.check(exit == 0, "natator " + arguments[0] + ": exit code " + exit);
    }

    private void live(String... arguments) {
        try {
            ended(
                    new ProcessBuilder(lab.daemon().cli(arguments))
                            .inheritIO()
                            .start()
                            .waitFor(),
                    arguments);
        } catch (IOException e) {
            throw new LabException("cannot run natator: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
    }

    /** Since a moment of {@link System#nanoTime}, to the millisecond. */
    static double seconds(long since) {
        return Math.round((System.nanoTime() - since) / 1e6) / 1e3;
    }
}
