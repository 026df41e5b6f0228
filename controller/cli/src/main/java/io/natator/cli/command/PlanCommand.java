package io.natator.cli.command;

import io.natator.cli.ExitCode;
import io.natator.cli.client.Client;
import io.natator.cli.file.Document;
import io.natator.cli.output.Messages;
import io.natator.v1.PlanResponse;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code natator plan}. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what applying files would change: rules on each device, use of their tables, routes, steps.",
            "Nothing is changed.",
        },
        footer = {
            "",
            "A line starts with + for what is added, - for what is removed, ~ for what is changed.",
            "Exit codes: 0 all would be translated, 3 something would not (see problems).",
            "",
            "Examples:",
            "  natator plan -f office.yaml",
            "  natator plan -f office.yaml --max 5         fewer rules listed a device",
            "  natator plan --delete -f office.yaml        what would deleting it change?",
            "  natator plan -f office.yaml -o json | jq .devices[].rulesAdded",
        })
public final class PlanCommand extends ClientCommand {
    /** What {@code -o} takes here. */
    enum PlanFormat {
        TEXT,
        JSON,
        YAML;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Mixin
    private FileOption files;

    @Option(names = "--delete", description = "What if the resources of the files were deleted?")
    private boolean delete;

    @Option(
            names = "--max",
            paramLabel = "N",
            defaultValue = "20",
            description =
                    "Most rules and routes listed a device; ${DEFAULT-VALUE} if left out. Counts are always complete.")
    private int max;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES}; text if left out.")
    private PlanFormat format;

    private List<Document<?>> documents;

    @Override
    void prepare() {
        if (!files.given()) {
            throw usage("what to plan? name a file with -f FILE");
        }
        if (max < 1) {
            throw usage("--max " + max + ": at least 1");
        }
        documents = files.read(context().stdin());
    }

    @Override
    int run(Client client) {
        PlanResponse plan = Planning.plan(client, documents, delete, max);
        switch (format) {
            case TEXT -> PlanText.print(plan, terminal());
            case JSON -> terminal().out().println(Messages.json(plan));
            case YAML -> terminal().out().print(Messages.yaml(List.of(plan)));
        }
        return plan.getProblemsCount() == 0 ? ExitCode.OK : ExitCode.NOT_AS_WISHED;
    }
}
