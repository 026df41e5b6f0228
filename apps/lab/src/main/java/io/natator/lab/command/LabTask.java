package io.natator.lab.command;

import io.natator.lab.LabException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command of the lab: what goes wrong is said in one line. */
abstract class LabTask implements Callable<Integer> {
    /** The name of the lab that {@code lab up} makes if nobody says otherwise. */
    static final String DEFAULT_ID = "lab";

    @Spec
    private CommandSpec spec;

    /** Does the work. */
    abstract int run() throws LabException;

    @Override
    public final Integer call() {
        try {
            return run();
        } catch (LabException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(spec.commandLine().getColorScheme().errorText("error: ") + e.getMessage());
            err.flush();
            return 1;
        } finally {
            out().flush();
        }
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    CommandSpec spec() {
        return spec;
    }
}
