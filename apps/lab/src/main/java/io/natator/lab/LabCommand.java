package io.natator.lab;

import io.natator.lab.command.BenchCommand;
import io.natator.lab.command.DemoCommand;
import io.natator.lab.command.DownCommand;
import io.natator.lab.command.ExecCommand;
import io.natator.lab.command.LabStatusCommand;
import io.natator.lab.command.UpCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code natator lab}: the demo network in namespaces, the demo and the benchmarks. */
@Command(
        name = "lab",
        mixinStandardHelpOptions = true,
        description = "Run the demo network, the demo and the benchmarks (needs root).",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            LabStatusCommand.class,
            ExecCommand.class,
            DemoCommand.class,
            BenchCommand.class,
        },
        footer = {
            "",
            "Examples:",
            "  natator lab demo                              renumber a live block, step by step",
            "  natator lab up                                the demo network, to play with",
            "  export NATATOR_SERVER=$(natator lab status -o address)",
            "  natator lab exec h1 -- ping -c 3 203.0.113.10",
            "  natator lab down",
            "",
            "Everything happens in network namespaces (nat-ID-h1, ...); no interface of the machine is touched.",
        })
public final class LabCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }
}
