package io.natator.lab.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.natator.lab.LabException;
import io.natator.lab.net.Daemon;
import io.natator.lab.net.Inventory;
import io.natator.lab.net.Pid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code natator lab status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Show the labs that are up. Exit code 1 if the one that was named is not, or not wholly.",
        footer = {
            "",
            "Examples:",
            "  natator lab status",
            "  export NATATOR_SERVER=$(natator lab status -o address)",
        })
public final class LabStatusCommand extends LabTask {
    /** How it is shown. */
    enum Output {
        table,
        json,
        address
    }

    @Option(names = "--id", paramLabel = "ID", description = "Name of the lab.", defaultValue = DEFAULT_ID)
    private String id;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; address: where the lab's daemon listens.",
            defaultValue = "table")
    private Output output;

    @Override
    int run() {
        Inventory lab = Inventory.of(id);
        switch (output) {
            case table -> table(lab);
            case json -> json(lab);
            case address -> out().println(Daemon.address(lab));
        }
        return lab.processes().stream().allMatch(Pid::isAlive) ? 0 : 1;
    }

    private void table(Inventory lab) {
        out().println("lab " + lab.id() + ", " + lab.topology() + ", daemon at " + Daemon.address(lab));
        out().println();
        out().printf("%-14s %8s  %s%n", "PROCESS", "PID", "STATE");
        for (Pid pid : lab.processes()) {
            out().printf("%-14s %8d  %s%n", pid.name(), pid.pid(), pid.isAlive() ? "running" : "ended");
        }
        out().println();
        out().println("NAMESPACES");
        lab.namespaces().forEach(out()::println);
        List<String> others = Inventory.all().stream()
                .map(Inventory::id)
                .filter(other -> !other.equals(lab.id()))
                .toList();
        if (!others.isEmpty()) {
            out().println();
            out().println("other labs: " + String.join(", ", others));
        }
    }

    private void json(Inventory lab) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("id", lab.id());
        all.put("variant", lab.topology());
        all.put("address", Daemon.address(lab));
        all.put("namespaces", lab.namespaces());
        all.put(
                "processes",
                lab.processes().stream()
                        .map(pid -> Map.of("name", pid.name(), "pid", pid.pid(), "running", pid.isAlive()))
                        .toList());
        try {
            out().println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all));
        } catch (JsonProcessingException e) {
            throw new LabException("cannot write JSON", e);
        }
    }
}
