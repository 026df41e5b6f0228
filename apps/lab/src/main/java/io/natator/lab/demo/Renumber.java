package io.natator.lab.demo;

import static io.natator.lab.topology.Addresses.CLIENT;
import static io.natator.lab.topology.Addresses.CLIENT_V6;
import static io.natator.lab.topology.Addresses.H1;
import static io.natator.lab.topology.Addresses.H1_OUTSIDE;
import static io.natator.lab.topology.Addresses.H1_OUTSIDE_V6;
import static io.natator.lab.topology.Addresses.H2;
import static io.natator.lab.topology.Addresses.H2_OUTSIDE;
import static io.natator.lab.topology.Addresses.OUTSIDE_BLOCK;
import static io.natator.lab.topology.Addresses.OUTSIDE_BLOCK_V6;

import io.natator.lab.api.Api;
import io.natator.lab.net.LabSwitch.FlowModCount;
import io.natator.lab.net.Namespace;
import io.natator.lab.net.Wait;
import io.natator.lab.topology.Lab;
import io.natator.lab.topology.Network;
import io.natator.lab.traffic.Download;
import io.natator.lab.traffic.HttpSite;
import io.natator.lab.traffic.Pinger;
import io.natator.v1.TranslationStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Scenario {@code renumber}: the old block is seen outside as the new one, and back again. */
final class Renumber {
    private static final Duration PING_INTERVAL = Duration.ofMillis(10);
    private static final long FILE_BYTES = 10_000_000;
    private static final List<String> NEW_BLOCKS = List.of(OUTSIDE_BLOCK_V6, OUTSIDE_BLOCK);

    private final Stage stage;
    private final Lab lab;
    private final Network network;
    private final Api api;
    private final Narrator narrator;
    private final Map<String, Object> result;

    Renumber(Stage stage) {
        this.stage = stage;
        this.lab = stage.lab();
        this.network = stage.network();
        this.api = stage.api();
        this.narrator = stage.narrator();
        this.result = stage.result();
    }

    /** Runs all of it. */
    void run() {
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
    }

    private void connect() {
        narrator.step("The switch and the router are known to Natator");
        stage.connect();
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
        stage.natator("plan", "-f", lab.moveFile().toString());
        narrator.check(!translates() && lab.bird().routes().isEmpty(), "nothing has changed yet");
    }

    private void apply() {
        narrator.step("Apply: rules, barrier, proof, and only then the routes");
        stage.move("office", "office-v6");
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
        stage.routes(NEW_BLOCKS.toArray(String[]::new));
        Wait.until(
                "the router's kernel to have the routes",
                () -> network.router().ip("route").contains(OUTSIDE_BLOCK)
                        && network.router().ip("-6", "route").contains(OUTSIDE_BLOCK_V6));
    }

    private void traffic() {
        narrator.step("Traffic through the translation");
        stage.ping(network.client(), H1_OUTSIDE, "client -> h1 at its new address");
        stage.ping(network.client(), H1_OUTSIDE_V6, "client -> h1 at its new address");
        stage.ping(network.h1(), CLIENT, "h1 -> client");
        stage.ping(network.h2(), CLIENT_V6, "h2 -> client");
        stage.ping(network.h1(), H2_OUTSIDE, "h1 -> h2 by its new address (hairpin)");
        stage.ping(network.h1(), H2, "h1 -> h2, local, untouched");
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
        api.awaitDevice("s1", Stage.SOON, "in sync", d -> d.getStatus().getInSync());
        for (String translation : List.of("office", "office-v6")) {
            api.awaitState(translation, TranslationStatus.State.ACTIVE, Stage.SOON);
        }
        api.await(
                "the routes to be sent again",
                Stage.SOON,
                () -> api.allAnnouncements().size() == NEW_BLOCKS.size()
                        && api.allAnnouncements().stream().allMatch(a -> a.getSentToCount() == 1));
        lab.bird().awaitRoutes(Stage.SOON, NEW_BLOCKS.toArray(String[]::new));
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
        stage.remove("office", "office-v6");
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
}
