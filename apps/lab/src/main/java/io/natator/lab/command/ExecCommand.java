package io.natator.lab.command;

import io.natator.lab.LabException;
import io.natator.lab.net.Inventory;
import io.natator.lab.net.Namespace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code natator lab exec HOST -- COMMAND}. */
@Command(
        name = "exec",
        mixinStandardHelpOptions = true,
        description = "Run a command on a host of a lab, and end with its exit code.",
        footer = {
            "",
            "Examples:",
            "  natator lab exec h1 -- ping -c 3 203.0.113.10",
            "  natator lab exec router -- ip route",
            "  natator lab exec switch -- tcpdump -ni outside",
        })
public final class ExecCommand extends LabTask {
    @Option(names = "--id", paramLabel = "ID", description = "Name of the lab.", defaultValue = DEFAULT_ID)
    private String id;

    @Parameters(index = "0", paramLabel = "HOST", description = "h1, h2, lan, switch, router, client, ctl")
    private String host;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "COMMAND", description = "What to run there.")
    private List<String> command;

    @Override
    int run() {
        Inventory lab = Inventory.of(id);
        String namespace = Namespace.nameOf(id, host);
        if (!lab.namespaces().contains(namespace)) {
            String prefix = Namespace.nameOf(id, "");
            throw new LabException("lab " + id + " has no host " + host + "; it has "
                    + String.join(
                            ", ",
                            lab.namespaces().stream()
                                    .map(name -> name.substring(prefix.length()))
                                    .toList()));
        }
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(command);
        try {
            return new ProcessBuilder(all).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new LabException("cannot run ip: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }
}
