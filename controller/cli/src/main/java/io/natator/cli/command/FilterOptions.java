package io.natator.cli.command;

import io.natator.cli.kind.Kinds;
import io.natator.v1.SessionFilter;
import picocli.CommandLine.Option;

/** Which sessions. */
final class FilterOptions {
    @Option(
            names = {"-t", "--translation"},
            paramLabel = "NAME",
            description = "Of this translation.")
    private String translation = "";

    @Option(
            names = {"-d", "--device"},
            paramLabel = "NAME",
            description = "On this software switch.")
    private String device = "";

    @Option(
            names = {"-p", "--protocol"},
            paramLabel = "PROTOCOL",
            description = "tcp, udp, icmp or a number.")
    private String protocol = "";

    @Option(names = "--inside", paramLabel = "PREFIX", description = "Of these hosts.")
    private String inside = "";

    @Option(names = "--outside", paramLabel = "ADDRESS", description = "With this outside address.")
    private String outside = "";

    @Option(names = "--outside-port", paramLabel = "PORT", description = "With this outside port.")
    private int outsidePort;

    @Option(names = "--remote", paramLabel = "PREFIX", description = "With these remotes.")
    private String remote = "";

    SessionFilter filter() {
        return SessionFilter.newBuilder()
                .setTranslation(translation.isEmpty() ? "" : Kinds.TRANSLATION.fullName(translation))
                .setDevice(device.isEmpty() ? "" : Kinds.DEVICE.fullName(device))
                .setProtocol(protocol)
                .setInside(inside)
                .setOutside(outside)
                .setOutsidePort(outsidePort)
                .setRemote(remote)
                .build();
    }
}
