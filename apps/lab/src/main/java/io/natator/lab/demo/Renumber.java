package io.natator.lab.demo;

import static io.natator.lab.topology.Addresses.CLIENT;
import static io.natator.lab.topology.Addresses.CLIENT_V6;
import static io.natator.lab.topology.Addresses.CONTROLLER;
import static io.natator.lab.topology.Addresses.H1;
import static io.natator.lab.topology.Addresses.H1_OUTSIDE;
import static io.natator.lab.topology.Addresses.H1_OUTSIDE_V6;
import static io.natator.lab.topology.Addresses.H2;
import static io.natator.lab.topology.Addresses.H2_OUTSIDE;
import static io.natator.lab.topology.Addresses.OUTSIDE_BLOCK;
import static io.natator.lab.topology.Addresses.OUTSIDE_BLOCK_V6;

import io.natator.lab.LabException;
import io.natator.lab.api.Api;
import io.natator.lab.net.LabSwitch.FlowModCount;
import io.natator.lab.net.Namespace;
import io.natator.lab.net.Shell;
import io.natator.lab.net.Wait;
import io.natator.lab.topology.Lab;
import io.natator.lab.topology.Network;
import io.natator.lab.traffic.Download;
import io.natator.lab.traffic.HttpSite;
import io.natator.lab.traffic.Pinger;
import io.natator.v1.Neighbor;
import io.natator.v1.TranslationStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Scenario {@code renumber}: the old block is seen outside as the new one, and back again. */
final class Renumber {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Duration PING_INTERVAL = Duration.ofMillis(10);
    private static final long FILE_BYTES = 10_000_000;
    private static final List<String> NEW_BLOCKS = List.of(OUTSIDE_BLOCK_V6, OUTSIDE_BLOCK);

    private final Lab lab;
    private final Network network;
    private final Api api;
    private final Narrator narrator;
    private final Map<String, Object> result = new LinkedHashMap<>();

    Renumber(Lab lab, Api api, Narrator narrator) {
        this.lab = lab;
        this.network = lab.network();
        this.api = api;
        this.narrator = narrator;
        result.put("scenario", "renumber");
        result.put("switch", lab.dataplane().kind().word());
    }

    /** Runs all of it. What was measured, for {@code renumber.json}. */
    Map<String, Object> run() {
        try (HttpSite _ = HttpSite.serve(network.client());
                HttpSite _ = HttpSite.serve(network.h1())) {
            connect();
            before();
            plan();
            apply();
            rules();
            routes();
            traffic();
            restart();
            rollBack();
        }
        return result;
    }

    private void connect() {
        narrator.step("The switch and the router are known to Natator");
        natator("apply", "--wait", "-f", lab.networkFile().toString());
        narrator.command(
                switch (lab.dataplane().kind()) {
                    case OVS -> "ovs-vsctl set-controller s1 tcp:" + CONTROLLER + ":6653";
                    case NATATOR -> "natator switch set-controller tcp:" + CONTROLLER + ":6653";
                });
        lab.connectSwitch();
        api.awaitDevice("s1", SOON, "in sync", d -> d.getStatus().getInSync());
        api.await(
                "the BGP session",
                SOON,
                () -> api.neighbor("router").getStatus().getState() == Neighbor.SessionState.ESTABLISHED);
        narrator.check(lab.bird().isEstablished(), "BIRD: BGP session with Natator established");
    }

    private void before() {
        narrator.step("Before: nobody reaches the hosts at new addresses");
        narrator.command("ping " + H1_OUTSIDE + "   # on the client");
        Pinger.Report report = Pinger.ping(network.client(), H1_OUTSIDE, 3);
        narrator.check(report.received() == 0, "%d sent, %d answered".formatted(report.sent(), report.received()));
        narrator.check(lab.bird().routes().isEmpty(), "BIRD has no route to " + OUTSIDE_BLOCK);
        narrator.check(Pinger.ping(network.h1(), H2, 3).received() == 3, "h1 and h2 talk with each other as ever");
    }

    private void plan() {
        narrator.step("Plan: what would change?");
        natator("plan", "-f", lab.moveFile().toString());
        narrator.check(!translates() && lab.bird().routes().isEmpty(), "nothing has changed yet");
    }

