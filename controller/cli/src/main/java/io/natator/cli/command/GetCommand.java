package io.natator.cli.command;

import com.google.protobuf.Message;
import io.natator.cli.kind.Kind;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code natator get}. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        description = "Shows resources.",
        footer = {
            "",
            "KIND is translation (tr), device (dev), neighbor (nb), peergroup (pg) or announcement (an);",
            "plurals are fine.",
            "",
            "Examples:",
            "  natator get translations                    all, as a table",
            "  natator get tr office -o yaml > office.yaml   one, as a file that apply takes",
            "  natator get an -o json | jq -r '.[].prefix'   for a script",
            "  natator get dev -o wide                     with more columns",
        })
public final class GetCommand extends ShowCommand {
    @Mixin
    private OutputOptions output;

    @Override
    <M extends Message> void show(Kind<M> kind, List<M> resources, boolean one) {
        new Listing(terminal(), context().clock().instant(), output.format).print(kind, kind.columns(), resources, one);
    }
}
