package io.natator.cli;

import io.natator.cli.client.Channels;
import io.natator.cli.client.Client;
import io.natator.cli.command.ApplyCommand;
import io.natator.cli.command.CompletionCommand;
import io.natator.cli.command.DeleteCommand;
import io.natator.cli.command.DescribeCommand;
import io.natator.cli.command.GetCommand;
import io.natator.cli.command.NeighborsCommand;
import io.natator.cli.command.PlanCommand;
import io.natator.cli.command.RoutesCommand;
import io.natator.cli.command.ServerOption;
import io.natator.cli.command.SessionsCommand;
import io.natator.cli.command.SizeCommand;
import io.natator.cli.command.StatusCommand;
import io.natator.cli.command.WatchCommand;
import io.natator.cli.command.WhoisCommand;
import io.natator.cli.output.Style;
import io.natator.cli.output.Terminal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code natator}: the root of all commands. */
@Command(
        name = "natator",
        description = "Moves IP addresses across a network while the network keeps running.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        version = "natator 0.1.0",
        footer = {
            "",
            "Examples:",
            "  natator serve -c natator.yaml      run the daemon",
            "  natator plan -f office.yaml        what would change?",
            "  natator apply -f office.yaml       change it, and wait until it is proved",
            "  natator status                     is all well?",
            "",
            "Exit codes: 0 done, 1 refused or failed, 2 wrong usage or file, 3 not (yet) in the wished state,",
            "4 no daemon answers. 'natator COMMAND --help' has examples for each command.",
        })
public final class NatatorCommand implements Runnable {
    private static final Map<String, Supplier<?>> COMMANDS = commands();
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);

    private final Context context;

    @Mixin
    private ServerOption server;

    @Spec
    private CommandSpec spec;

    private NatatorCommand(Context context) {
        this.context = context;
    }

    /**
     * Runs one command on the process's own terminal; returns its exit code (see {@link ExitCode}).
     *
     * @param further commands of other modules by name, annotated with {@link Command}; in the order of the help
     */
    public static int run(Map<String, Supplier<?>> further, String... args) {
        Map<String, String> environment = System.getenv();
        Terminal terminal = Terminal.ofProcess(environment);
        return run(
                new Context(terminal, System.in, environment, InstantSource.system(), Channels::open), further, args);
    }

    /** As {@link #run(Map, String...)}, in a world of the caller's choice. */
    public static int run(Context context, Map<String, Supplier<?>> further, String... args) {
        int code = commandLine(context, needed(further, args)).execute(args);
        context.terminal().out().flush();
        context.terminal().err().flush();
        return code;
    }

    /** Only the command that is named, if one is: reading the annotations of all would double the start-up time. */
    private static Map<String, Supplier<?>> needed(Map<String, Supplier<?>> further, String... args) {
        Map<String, Supplier<?>> all = new LinkedHashMap<>(COMMANDS);
        all.putAll(further);
        for (String arg : args) {
            if (all.containsKey(arg)) {
                // Completion describes all commands.
                return arg.equals("completion") ? all : Map.of(arg, all.get(arg));
            }
        }
        return all;
    }

    private static Map<String, Supplier<?>> commands() {
        Map<String, Supplier<?>> commands = new LinkedHashMap<>();
        commands.put("apply", ApplyCommand::new);
        commands.put("plan", PlanCommand::new);
        commands.put("get", GetCommand::new);
        commands.put("describe", DescribeCommand::new);
        commands.put("delete", DeleteCommand::new);
        commands.put("watch", WatchCommand::new);
        commands.put("neighbors", NeighborsCommand::new);
        commands.put("routes", RoutesCommand::new);
        commands.put("sessions", SessionsCommand::new);
        commands.put("whois", WhoisCommand::new);
        commands.put("size", SizeCommand::new);
        commands.put("status", StatusCommand::new);
        commands.put("completion", CompletionCommand::new);
        return commands;
    }

    private static CommandLine commandLine(Context context, Map<String, Supplier<?>> commands) {
        Terminal terminal = context.terminal();
        CommandLine commandLine = new CommandLine(new NatatorCommand(context));
        commands.forEach((name, command) -> commandLine.addSubcommand(name, command.get()));
        // Settings reach the subcommands that are there.
        return commandLine
                .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colours() ? Ansi.ON : Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler((e, _) -> wrongUsage(e, terminal))
                .setExecutionExceptionHandler((e, _, _) -> failed(e, terminal));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }

    /** The world of this command. */
    public Context context() {
        return context;
    }

    /** Connects to the daemon that was named: after the command, before it, in the environment. */
    public Client connect(ServerOption afterCommand) {
        String address = afterCommand
                .address()
                .or(server::address)
                .or(() -> Optional.ofNullable(context.environment().get("NATATOR_SERVER")))
                .filter(named -> !named.isEmpty())
                .orElse(Channels.DEFAULT_ADDRESS);
        return new Client(context.connector().apply(address), address, CALL_TIMEOUT);
    }

    private static int wrongUsage(ParameterException e, Terminal terminal) {
        CommandLine command = e.getCommandLine();
        terminal.err().println(terminal.paint(Style.BAD, "error: ") + e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr());
        terminal.err().println("see: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static int failed(Exception e, Terminal terminal) {
        terminal.out().flush();
        if (e instanceof CliException said) {
            terminal.err().println(terminal.paint(Style.BAD, "error: ") + said.getMessage());
            return said.exitCode();
        }
        // Not foreseen: whoever reports it needs to know where.
        e.printStackTrace(terminal.err());
        return ExitCode.FAILURE;
    }
}
