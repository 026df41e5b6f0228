package io.natator.lab.command;

import io.natator.lab.net.SwitchKind;
import picocli.CommandLine.Option;

/** Which switch the lab has. */
final class SwitchOption {
    @Option(
            names = "--switch",
            paramLabel = "KIND",
            description = "ovs (Open vSwitch), natator (Natator's software switch), or auto: Open vSwitch if it is"
                    + " installed. Default ${DEFAULT-VALUE}.",
            defaultValue = "auto")
    private String kind;

    SwitchKind kind() {
        return SwitchKind.of(kind);
    }
}
