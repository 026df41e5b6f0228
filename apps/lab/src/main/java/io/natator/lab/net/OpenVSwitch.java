package io.natator.lab.net;

import io.natator.lab.LabException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Open vSwitch in a namespace: its own database, run directory and userspace datapath, so that neither the
 * machine's interfaces nor a system-wide Open vSwitch are touched.
 */
public final class OpenVSwitch {
    private static final String SCHEMA = "/usr/share/openvswitch/vswitch.ovsschema";
    private static final Pattern DURATION = Pattern.compile("duration=([0-9.]+)s");

    private final Namespace namespace;
    private final Path dir;
    private Pid vswitchd;

    private OpenVSwitch(Namespace namespace, Path dir) {
        this.namespace = namespace;
        this.dir = dir;
    }

    /** Starts a database server and a switch daemon without bridges. */
    public static OpenVSwitch start(Inventory inventory, Namespace namespace) {
        return start(inventory, namespace, List.of());
    }

    /** As {@link #start(Inventory, Namespace)}, with further arguments for {@code ovs-vswitchd}. */
    public static OpenVSwitch start(Inventory inventory, Namespace namespace, List<String> arguments) {
        Path dir = inventory.dir().resolve("ovs-" + namespace.role());
        dir.toFile().mkdirs();
        OpenVSwitch ovs = new OpenVSwitch(namespace, dir);
        Shell.run("ovsdb-tool", "create", ovs.file("conf.db"), SCHEMA);
        namespace.start(
                "ovsdb-server",
                List.of(
                        "ovsdb-server",
                        ovs.file("conf.db"),
                        "--remote=punix:" + ovs.file("db.sock"),
                        "--unixctl=" + ovs.file("ovsdb-server.ctl"),
                        "--log-file=" + ovs.file("ovsdb-server.log"),
                        "-vconsole:off"));
        Wait.until("ovsdb-server to listen", () -> Files.exists(dir.resolve("db.sock")));
        ovs.vsctl("--no-wait", "init");
        ovs.vsctl(
                "--no-wait",
                "set",
                "Open_vSwitch",
                ".",
                "other_config:n-handler-threads=1",
                "other_config:n-revalidator-threads=1");
        ovs.startSwitch(arguments);
        return ovs;
    }

