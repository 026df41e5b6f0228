package io.natator.lab;

import io.natator.cli.NatatorCommand;
import io.natator.server.ServeCommand;
import java.util.List;

/** The program {@code natator}: the client's commands, the daemon and the lab under one name. */
public final class Main {
    private Main() {}

    /**
     * Runs one command and exits with its code.
     *
     * @param args the command line without the program's name
     */
    public static void main(String[] args) {
        System.exit(NatatorCommand.run(List.of(new ServeCommand(), new LabCommand()), args));
    }
}
