package io.natator.cli;

import picocli.CommandLine.Command;

/** The root of all commands; {@code serve} and {@code lab} are added by the program that composes them. */
@Command(
        name = "natator",
        mixinStandardHelpOptions = true,
        version = "natator 0.1.0",
        description = "Moves IP addresses across a network while the network keeps running.")
public final class NatatorCommand {}
