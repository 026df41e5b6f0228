package io.natator.cli.command;

import io.natator.cli.ExitCode;
import io.natator.cli.client.Client;
import io.natator.v1.PoolUse;
import java.util.List;
import picocli.CommandLine.Mixin;

/** A command that shows something of pools. */
abstract class PoolsCommand extends ClientCommand {
    @Mixin
    private TranslationOption translation;

    @Mixin
    private OutputOptions output;

    abstract void show(Listing listing, List<PoolUse> pools);

    @Override
    int run(Client client) {
        Pools.All all = Pools.all(client, translation.fullName());
        show(new Listing(terminal(), context().clock().instant(), output.format), all.pools());
        SessionText.unreachable(terminal(), all.unreachable());
        return ExitCode.OK;
    }
}
