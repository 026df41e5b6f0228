package io.natator.lab.command;

import io.natator.lab.LabException;
import io.natator.lab.topology.Lab;
import io.natator.lab.topology.Variant;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code natator lab up}. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Bring up the demo network, with Open vSwitch, BIRD and the daemon, and leave it running.",
        footer = {
            "",
            "Examples:",
            "  natator lab up",
            "  natator lab up --variant transparent --id bump",
        })
public final class UpCommand extends LabTask {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]{0,15}");

    @Option(
            names = "--variant",
            paramLabel = "VARIANT",
            description = "How the switch stands between hosts and router: ${COMPLETION-CANDIDATES}.",
            defaultValue = "ROUTED")
    private Variant variant;

    @Option(names = "--id", paramLabel = "ID", description = "Name of the lab.", defaultValue = DEFAULT_ID)
    private String id;

    @Override
    int run() {
        if (!ID.matcher(id).matches()) {
            throw new ParameterException(
                    spec().commandLine(), "--id " + id + ": a letter, then up to 15 letters and digits");
        }
        Lab lab = Lab.up(id, variant, true);
        try {
            lab.startDaemon().connectSwitch();
        } catch (LabException e) {
            lab.close();
            throw e;
        }
        String of = id.equals(DEFAULT_ID) ? "" : " --id " + id;
        out().println("The lab is up, " + variant + ": hosts h1 and h2 - switch - router - client.");
        out().println();
        out().println("  export NATATOR_SERVER=" + lab.daemon().address());
        out().println("  natator apply --wait -f " + lab.intents());
        out().println("  natator lab exec" + of + " client -- ping -c 3 192.168.3.10");
        out().println("  natator lab exec" + of + " switch -- ovs-ofctl -O OpenFlow14 dump-flows "
                + lab.ovs().socket(Lab.BRIDGE));
        out().println("  natator lab down" + of);
        return 0;
    }
}
