package io.natator.lab.net;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** This very program as a process of its own. */
public final class Program {
    private Program() {}

    /** The command line of {@code natator ARGUMENTS} in a JVM like this one, start-up cache included. */
    public static List<String> command(String... arguments) {
        List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-X") || option.startsWith("--"))
                .toList();
        return command(options, arguments);
    }

    /** The command line of {@code natator ARGUMENTS} in a JVM with these options. */
    public static List<String> command(List<String> options, String... arguments) {
        return command("io.natator.lab.Main", options, arguments);
    }

    /** The command line of another main class, in a JVM with these options. */
    public static List<String> command(String main, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        // Surefire's own class path is one jar that names the others.
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main);
        command.addAll(List.of(arguments));
        return command;
    }
}
