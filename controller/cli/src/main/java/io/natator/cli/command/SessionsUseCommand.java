package io.natator.cli.command;

import io.natator.cli.ExitCode;
import io.natator.cli.client.Client;
import io.natator.cli.output.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code natator sessions use}. */
@Command(
        name = "use",
        aliases = "pools",
        mixinStandardHelpOptions = true,
        description = "Shows how full pools are, what they refused and why, and who has most sessions.",
        footer = {
            "",
            "REFUSED are packets that got no session, LOST sessions that ended with something else than their own",
            "end or timer. How large a pool should be: natator size.",
            "",
            "Examples:",
            "  natator sessions use",
            "  natator sessions use --translation office -o wide",
            "  natator sessions use -o json | jq '.[].refused'",
        })
public final class SessionsUseCommand extends ClientCommand {
    @Mixin
    private TranslationOption translation;

    @Mixin
    private OutputOptions output;

    @Override
    int run(Client client) {
        Pools.All all = Pools.all(client, translation.fullName());
        new Listing(terminal(), context().clock().instant(), output.format)
                .print(
                        "pools",
                        p -> Words.id(p.getTranslation()) + "@" + Words.id(p.getDevice()),
                        Pools.columns(),
                        all.pools());
        SessionText.unreachable(terminal(), all.unreachable());
        return ExitCode.OK;
    }
}
