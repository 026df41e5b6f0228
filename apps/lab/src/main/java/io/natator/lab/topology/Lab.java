package io.natator.lab.topology;

import io.natator.lab.net.Bird;
import io.natator.lab.net.Daemon;
import io.natator.lab.net.Inventory;
import io.natator.lab.net.LabSwitch;
import io.natator.lab.net.Namespace;
import io.natator.lab.net.NatatorSwitch;
import io.natator.lab.net.SwitchKind;
import io.natator.lab.net.Switches;
import io.natator.lab.traffic.Crowd;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The demo network with its switch and its router running. Whatever happens, {@link #close} removes all of it. */
public final class Lab implements AutoCloseable {
    /** The one switch, and its datapath id. */
    public static final String NAME = "s1";

    public static final long DATAPATH = 1;

    /** OpenFlow port numbers of the bridge's ports {@code inside} and {@code outside}. */
    public static final int INSIDE_PORT = 1;

    public static final int OUTSIDE_PORT = 2;

    public static final int SERVICE_PORT = 3;

    /** The software switch beside it. */
    public static final String SERVICE_NAME = "ss1";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Inventory inventory;
    private final Thread onExit;
    private final Variant variant;
    private Network network;
    private final SwitchKind kind;
    private LabSwitch dataplane;
    private Bird bird;
    private Daemon daemon;
    private Path intents;

    private Lab(Inventory inventory, Variant variant, SwitchKind kind, boolean kept) {
        this.kind = kind;
        this.inventory = inventory;
        this.variant = variant;
        this.onExit = new Thread(inventory::remove, "remove lab");
        if (!kept) {
            Runtime.getRuntime().addShutdownHook(onExit);
        }
    }

    /** A network of this process, of a name that no other has. */
    public static Lab up(Variant variant, SwitchKind kind) {
        return up(ProcessHandle.current().pid() + "." + COUNT.incrementAndGet(), variant, kind, false);
    }

    /** A network of this name; {@code kept}: it stays when this process ends. */
    public static Lab up(String id, Variant variant, SwitchKind kind, boolean kept) {
        Inventory.sweep();
        Lab lab = new Lab(Inventory.create(id, variant.name(), kept), variant, kind, kept);
        try {
            lab.build();
            return lab;
        } catch (RuntimeException e) {
            lab.inventory.remove();
            throw e;
        }
    }

    private void build() {
        intents = Examples.copy(variant, inventory.dir());
        network = Network.build(inventory, variant);
        dataplane = Switches.start(kind, inventory, network.switchSpace(), NAME, DATAPATH);
        bird = Bird.start(
                inventory, network.router(), Addresses.CONTROLLER_OF_ROUTER, Addresses.CONTROLLER, Addresses.AS);
    }

    public Inventory inventory() {
        return inventory;
    }

    public Variant variant() {
        return variant;
    }

    public Network network() {
        return network;
    }

    /** The switch. */
    public LabSwitch dataplane() {
        return dataplane;
    }

    public Bird bird() {
        return bird;
    }

    /** The daemon; it runs once {@link #startDaemon} was called. */
    public Daemon daemon() {
        return daemon;
    }

    /** Starts the daemon, without any intent. */
    public Lab startDaemon() {
        return startDaemon(Map.of());
    }

    /** The same; {@code bgp} is that of {@link Daemon#start}. */
    public Lab startDaemon(Map<String, String> bgp) {
        daemon = Daemon.start(inventory, network.controller(), bgp);
        return this;
    }

    /** The first {@link #startSoftwareSwitch(int)}. */
    public NatatorSwitch startSoftwareSwitch() {
        return startSoftwareSwitch(1);
    }

    /**
     * A software switch beside the switch: port 1, {@code edge}, of the first one at port 3, {@code service}, of that one; of
     * the second one at port 4, {@code service2}.
     *
     * @param number from 1; the switch is {@code ss1}, {@code ss2} …, its datapath id one more
     */
    public NatatorSwitch startSoftwareSwitch(int number) {
        String link = "service" + (number == 1 ? "" : number);
        Namespace space = Namespace.create(inventory, link);
        network.switchSpace().wire(link, space, "edge");
        space.wire("mgmt", network.controller(), link);
        network.controller().ip("link", "set", link, "master", "mgmt");
        space.address("mgmt", "10.255.0." + (3 + number) + "/24");
        dataplane.addPort(link, SERVICE_PORT + number - 1);
        NatatorSwitch started = NatatorSwitch.start(inventory, space, "ss" + number, 1 + number, "1=edge");
        connect(started);
        return started;
    }

    /** Points the switch at the daemon. */
    public void connectSwitch() {
        connect(dataplane);
    }

    /** Points a switch at the daemon. */
    public void connect(LabSwitch pointed) {
        pointed.connect("tcp:" + Addresses.CONTROLLER + ":6653");
    }

    /** Takes another file of {@code docs/examples} for the one that describes this network. */
    public Lab describedBy(String example) {
        intents = Examples.copy(example, inventory.dir());
        return this;
    }

    /** Many hosts beside h1 and h2: the namespace has every address of {@link Addresses#CROWD}. */
    public Crowd startCrowd() {
        return new Crowd(network.crowd(inventory), Addresses.CLIENT);
    }

    /** The file that describes this network's device, neighbour and translations. */
    public Path intents() {
        return intents;
    }

    /** Of {@link #intents()}: device and neighbour. */
    public Path networkFile() {
        return Examples.part(intents, "network.yaml", false);
    }

    /** Of {@link #intents()}: the translations. */
    public Path moveFile() {
        return Examples.part(intents, "move.yaml", true);
    }

    @Override
    public void close() {
        inventory.remove();
        try {
            boolean _ = Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            // The process is ending: the hook is running, and finds nothing left.
        }
    }
}
