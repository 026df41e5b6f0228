package io.natator.lab;

import picocli.CommandLine.Command;

/** {@code natator lab}: the demo network in namespaces, the demo and the benchmarks. */
@Command(
        name = "lab",
        mixinStandardHelpOptions = true,
        description = "Run the demo network, the demo and the benchmarks (needs root).")
public final class LabCommand {}
