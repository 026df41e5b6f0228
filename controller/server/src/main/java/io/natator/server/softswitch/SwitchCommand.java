package io.natator.server.softswitch;

import io.natator.server.Logging;
import io.natator.softswitch.SoftSwitch;
import io.natator.softswitch.config.SwitchConfig;
import io.natator.softswitch.config.TlsFiles;
import io.natator.softswitch.io.afpacket.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code natator switch}: runs a software switch until it is told to stop; its subcommands look into a running one. */
@Command(
        name = "switch",
        mixinStandardHelpOptions = true,
        description = "Run a software switch: an OpenFlow 1.3 datapath on interfaces of this machine (needs root).",
        synopsisSubcommandLabel = "[COMMAND]",
        subcommands = {
            Asks.Show.class,
            Asks.DumpFlows.class,
            Asks.DumpPorts.class,
            Asks.DumpCounters.class,
            Asks.DumpCache.class,
            Asks.DumpSessions.class,
            Asks.DumpPools.class,
            Asks.Trace.class,
            Asks.SetController.class,
            WhoisFilesCommand.class,
        },
        footer = {
            "",
            "Examples:",
            "  natator switch --dpid 1 --ports 1=eth1,2=eth2 --controller tcp:192.0.2.1",
            "  natator switch --dpid 1 --ports 1=eth1,2=eth2 --listen tcp:127.0.0.1:6654 &",
            "  ovs-ofctl -O OpenFlow13 add-flow tcp:127.0.0.1:6654 in_port=1,actions=output:2",
            "  natator switch dump-flows",
            "  natator switch trace in_port=1,icmp,nw_dst=192.0.2.9",
            "",
            "The interfaces belong to the switch while it runs: the kernel's own stack does not see",
            "their frames. SIGTERM or Ctrl-C stops it, and gives them back."
        })
public final class SwitchCommand implements Callable<Integer> {
    /** Exit code when it cannot start. */
    private static final int CANNOT_START = 2;

    @Spec
    private CommandSpec spec;

    @Option(names = "--dpid", paramLabel = "ID", description = "Datapath id, hexadecimal: 1 to 16 digits.")
    private String datapathId;

    @Option(names = "--ports", paramLabel = "N=INTERFACE,...", description = "Ports by their OpenFlow numbers.")
    private String ports;

    @Option(
            names = "--controller",
            paramLabel = "tcp:HOST[:PORT]",
            description = "Connect there; also ssl:HOST[:PORT] and unix:PATH. May be repeated.")
    private List<String> controllers = List.of();

    @Option(
            names = "--listen",
            paramLabel = "tcp:HOST:PORT",
            description = "Let controllers and ovs-ofctl connect; also unix:PATH. May be repeated.")
    private List<String> listen = List.of();

    @Option(
            names = "--fail-mode",
            paramLabel = "MODE",
            description = "Without a controller: secure (go on with the rules there are) or standalone (a plain"
                    + " switch). Default ${DEFAULT-VALUE}.",
            defaultValue = "secure")
    private String failMode;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description = "What it can do: full, or of13-exact; then tables=N, capacity=N, bundles=no, ..."
                    + " Default ${DEFAULT-VALUE}.",
            defaultValue = "full")
    private String profile;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "What matters most: latency, balanced or throughput. Default ${DEFAULT-VALUE}.",
            defaultValue = "balanced")
    private String mode;

    @Option(
            names = "--session-log",
            paramLabel = "DIR",
            description = "Log sessions to files there (docs/session-log.md); one directory a switch.",
            defaultValue = "")
    private String sessionLog;

    @Option(
            names = "--session-log-size",
            paramLabel = "SIZE",
            description = "Of these files together, at least 16MiB; the oldest go. Default ${DEFAULT-VALUE}.",
            defaultValue = "1GiB")
    private String sessionLogSize;

    @Option(
            names = "--session-log-detail",
            paramLabel = "WHAT",
            description = "Of NAPT, also to --ipfix: sessions with their remotes, or mappings, which have none."
                    + " Default ${DEFAULT-VALUE}.",
            defaultValue = "sessions")
    private String sessionLogDetail;

    @Option(
            names = "--ipfix",
            paramLabel = "HOST[:PORT]",
            description = "Tell this collector of sessions: IPFIX over UDP, port 4739.",
            defaultValue = "")
    private String ipfix;

    @Option(names = "--key", paramLabel = "FILE", description = "ssl: the switch's private key, PEM.")
    private Path key;

    @Option(names = "--certificate", paramLabel = "FILE", description = "ssl: the switch's certificate, PEM.")
    private Path certificate;

    @Option(names = "--ca", paramLabel = "FILE", description = "ssl: who signed the controllers' certificates, PEM.")
    private Path authority;

    @Option(names = "--log", paramLabel = "LEVEL", description = "Default ${DEFAULT-VALUE}.", defaultValue = "info")
    private String logLevel;

    @Mixin
    private ControlOption control;

    @Override
    public Integer call() throws InterruptedException {
        SwitchConfig config;
        Mode io;
        try {
            SwitchTexts texts = texts();
            config = texts.config(tls());
            io = texts.io();
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
        Logging.start(logLevel);
        SoftSwitch running;
        try {
            running = SoftSwitch.start(config, io, Optional.of(control.of(config.datapathId())));
        } catch (IOException e) {
            spec.commandLine().getErr().println("natator switch: " + e.getMessage());
            return CANNOT_START;
        }
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("switch-stop").unstarted(running::close));
        running.await();
        return 1; // a datapath ends by itself only when it fails
    }

    private SwitchTexts texts() {
        if (datapathId == null || ports == null) {
            throw wrong("--dpid and --ports are needed (or a command: natator switch --help)");
        }
        return new SwitchTexts(
                datapathId,
                ports,
                controllers,
                listen,
                failMode,
                profile,
                mode,
                new SwitchTexts.Logs(sessionLog, sessionLogSize, sessionLogDetail, ipfix));
    }

    private Optional<TlsFiles> tls() {
        if (key == null && certificate == null && authority == null) {
            return Optional.empty();
        }
        if (key == null || certificate == null || authority == null) {
            throw wrong("--key, --certificate and --ca go together");
        }
        return Optional.of(new TlsFiles(key, certificate, authority));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
