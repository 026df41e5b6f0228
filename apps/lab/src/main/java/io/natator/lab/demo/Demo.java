package io.natator.lab.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.natator.lab.LabException;
import io.natator.lab.api.Api;
import io.natator.lab.net.SwitchKind;
import io.natator.lab.topology.Lab;
import io.natator.lab.topology.Variant;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/** Builds the network, runs the scenario in it, writes what was measured, and removes everything. */
public final class Demo {
    private final Scenario scenario;
    private final Narrator narrator;
    private final SwitchKind kind;
    private final Path target;

    /** @param target directory for what is built; the result goes to {@code lab/SCENARIO.json} there */
    public Demo(Scenario scenario, PrintWriter out, Ansi ansi, SwitchKind kind, Path target) {
        this.scenario = scenario;
        this.kind = kind;
        this.narrator = new Narrator(out, ansi);
        this.target = target;
    }

    /** True if everything was as it should be. */
    public boolean run() {
        narrator.line(narrator.strong(true, scenario.title()));
        narrator.line("");
        narrator.say(scenario.picture());
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("scenario", scenario.word());
        result.put("switch", kind.word());
        try (Lab lab = Lab.up(Variant.ROUTED, kind).startDaemon();
                Api api = Api.of(lab.daemon())) {
            narrator.say("");
            narrator.say(kind.title() + ", bird and natator run in namespaces "
                    + lab.network().h1().name() + " and so on.");
            try {
                scenario.play(new Stage(lab, api, narrator, result));
            } catch (RuntimeException e) {
                narrator.check(false, String.valueOf(e.getMessage()));
            }
            if (!narrator.failures().isEmpty()) {
                keepLogs(lab);
            }
        } catch (LabException e) {
            narrator.check(false, e.getMessage());
        }
        boolean good = narrator.failures().isEmpty();
        result.put("seconds", Math.round(narrator.seconds() * 10) / 10.0);
        result.put("ok", good);
        write(result);
        narrator.line("");
        narrator.line(narrator.strong(
                good,
                good
                        ? "Done in %.0f s: %s.".formatted(narrator.seconds(), scenario.done())
                        : "NOT as it should be: " + String.join("; ", narrator.failures())));
        narrator.line("Figures: " + file());
        return good;
    }

    private void write(Map<String, Object> result) {
        try {
            Path file = file();
            Files.createDirectories(file.getParent());
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), result);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file() {
        return target.resolve("lab").resolve(scenario.word() + ".json");
    }

    /** What the daemons said goes where it survives the lab. */
    private void keepLogs(Lab lab) {
        try {
            Path kept = target.resolve("lab").resolve("logs");
            lab.inventory().keepLogs(kept);
            narrator.say("logs: " + kept);
        } catch (LabException e) {
            narrator.say(e.getMessage());
        }
    }
}
