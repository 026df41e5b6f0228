package io.natator.cli.command;

import io.natator.cli.output.Words;
import io.natator.v1.PoolUse;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code natator sessions use}. */
@Command(
        name = "use",
        aliases = "pools",
        mixinStandardHelpOptions = true,
        description = "Shows how full pools are, what they refused and why, and who has most sessions.",
        footer = {
            "",
            "REFUSED are packets that got no session, LOST sessions that ended with something else than their",
            "own end or timer. How large a pool should be: natator size. A session of a DYNAMIC translation is",
            "a binding; IN-HARDWARE tells of how many of the translation rules of devices do the work.",
            "",
            "Examples:",
            "  natator sessions use",
            "  natator sessions use --translation office -o wide",
            "  natator sessions use -o json | jq '.[].refused'",
        })
public final class SessionsUseCommand extends PoolsCommand {
    @Override
    void show(Listing listing, List<PoolUse> pools) {
        listing.print(
                "pools",
                p -> Words.id(p.getTranslation()) + "@" + Words.id(p.getDevice()),
                Pools.columns(pools),
                pools);
    }
}
