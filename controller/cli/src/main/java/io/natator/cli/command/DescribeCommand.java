package io.natator.cli.command;

import com.google.protobuf.Message;
import io.natator.cli.kind.Kind;
import io.natator.cli.output.Details;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code natator describe}. */
@Command(
        name = "describe",
        mixinStandardHelpOptions = true,
        description = "Tells everything about resources: intent, state, counters, problems.",
        footer = {
            "",
            "Examples:",
            "  natator describe translation office",
            "  natator describe dev                all devices",
        })
public final class DescribeCommand extends ShowCommand {
    @Override
    <M extends Message> void show(Kind<M> kind, List<M> resources, boolean one) {
        Details details = new Details(terminal());
        Instant now = context().clock().instant();
        for (int i = 0; i < resources.size(); i++) {
            if (i > 0) {
                terminal().out().println();
            }
            kind.describe(resources.get(i), details, now);
        }
        if (resources.isEmpty()) {
            terminal().err().println("no " + kind.plural());
        }
    }
}