    private void apply() {
        narrator.step("Apply: rules, barrier, proof, and only then the routes");
        long start = System.nanoTime();
        natator("apply", "--wait", "-f", lab.moveFile().toString());
        result.put("apply_seconds", seconds(start));
        for (String translation : List.of("office", "office-v6")) {
            api.awaitState(translation, TranslationStatus.State.ACTIVE, SOON);
        }
        narrator.check(true, "proved in both directions: ACTIVE");
    }

    private void rules() {
        narrator.step("The rules on the switch");
        narrator.command(
                switch (lab.dataplane().kind()) {
                    case OVS -> "ovs-ofctl dump-flows s1   # those that rewrite";
                    case NATATOR -> "natator switch dump-flows   # those that rewrite";
                });
        List<String> rules = lab.dataplane().rules();
        List<String> translating = rules.stream()
                .filter(rule -> rule.contains("load:"))
                .map(rule -> rule.substring(rule.indexOf("table=")).replace("send_flow_rem ", ""))
                .toList();
        narrator.output(String.join("\n", translating), 20);
        narrator.say(rules.size() + " rules in all, for a block of 256 addresses and one of 2^64");
        narrator.check(
                rules.stream().anyMatch(rule -> rule.contains("nw_dst=" + OUTSIDE_BLOCK)),
                "one masked rule a direction, whatever the block's size");
    }

    private void routes() {
        narrator.step("The routes, as the router has them");
        lab.bird().awaitRoutes(SOON, NEW_BLOCKS.toArray(String[]::new));
        narrator.command("birdc show route protocol natator");
        narrator.output(lab.bird().birdc("show", "route", "protocol", "natator"), 12);
        result.put("routes_in_bird", lab.bird().routes().size());
        Wait.until(
                "the router's kernel to have the routes",
                () -> network.router().ip("route").contains(OUTSIDE_BLOCK)
                        && network.router().ip("-6", "route").contains(OUTSIDE_BLOCK_V6));
    }

    private void traffic() {
        narrator.step("Traffic through the translation");
        ping(network.client(), H1_OUTSIDE, "client -> h1 at its new address");
        ping(network.client(), H1_OUTSIDE_V6, "client -> h1 at its new address");
        ping(network.h1(), CLIENT, "h1 -> client");
        ping(network.h2(), CLIENT_V6, "h2 -> client");
        ping(network.h1(), H2_OUTSIDE, "h1 -> h2 by its new address (hairpin)");
        ping(network.h1(), H2, "h1 -> h2, local, untouched");
        download(network.client(), H1_OUTSIDE, "client <- h1");
        download(network.client(), H1_OUTSIDE_V6, "client <- h1");
        download(network.h2(), CLIENT, "h2 <- client");
        String seen = Download.seenAs(network.h1(), CLIENT);
        narrator.check(seen.equals(H1_OUTSIDE), "the client's server sees h1 (" + H1 + ") as " + seen);
    }

    private void restart() {
        narrator.step("kill -9 of the controller, and restart, under traffic");
        Rules rules = Rules.of(lab.dataplane());
        try (FlowModCount changes = lab.dataplane().countFlowMods();
                Pinger in = Pinger.start(network.client(), H1_OUTSIDE, PING_INTERVAL);
                Pinger out = Pinger.start(network.h2(), CLIENT_V6, PING_INTERVAL);
                Download stream = Download.stream(network.client(), H1_OUTSIDE)) {
            narrator.say("100 pings a second client -> h1 (IPv4) and h2 -> client (IPv6), one TCP stream h1 -> client");
            Wait.pause(Duration.ofSeconds(1));
            narrator.command("kill -9 " + lab.daemon().pid());
            long start = System.nanoTime();
            lab.daemon().kill();
            Wait.pause(Duration.ofSeconds(1));
            narrator.say("a second without a controller: %d of %d pings answered so far"
                    .formatted(in.received() + out.received(), in.sent() + out.sent()));
            narrator.command("natator serve -c natator.yaml");
            lab.daemon().start();
            awaitEverythingAsBefore();
            narrator.say("everything ACTIVE, in sync and announced again %.1f s after the kill"
                    .formatted((System.nanoTime() - start) / 1e9));
            Wait.pause(Duration.ofSeconds(1));
            Rules after = Rules.of(lab.dataplane());
            account(rules, after, changes.flowMods(), in.stop(), out.stop(), stream.stop());
        }
    }

