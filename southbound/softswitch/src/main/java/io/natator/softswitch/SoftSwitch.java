package io.natator.softswitch;

import io.natator.softswitch.agent.Agent;
import io.natator.softswitch.agent.codec.SwitchReplies.Description;
import io.natator.softswitch.config.PortConfig;
import io.natator.softswitch.config.SwitchConfig;
import io.natator.softswitch.control.ControlServer;
import io.natator.softswitch.control.Inspector;
import io.natator.softswitch.datapath.DatapathConfig;
import io.natator.softswitch.datapath.Switch;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.flow.Request;
import io.natator.softswitch.io.Idle;
import io.natator.softswitch.io.PortIo;
import io.natator.softswitch.io.afpacket.Interfaces;
import io.natator.softswitch.io.afpacket.Mode;
import io.natator.softswitch.log.LoggedDatapath;
import io.natator.softswitch.log.SessionArchive;
import io.natator.softswitch.session.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A whole switch on interfaces of this machine: ports, datapath on its thread, agent, and a socket to look into it. */
public final class SoftSwitch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SoftSwitch.class);

    private final Interfaces interfaces;
    private final SessionArchive archive;
    private final Switch datapath;
    private final LoggedDatapath logged;
    private final Thread thread;
    private final Agent agent;
    private final Optional<ControlServer> control;
    private volatile boolean stopping;

    private SoftSwitch(SwitchConfig config, Mode mode, Optional<Path> controlPath) throws IOException {
        Deque<Runnable> opened = new ArrayDeque<>();
        try {
            interfaces = Interfaces.open(
                    config.ports().stream().map(PortConfig::device).toList(), mode);
            opened.push(interfaces::close);
            archive = SessionArchive.start(config.sessionLogging(), config.datapathId(), System::nanoTime);
            opened.push(archive::close);
            DatapathConfig usual = DatapathConfig.DEFAULT.with(config.profile());
            Limits limits = Limits.of(Math.max(1, config.profile().sessions()));
            datapath = new Switch(usual.with(limits, archive.listener()), interfaces.idle());
            opened.push(datapath::close);
            logged = new LoggedDatapath(datapath, archive);
            attach(config, interfaces.ports());
            thread = Thread.ofPlatform().name("datapath").unstarted(() -> run(interfaces.idle()));
            agent = new Agent(config, describe(config), logged);
            opened.push(agent::close);
            control = controlPath.isPresent()
                    ? Optional.of(ControlServer.start(controlPath.get(), new Inspector(config, logged, agent)))
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            opened.forEach(Runnable::run); // the last one first
            throw e;
        }
    }

    private void attach(SwitchConfig config, List<PortIo> ports) {
        for (int i = 0; i < ports.size(); i++) {
            if (!datapath.attach(config.ports().get(i).number(), ports.get(i))) {
                throw new IllegalStateException("more ports than a new datapath takes at once");
            }
        }
    }

    /**
     * Starts a switch in the network namespace of the calling thread.
     *
     * @param controlPath where to listen for {@code natator switch dump-flows} and the like
     * @throws IOException if an interface, an address or a file cannot be used; the message is for people
     */
    public static SoftSwitch start(SwitchConfig config, Mode mode, Optional<Path> controlPath) throws IOException {
        SoftSwitch started = new SoftSwitch(config, mode, controlPath);
        started.thread.start();
        try {
            started.agent.start();
        } catch (IOException e) {
            started.close();
            throw e;
        }
        return started;
    }

    private static Description describe(SwitchConfig config) {
        String version = SoftSwitch.class.getPackage().getImplementationVersion();
        return new Description(
                "Natator",
                "Natator software switch",
                version == null ? "development" : version,
                "None",
                "datapath " + Long.toHexString(config.datapathId()));
    }

    private void run(Idle idle) {
        try {
            while (!stopping) {
                long start = System.nanoTime();
                boolean worked = datapath.turn(start);
                if (worked) {
                    long end = System.nanoTime();
                    datapath.took(end - start, end);
                }
                idle.turn(worked);
            }
        } catch (RuntimeException e) {
            LOG.error("event=datapath-failed", e);
        } finally {
            datapath.close();
        }
    }

    /** All counters by name, those of the agent with {@code agent_} before; without the datapath's if it is too busy. */
    public Map<String, Long> counters() {
        Map<String, Long> all = new TreeMap<>();
        agent.counters().forEach((name, value) -> all.put("agent_" + name, value));
        CompletableFuture<Reply> answer = new CompletableFuture<>();
        if (logged.ask(new Request.Counters(), answer::complete)
                && answer.completeOnTimeout(null, 1, TimeUnit.SECONDS).join() instanceof Reply.Counters counters) {
            counters.counters().forEach(counter -> all.put(counter.name(), counter.value()));
        }
        return all;
    }

    /** Waits until the datapath has ended; it does so only when it is closed, or fails. */
    public void await() throws InterruptedException {
        thread.join();
    }

    /** Ends it: interfaces belong to the kernel again. */
    @Override
    public void close() {
        control.ifPresent(ControlServer::close);
        agent.close();
        stopping = true;
        interfaces.idle().wake();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        archive.close();
        interfaces.close();
    }
}
