package io.natator.lab.net;

import io.natator.lab.LabException;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import io.natator.model.rule.Rule;
import io.natator.model.rule.RuleSet;
import io.natator.model.session.PoolUse;
import io.natator.model.session.Share;
import io.natator.model.southbound.Sessions;
import io.natator.model.southbound.SwitchEvent;
import io.natator.openflow.OpenFlowConfig;
import io.natator.openflow.OpenFlowSwitches;
import io.natator.softswitch.control.ControlClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * {@code natator switch} in a namespace, and the controller's OpenFlow side in this process, which tells it shares and rules:
 * the switch alone, without placement and compiler. Datapath 1, OpenFlow port 1 inside, port 2 outside.
 */
public final class TaughtSwitch implements AutoCloseable {
    /** The datapath id. */
    public static final long DATAPATH = 1;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Namespace namespace;
    private final List<String> command;
    private final Path control;
    private final OpenFlowSwitches controller;
    private final AtomicLong synced = new AtomicLong();
    private final AtomicLong connects = new AtomicLong();
    private volatile List<SwitchEvent.Failure> failures = List.of();
    private Pid process;
    private long generation;

    private TaughtSwitch(Inventory inventory, Namespace namespace, List<String> jvm, String ports, List<String> more) {
        this.namespace = namespace;
        control = inventory.dir().resolve("switch-" + namespace.role() + ".ctl");
        controller = new OpenFlowSwitches(
                OpenFlowConfig.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)), this::told);
        // A listening socket stays in the namespace of the thread that made it, and so do the accepted ones.
        int port = namespace.call(controller::start).getPort();
        controller.devices(List.of(device()));
        List<String> arguments = new ArrayList<>(List.of(
                "switch",
                "--dpid=" + Long.toHexString(DATAPATH),
                "--ports=" + ports,
                "--controller=tcp:127.0.0.1:" + port,
                "--log=warn",
                "--control=" + control));
        arguments.addAll(more);
        command = Program.command(jvm, arguments.toArray(String[]::new));
    }

    /**
     * Starts both, and waits until they are connected.
     *
     * @param jvm options of its JVM
     * @param ports as {@code --ports} takes them
     * @param more options of the switch
     */
    public static TaughtSwitch start(
            Inventory inventory, Namespace namespace, List<String> jvm, String ports, String... more) {
        TaughtSwitch started = new TaughtSwitch(inventory, namespace, jvm, ports, List.of(more));
        try {
            started.start();
            return started;
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private void start() {
        long before = connects.get();
        process = namespace.start("switch-" + namespace.role(), command);
        Wait.until("the switch to connect", PATIENCE, () -> connects.get() > before);
    }

    private static Device device() {
        return new Device(
                "soft",
                DATAPATH,
                Device.Mode.TRANSPARENT,
                Device.Profile.AUTO,
                List.of(port("1", DevicePort.Side.INSIDE), port("2", DevicePort.Side.OUTSIDE)),
                List.of(),
                List.of(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10));
    }

    private static DevicePort port(String number, DevicePort.Side side) {
        return new DevicePort(number, side, Optional.empty(), List.of(), Optional.empty());
    }

    private void told(SwitchEvent event) {
        switch (event) {
            case SwitchEvent.Connected _ -> connects.incrementAndGet();
            case SwitchEvent.Synced s -> {
                failures = s.failures();
                synced.set(s.generation());
            }
            default -> {
                // of no interest here
            }
        }
    }

    /** Tells it shares and rules, and waits until it has them. */
    public void teach(List<Share> shares, List<Rule> rules) {
        controller.shares(DATAPATH, shares);
        generation++;
        controller.desire(DATAPATH, new RuleSet(generation, rules));
        awaitSync();
        try {
            List<PoolUse> _ =
                    controller.use(DATAPATH).get(PATIENCE.toSeconds(), TimeUnit.SECONDS); // asked after the shares
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new LabException("the switch does not tell its use: " + e.getMessage(), e);
        }
    }

    private void awaitSync() {
        Wait.until("the rules to be there", PATIENCE, () -> synced.get() == generation);
        if (!failures.isEmpty()) {
            throw new LabException("refused: " + failures);
        }
    }

    /** Kills it and starts it again; returns when it has been told everything once more. */
    public void restart() {
        process.kill(true);
        Wait.until("the switch to end", PATIENCE, () -> !process.isAlive());
        synced.set(0);
        start();
        awaitSync();
    }

    public Sessions sessions() {
        return controller;
    }

    public Pid process() {
        return process;
    }

    /** What {@code natator switch COMMAND} prints. */
    public List<String> ask(String what) {
        try {
            return ControlClient.ask(control, what);
        } catch (IOException e) {
            throw new LabException("the switch does not answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.kill(false);
        }
        controller.close();
    }
}
