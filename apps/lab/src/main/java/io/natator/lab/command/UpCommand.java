package io.natator.lab.command;

import io.natator.lab.LabException;
import io.natator.lab.topology.Lab;
import io.natator.lab.topology.Variant;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code natator lab up}. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Bring up the demo network, with a switch, BIRD and the daemon, and leave it running.",
        footer = {
            "",
            "Examples:",
            "  natator lab up",
            "  natator lab up --variant transparent --id bump",
            "  natator lab up --switch natator               on Natator's own software switch",
        })
public final class UpCommand extends LabTask {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]{0,15}");

    @Option(
            names = "--variant",
            paramLabel = "VARIANT",
            description = "How the switch stands between hosts and router: ${COMPLETION-CANDIDATES}.",
            defaultValue = "ROUTED")
    private Variant variant;

    @Mixin
    private SwitchOption dataplane;

    @Option(names = "--id", paramLabel = "ID", description = "Name of the lab.", defaultValue = DEFAULT_ID)
    private String id;

    @Override
    int run() {
        if (!ID.matcher(id).matches()) {
            throw new ParameterException(
                    spec().commandLine(), "--id " + id + ": a letter, then up to 15 letters and digits");
        }
        Lab lab = Lab.up(id, variant, dataplane.kind(), true);
        try {
            lab.startDaemon().connectSwitch();
        } catch (LabException e) {
            lab.close();
            throw e;
        }
        String of = id.equals(DEFAULT_ID) ? "" : " --id " + id;
        out().println("The lab is up, " + variant + ", on "
                + lab.dataplane().kind().title() + ": hosts h1 and h2 - switch - router - client.");
        out().println();
        out().println("  export NATATOR_SERVER=" + lab.daemon().address());
        out().println("  natator apply --wait -f " + lab.intents());
        out().println("  natator lab exec" + of + " client -- ping -c 3 192.168.3.10");
        out().println("  natator lab exec" + of + " switch -- "
                + String.join(" ", lab.dataplane().dumpCommand()));
        out().println("  natator lab down" + of);
        return 0;
    }
}
