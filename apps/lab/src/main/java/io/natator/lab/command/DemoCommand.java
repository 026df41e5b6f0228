package io.natator.lab.command;

import io.natator.lab.demo.Demo;
import io.natator.lab.net.Target;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code natator lab demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Renumber a live block on a real switch and BIRD, step by step, and check every step.",
            "Exit code 0 if everything was as it should be; leaves nothing behind."
        })
public final class DemoCommand extends LabTask {
    @Option(
            names = "--target",
            paramLabel = "DIR",
            description = "Where lab/renumber.json goes; apps/lab/target of the build if left out.")
    private Path target;

    @Mixin
    private SwitchOption dataplane;

    @Override
    int run() {
        Ansi ansi = spec().commandLine().getColorScheme().ansi();
        return new Demo(out(), ansi, dataplane.kind(), target == null ? Target.dir() : target).run() ? 0 : 1;
    }
}
