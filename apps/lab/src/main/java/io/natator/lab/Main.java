package io.natator.lab;

import io.natator.cli.NatatorCommand;
import io.natator.server.ServeCommand;
import io.natator.server.softswitch.SwitchCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The program {@code natator}: the client's commands, the daemon and the lab under one name. */
public final class Main {
    private Main() {}

    /**
     * Runs one command and exits with its code.
     *
     * @param args the command line without the program's name
     */
    public static void main(String[] args) {
        Map<String, Supplier<?>> further = new LinkedHashMap<>();
        further.put("serve", ServeCommand::new);
        further.put("switch", SwitchCommand::new);
        further.put("lab", LabCommand::new);
        System.exit(NatatorCommand.run(further, args));
    }
}