    private void awaitEverythingAsBefore() {
        api.awaitDevice("s1", SOON, "in sync", d -> d.getStatus().getInSync());
        for (String translation : List.of("office", "office-v6")) {
            api.awaitState(translation, TranslationStatus.State.ACTIVE, SOON);
        }
        api.await(
                "the routes to be sent again",
                SOON,
                () -> api.allAnnouncements().size() == NEW_BLOCKS.size()
                        && api.allAnnouncements().stream().allMatch(a -> a.getSentToCount() == 1));
        lab.bird().awaitRoutes(SOON, NEW_BLOCKS.toArray(String[]::new));
    }

    private void account(
            Rules before, Rules after, long flowMods, Pinger.Report in, Pinger.Report out, Download.Result stream) {
        int sent = in.sent() + out.sent();
        int lost = in.lost().size() + out.lost().size();
        long rewritten = Math.max(before.rewritten(after), flowMods);
        result.put("ping_sent", sent);
        result.put("ping_lost_during_restart", lost);
        result.put(
                "slowest_ping_ms",
                Math.max(in.slowest().toNanos(), out.slowest().toNanos()) / 1e6);
        result.put("tcp_bytes_during_restart", stream.bytes());
        result.put("tcp_longest_silence_ms", stream.longestSilence().toNanos() / 1e6);
        result.put("rules_before_restart", before.size());
        result.put("rules_rewritten_on_restart", rewritten);
        narrator.check(lost == 0, "pings: %,d sent, %,d lost".formatted(sent, lost));
        narrator.check(
                stream.bytes() > 0,
                "TCP: %,d bytes, all of them right, longest silence %d ms"
                        .formatted(stream.bytes(), stream.longestSilence().toMillis()));
        narrator.check(
                rewritten == 0,
                "rules: %d before, %d after, %d rewritten (%d flow-mods seen on the wire)"
                        .formatted(before.size(), after.size(), rewritten, flowMods));
    }

    private void rollBack() {
        narrator.step("Roll back: withdraw, drain, remove");
        natator("delete", "--wait", "translation", "office", "office-v6");
        api.awaitGone("office", SOON);
        api.awaitGone("office-v6", SOON);
        lab.bird().awaitRoutes(SOON);
        narrator.check(true, "the routes are withdrawn");
        narrator.check(!translates(), "no rule of the translations is left on the switch");
        Pinger.Report report = Pinger.ping(network.client(), H1_OUTSIDE, 3);
        narrator.check(report.received() == 0, "the new addresses are gone");
        narrator.check(Pinger.ping(network.h1(), H2, 3).received() == 3, "h1 and h2 talk with each other as ever");
    }

    /** True if some rule on the switch has to do with the new blocks. */
    private boolean translates() {
        return lab.dataplane().rules().stream()
                .anyMatch(rule -> rule.contains(OUTSIDE_BLOCK) || rule.contains(OUTSIDE_BLOCK_V6));
    }

    private void ping(Namespace from, String target, String what) {
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

    private void download(Namespace from, String server, String what) {
        Download.Result done = Download.file(from, server, FILE_BYTES);
        narrator.check(
                done.bytes() == FILE_BYTES,
                "HTTP %-42s %-16s %.0f MB in %.2f s"
                        .formatted(
                                what,
                                server,
                                done.bytes() / 1e6,
                                done.duration().toNanos() / 1e9));
    }

    /** Runs the CLI as its users do, on their terminal if there is one. */
    private void natator(String... arguments) {
        narrator.command(
                "natator " + String.join(" ", arguments).replace(lab.inventory().dir() + "/", ""));
        if (narrator.isTerminal()) {
            live(arguments);
            return;
        }
        Shell.Result done = lab.daemon().natator(arguments);
        narrator.output(done.all(), 60);
        narrator.check(done.exit() == 0, "natator " + arguments[0] + ": exit code " + done.exit());
    }

    private void live(String... arguments) {
        try {
            int exit = new ProcessBuilder(lab.daemon().cli(arguments))
                    .inheritIO()
                    .start()
                    .waitFor();
            narrator.check(exit == 0, "natator " + arguments[0] + ": exit code " + exit);
        } catch (IOException e) {
            throw new LabException("cannot run natator: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
    }

    private static double seconds(long since) {
        return Math.round((System.nanoTime() - since) / 1e6) / 1e3;
    }

    /** Where the figures go. */
    static Path file(Path target) {
        return target.resolve("lab").resolve("renumber.json");
    }
}
