package io.natator.lab.net;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.natator.lab.LabException;
import io.natator.softswitch.control.ControlClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code natator switch} as a process of its own. */
public final class NatatorSwitch implements LabSwitch {
    /** A full collection would stop packets; what is allocated is short-lived. */
    private static final List<String> JVM = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseCompactObjectHeaders",
            "-XX:-UsePerfData",
            "-XX:+UseSerialGC",
            "-Xms512m",
            "-Xmx512m",
            "-Xmn256m");

    private static final Duration START = Duration.ofSeconds(30);

    private final Namespace namespace;
    private final Path control;
    private final Path listen;
    private final Path log;
    private final String datapathId;
    private String ports;
    private Pid process;
    private String profile = "full";
    private List<String> logging = List.of();
    private Optional<String> controller = Optional.empty();

    private NatatorSwitch(Inventory inventory, Namespace namespace, String name, long datapathId, String ports) {
        this.ports = ports;
        this.namespace = namespace;
        this.control = inventory.dir().resolve(name + ".ctl");
        this.listen = inventory.dir().resolve(name + ".mgmt");
        this.log = inventory.dir().resolve(name + "-sessions");
        this.datapathId = Long.toHexString(datapathId);
    }

    /** A switch with two ports, 1 and 2. */
    static NatatorSwitch start(Inventory inventory, Namespace namespace, String name, long datapathId) {
        return start(inventory, namespace, name, datapathId, "1=inside,2=outside");
    }

    /**
     * A switch with these ports.
     *
     * @param ports {@code NUMBER=DEVICE}, with commas between
     */
    public static NatatorSwitch start(
            Inventory inventory, Namespace namespace, String name, long datapathId, String ports) {
        NatatorSwitch started = new NatatorSwitch(inventory, namespace, name, datapathId, ports);
        started.start();
        return started;
    }

    /** Where {@code ovs-ofctl} reaches it. */
    public String target() {
        return "unix:" + listen;
    }

    /** The UNIX socket at which controllers may connect. */
    public Path listens() {
        return listen;
    }

    /** Where {@code natator switch show} and the like reach it. */
    public Path control() {
        return control;
    }

    @Override
    public SwitchKind kind() {
        return SwitchKind.NATATOR;
    }

    @Override
    public void start() {
        List<String> command = new ArrayList<>(Program.command(
                JVM,
                "switch",
                "--dpid",
                datapathId,
                "--ports",
                ports,
                "--listen",
                "unix:" + listen,
                "--control",
                control.toString(),
                "--session-log",
                log.toString(),
                "--profile",
                profile));
        command.addAll(logging);
        controller.ifPresent(c -> command.addAll(List.of("--controller", c)));
        process = namespace.start("switch", command);
        Wait.until("the switch to answer", START, this::answers);
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new LabException("the switch ended: see switch.out beside " + control);
        }
        try {
            return Files.exists(listen) && !ControlClient.ask(control, "show").isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void kill() {
        process.kill(true);
        Wait.until("the switch to end", () -> !process.isAlive());
        var _ = listen.toFile().delete();
    }

    @Override
    public void connect(String to) {
        controller = Optional.of(to);
        List<String> _ = ask("set-controller " + to);
    }

    /** It has no controller any more. */
    public void disconnect() {
        controller = Optional.empty();
        List<String> _ = ask("set-controller");
    }

    @Override
    public List<String> flows() {
        return ask("dump-flows").stream().map(String::strip).toList();
    }

    @Override
    public List<String> rules() {
        return ask("dump-flows-no-stats").stream().map(String::strip).sorted().toList();
    }

    @Override
    public void addFlow(String flow) {
        ofctl("add-flow", flow);
    }

    @Override
    public void deleteFlows(String match) {
        ofctl("del-flows", match);
    }

    private void ofctl(String command, String argument) {
        List<String> all = new ArrayList<>(List.of("ovs-ofctl", "-O", "OpenFlow13", command, target()));
        if (!argument.isEmpty()) {
            all.add(argument);
        }
        String _ = namespace.run(all.toArray(String[]::new));
    }

    /** It starts again with the port. */
    @Override
    public void addPort(String device, int number) {
        ports += "," + number + "=" + device;
        restart(profile);
    }

    /** Starts again as another kind of switch: {@code docs/softswitch.md} has the profiles. */
    public void become(String profile) {
        restart(profile);
    }

    /** All tables become as small: the switch starts again with another profile. */
    @Override
    public void limit(int table, int flows) {
        restart("full,capacity=" + flows);
    }

    @Override
    public void unlimit() {
        restart("full");
    }

    /**
     * Starts again and logs in another way.
     *
     * @param options besides {@code --session-log}; none: as at first
     */
    public void logs(String... options) {
        logging = List.of(options);
        restart(profile);
    }

    /** The directory of its session log. */
    public Path log() {
        return log;
    }

    /** Where it is. */
    public Namespace namespace() {
        return namespace;
    }

    private void restart(String with) {
        profile = with;
        kill();
        start();
    }

    @Override
    public FlowModCount countFlowMods() {
        long before = changes();
        return new FlowModCount() {
            @Override
            public long flowMods() {
                return changes() - before;
            }

            @Override
            public void close() {
                // the switch counts by itself
            }
        };
    }

    private long changes() {
        return counters().path("agent_changes").asLong();
    }

    /** Its counters, by name: {@code docs/counters.md}. */
    public JsonNode counters() {
        return json("dump-counters");
    }

    private JsonNode json(String command) {
        try {
            return new ObjectMapper().readTree(String.join("", ask("json " + command)));
        } catch (IOException e) {
            throw new LabException("what the switch says to " + command + " cannot be read: " + e.getMessage(), e);
        }
    }

    private List<String> ask(String command) {
        try {
            return ControlClient.ask(control, command);
        } catch (IOException e) {
            throw new LabException(e.getMessage(), e);
        }
    }

    @Override
    public List<String> dumpCommand() {
        return List.of("natator", "switch", "dump-flows", "--control", control.toString());
    }
}