    /** Starts {@code ovs-vswitchd} again after {@link #kill}; bridges come back without flows. */
    public void startSwitch(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "OVS_RUNDIR=" + dir,
                "OVS_LOGDIR=" + dir,
                "OVS_DBDIR=" + dir,
                "ovs-vswitchd",
                "unix:" + file("db.sock"),
                "--unixctl=" + file("ovs-vswitchd.ctl"),
                "--log-file=" + file("ovs-vswitchd.log"),
                "-vconsole:off"));
        command.addAll(arguments);
        vswitchd = namespace.start("ovs-vswitchd", command);
        Wait.until("ovs-vswitchd to start", () -> Files.exists(dir.resolve("ovs-vswitchd.ctl")));
    }

    /** Kills {@code ovs-vswitchd} without warning. */
    public void kill() {
        vswitchd.kill(true);
        Wait.until("ovs-vswitchd to end", () -> !vswitchd.isAlive());
        var _ = dir.resolve("ovs-vswitchd.ctl").toFile().delete();
    }

    /** A bridge that drops everything until it gets flows, speaking OpenFlow 1.3 and 1.4. */
    public void addBridge(String bridge, long datapathId) {
        vsctl(
                "add-br",
                bridge,
                "--",
                "set",
                "Bridge",
                bridge,
                "datapath_type=netdev",
                "fail_mode=secure",
                "protocols=[OpenFlow13,OpenFlow14]",
                "other_config:datapath-id=%016x".formatted(datapathId),
                "other_config:disable-in-band=true");
    }

    /** Adds a device of the namespace to a bridge under an OpenFlow port number. */
    public void addPort(String bridge, String device, int number) {
        vsctl("add-port", bridge, device, "--", "set", "Interface", device, "ofport_request=" + number);
    }

    /**
     * Has the bridge connect to a controller. While it cannot, it tries again after 1, 2, 4 and then every 8 s:
     * Open vSwitch 3.1 does not heed {@code max_backoff}.
     */
    public void setController(String bridge, String target) {
        vsctl(
                "set-controller",
                bridge,
                target,
                "--",
                "set",
                "Controller",
                bridge,
                "connection_mode=out-of-band",
                "inactivity_probe=5000");
    }

    /** Limits the flows of a table; the switch refuses more (OFPFMFC_TABLE_FULL). */
    public void limit(String bridge, int table, int flows) {
        vsctl(
                "--",
                "--id=@t",
                "create",
                "Flow_Table",
                "flow_limit=" + flows,
                "overflow_policy=refuse",
                "--",
                "set",
                "Bridge",
                bridge,
                "flow_tables:" + table + "=@t");
    }

    /** Lifts all limits of {@link #limit}. */
    public void unlimit(String bridge) {
        vsctl("clear", "Bridge", bridge, "flow_tables");
    }

    /** {@code ovs-vsctl …} on this switch's database. */
    public String vsctl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ovs-vsctl", "--db=unix:" + file("db.sock"), "--timeout=10"));
        command.addAll(List.of(arguments));
        return Shell.run(namespace.command(command));
    }

    /** {@code ovs-ofctl -O OpenFlow14 COMMAND BRIDGE …}. */
    public String ofctl(String command, String bridge, String... arguments) {
        List<String> all = new ArrayList<>(List.of("ovs-ofctl", "-O", "OpenFlow14", command, socket(bridge)));
        all.addAll(List.of(arguments));
        return Shell.run(namespace.command(all));
    }

    /** {@code ovs-appctl …} on the switch daemon. */
    public String appctl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ovs-appctl", "-t", file("ovs-vswitchd.ctl")));
        command.addAll(List.of(arguments));
        return Shell.run(namespace.command(command));
    }

    /** MAC addresses that NORMAL has learned on a bridge, and at which port. */
    public Map<String, Integer> learned(String bridge) {
        Map<String, Integer> learned = new TreeMap<>();
        // port, VLAN, MAC, age; below a heading
        appctl("fdb/show", bridge)
                .lines()
                .skip(1)
                .map(l -> l.strip().split(" +"))
                .forEach(line -> {
                    if (!line[0].equals("LOCAL")) {
                        learned.put(line[2], Integer.parseInt(line[0]));
                    }
                });
        return learned;
    }

    /** Where {@code ovs-ofctl} reaches the bridge. */
    public String socket(String bridge) {
        return "unix:" + file(bridge + ".mgmt");
    }

    /** Listens in on the bridge and its controller; both may come and go. */
    public Snoop snoop(String bridge) {
        String name = "snoop-" + bridge;
        Pid pid = namespace.start(
                name,
                List.of(
                        "ovs-ofctl",
                        "-O",
                        "OpenFlow13,OpenFlow14",
                        "--unixctl=" + file(name + ".ctl"),
                        "snoop",
                        "unix:" + file(bridge + ".snoop")));
        return new Snoop(dir.resolveSibling(name + ".out"), pid);
    }

    /** The bridge's flows, one a line, as {@code ovs-ofctl dump-flows} prints them. */
    public List<String> flows(String bridge) {
        return ofctl("dump-flows", bridge)
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("cookie="))
                .toList();
    }

    /** The bridge's flows without what changes by itself (counters, ages), sorted. */
    public List<String> rules(String bridge) {
        return namespace
                .run("ovs-ofctl", "-O", "OpenFlow14", "--no-stats", "dump-flows", socket(bridge))
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("cookie="))
                .sorted()
                .toList();
    }

    /** Seconds since a flow was added or replaced, from its line in {@link #flows}. */
    public static double age(String flow) {
        Matcher matcher = DURATION.matcher(flow);
        if (!matcher.find()) {
            throw new LabException("no duration in flow: " + flow);
        }
        return Double.parseDouble(matcher.group(1));
    }

    /** CPU time of the switch daemon since it started, all threads, in clock ticks. */
    public long cpuTicks() {
        return vswitchd.cpuTicks();
    }

    /** The switch daemon's log. */
    public Path log() {
        return dir.resolve("ovs-vswitchd.log");
    }

    private String file(String name) {
        return dir.resolve(name).toString();
    }
}
