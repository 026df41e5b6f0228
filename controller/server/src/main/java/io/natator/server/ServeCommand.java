package io.natator.server;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import io.natator.core.store.StoreException;
import io.natator.server.config.Config;
import io.natator.server.config.ConfigException;
import io.natator.server.config.ConfigFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code natator serve}: runs the daemon until it is told to stop. */
@Command(
        name = "serve",
        description = "Run the controller.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  natator serve                      everything at its default, store ./natator.db",
            "  natator serve -c /etc/natator.yaml",
            "",
            "SIGTERM or Ctrl-C stops it; switches keep forwarding, and BGP neighbours keep",
            "the routes until it is back (graceful restart).",
            "The keys of the file: docs/configuration.md."
        })
public final class ServeCommand implements Callable<Integer> {
    /** Exit code when the configuration or the machine does not let it start. */
    public static final int CANNOT_START = 2;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "YAML configuration; defaults without it.")
    private Path file;

    @Override
    public Integer call() {
        try {
            Config config = file == null ? Config.defaults() : ConfigFile.read(file);
            Logging.start(config.log().level());
            return run(config, new SouthboundModule(config));
        } catch (ConfigException | StoreException e) {
            return refuse(e);
        } catch (ProvisionException | CreationException e) {
            Throwable cause = e.getCause();
            if (cause instanceof ConfigException || cause instanceof StoreException) {
                return refuse(cause);
            }
            throw e;
        }
    }

    private static int run(Config config, Module southbound) {
        Daemon daemon =
                Guice.createInjector(new DaemonModule(config), southbound).getInstance(Daemon.class);
        Thread stopper = Thread.ofPlatform().name("natator-stop").unstarted(daemon::close);
        try {
            daemon.start();
        } catch (RuntimeException e) {
            daemon.close();
            throw e;
        }
        Runtime.getRuntime().addShutdownHook(stopper);
        daemon.await();
        return 0;
    }

    private int refuse(Throwable reason) {
        spec.commandLine().getErr().println("natator serve: " + reason.getMessage());
        return CANNOT_START;
    }
}
