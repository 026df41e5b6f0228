package io.natator.cli.command;

import io.natator.cli.kind.Kinds;
import io.natator.v1.SessionFilter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which sessions. */
final class FilterOptions {
    @Mixin
    private TranslationOption translation;

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

    @Option(
            names = "--outside",
            paramLabel = "IP[:PORT]",
            description = "With this outside address, and port if one is given; [IPV6]:PORT.")
    private String outside = "";

    @Option(names = "--outside-port", paramLabel = "PORT", description = "With this outside port.")
    private int outsidePort;

    @Option(names = "--remote", paramLabel = "PREFIX", description = "With these remotes.")
    private String remote = "";

    /** Takes a port out of {@code --outside}; usage errors are the command's. */
    void prepare(ClientCommand command) {
        if (outside.isEmpty()) {
            return;
        }
        Endpoint end = Endpoint.parse(outside)
                .orElseThrow(() -> command.usage("--outside \"" + outside + "\" " + Endpoint.REMEDY));
        if (end.port() != 0 && outsidePort != 0 && end.port() != outsidePort) {
            throw command.usage("--outside-port: --outside names a port already, " + end.port() + ": leave out one");
        }
        outside = end.address();
        outsidePort = end.port() == 0 ? outsidePort : end.port();
    }

    SessionFilter filter() {
        return SessionFilter.newBuilder()
                .setTranslation(translation.fullName())
                .setDevice(device.isEmpty() ? "" : Kinds.DEVICE.fullName(device))
                .setProtocol(protocol)
                .setInside(inside)
                .setOutside(outside)
                .setOutsidePort(outsidePort)
                .setRemote(remote)
                .build();
    }
}
