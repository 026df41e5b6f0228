package io.natator.lab.command;

import io.natator.lab.net.Inventory;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code natator lab down}. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Remove a lab: its processes, namespaces and files, and nothing else.",
        footer = {
            "",
            "Labs whose process was killed before it could clean up are removed, too.",
            "",
            "Examples:",
            "  natator lab down",
            "  natator lab down --all",
        })
public final class DownCommand extends LabTask {
    @Option(names = "--id", paramLabel = "ID", description = "Name of the lab.", defaultValue = DEFAULT_ID)
    private String id;

    @Option(names = "--all", description = "All labs, also those of running demos and tests.")
    private boolean all;

    @Override
    int run() {
        List<Inventory> doomed = Inventory.all().stream()
                .filter(lab -> all || lab.id().equals(id) || lab.isOrphan())
                .toList();
        for (Inventory lab : doomed) {
            lab.remove();
            out().println("removed lab " + lab.id());
        }
        if (doomed.isEmpty()) {
            out().println("there is no lab " + id);
        }
        return 0;
    }
}
