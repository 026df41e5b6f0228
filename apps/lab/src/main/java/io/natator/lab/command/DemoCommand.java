package io.natator.lab.command;

import io.natator.lab.demo.Demo;
import io.natator.lab.demo.Scenario;
import io.natator.lab.net.Target;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code natator lab demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Renumber a live block on a real switch and BIRD, or let a thousand hosts share eight addresses, step by step, and"
                    + " check every step.",
            "Exit code 0 if everything was as it should be; leaves nothing behind."
        },
        footer = {
            "",
            "Examples:",
            "  natator lab demo",
            "  natator lab demo --switch natator             on Natator's own software switch",
            "  natator lab demo napt                         needs Open vSwitch and BIND",
        })
public final class DemoCommand extends LabTask {
    @Parameters(
            paramLabel = "SCENARIO",
            arity = "0..1",
            description = "renumber (default) or napt.",
            defaultValue = "renumber")
    private Scenario scenario;

    @Option(
            names = "--target",
            paramLabel = "DIR",
            description = "Where lab/SCENARIO.json goes; apps/lab/target of the build if left out.")
    private Path target;

    @Mixin
    private SwitchOption dataplane;

    @Override
    int run() {
        Ansi ansi = spec().commandLine().getColorScheme().ansi();
        return new Demo(scenario, out(), ansi, dataplane.kind(), target == null ? Target.dir() : target).run() ? 0 : 1;
    }
}
