package io.natator.lab.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.natator.lab.LabException;
import io.natator.lab.net.Inventory;
import io.natator.lab.net.Named;
import io.natator.lab.net.Namespace;
import io.natator.lab.net.TaughtSwitch;
import io.natator.lab.traffic.Crowd;
import io.natator.lab.traffic.HttpSite;
import io.natator.lab.traffic.UdpEcho;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.rule.Actions;
import io.natator.model.rule.AddressField;
import io.natator.model.rule.Match;
import io.natator.model.rule.Rule;
import io.natator.model.session.PoolUse;
import io.natator.model.session.Share;
import io.natator.model.session.Share.Direction;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.instructions.Instructions;

/**
 * NAPT by the software switch alone, between kernels: {@code hosts} (all of 10.1.0.0/16) – switch – {@code router} (192.0.2.1) –
 * {@code server} (203.0.113.2), behind a link of 1,280 octets. The switch rewrites addresses and ports, not MACs. Outside
 * addresses are 198.51.100.0/28. The server serves HTTP, names by BIND, and the echo. One such network for all tests of a class.
 */
final class NaptNet implements BeforeAllCallback, AfterAllCallback {
    static final IpPrefix INSIDE = IpPrefix.valueOf("10.1.0.0/16");
    static final IpPrefix POOL = IpPrefix.valueOf("198.51.100.0/28");
    static final String SERVER = "203.0.113.2";
    static final String ROUTER = "192.0.2.1";
    static final MacAddress HOST_MAC = MacAddress.valueOf("02:00:00:00:01:01");
    static final MacAddress ROUTER_MAC = MacAddress.valueOf("02:00:00:00:01:02");

    private final Random random = new Random(seed());
    private Inventory inventory;
    private Namespace hosts;
    private Namespace router;
    private Namespace server;
    private TaughtSwitch napt;
    private Crowd crowd;
    private HttpSite http;
    private UdpEcho echo;

    private static long seed() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        System.out.println("natator.seed=" + seed);
        return seed;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Inventory.sweep();
        inventory = Inventory.create(ProcessHandle.current().pid() + ".napt", "NAPT", false);
        hosts = Namespace.create(inventory, "hosts");
        Namespace middle = Namespace.create(inventory, "switch");
        router = Namespace.create(inventory, "router");
        server = Namespace.create(inventory, "server");
        link(hosts, "eth0", HOST_MAC, middle, "inside");
        link(router, "eth0", ROUTER_MAC, middle, "outside");
        link(router, "eth1", MacAddress.valueOf("02:00:00:00:02:01"), server, "eth0");
        router.ip("link", "set", "eth1", "mtu", "1280");
        server.ip("link", "set", "eth0", "mtu", "1280");
        hosts.address("eth0", "10.1.255.254/32");
        hosts.ip("route", "add", "local", INSIDE.toString(), "dev", "lo");
        hosts.ip("route", "add", "default", "via", ROUTER, "dev", "eth0", "onlink");
        hosts.ip("neigh", "add", ROUTER, "lladdr", ROUTER_MAC.toString(), "dev", "eth0");
        router.forward();
        router.address("eth0", ROUTER + "/24");
        router.address("eth1", "203.0.113.1/24");
        router.ip("neigh", "add", "192.0.2.2", "lladdr", HOST_MAC.toString(), "dev", "eth0");
        router.route(POOL.toString(), "192.0.2.2");
        server.address("eth0", SERVER + "/24");
        server.ip("route", "add", "default", "via", "203.0.113.1");
        napt = TaughtSwitch.start(
                inventory,
                middle,
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseSerialGC"),
                "1=inside,2=outside");
        teach(Pool.DEFAULT, POOL);
        Named.start(inventory, server, SERVER);
        http = HttpSite.serve(server);
        echo = UdpEcho.serve(server);
        crowd = new Crowd(hosts, SERVER);
    }

    private static void link(Namespace one, String device, MacAddress mac, Namespace other, String port) {
        one.ip(
                "link",
                "add",
                device,
                "address",
                mac.toString(),
                "type",
                "veth",
                "peer",
                "name",
                port,
                "netns",
                other.name());
        one.ip("link", "set", device, "up");
        other.ip("link", "set", port, "up");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (inventory == null) {
            return;
        }
        try {
            if (echo != null) {
                http.close();
                echo.close();
            }
            if (napt != null) {
                napt.close();
            }
        } finally {
            inventory.remove();
        }
    }

    Namespace hosts() {
        return hosts;
    }

    Namespace router() {
        return router;
    }

    Namespace server() {
        return server;
    }

    TaughtSwitch napt() {
        return napt;
    }

    /** The hosts, who speak to the server. */
    Crowd crowd() {
        return crowd;
    }

    /** The hosts share these outside addresses in this manner from now on. */
    void teach(Pool pool, IpPrefix outside) {
        teach(new Share(1, "napt", Kind.NAPT, INSIDE, List.of(outside), List.of(), false, pool));
    }

    /** Share 1 is this from now on. */
    void teach(Share share) {
        napt.teach(List.of(share), rules());
    }

    private static List<Rule> rules() {
        Match ip = Match.any().ip(true);
        return List.of(
                rule(0, 10, ip.inPort(1), Actions.goTo(1).after(Actions.translate(1, Direction.TO_OUTSIDE))),
                rule(
                        0,
                        10,
                        ip.inPort(2).address(AddressField.IPV4_DST, POOL),
                        Actions.goTo(1).after(Actions.translate(1, Direction.TO_INSIDE))),
                rule(
                        1,
                        20,
                        ip.inPort(1).address(AddressField.IPV4_DST, INSIDE),
                        Actions.apply(
                                Instructions.modL2Src(ROUTER_MAC),
                                Instructions.modL2Dst(HOST_MAC),
                                Instructions.createOutput(PortNumber.IN_PORT))),
                rule(1, 10, ip.inPort(1), Actions.output(2)),
                rule(1, 10, ip.inPort(2), Actions.output(1)));
    }

    private static Rule rule(int table, int priority, Match match, Actions actions) {
        return new Rule("napt", table, priority, match, actions);
    }

    static boolean isInPool(InetSocketAddress address) {
        return POOL.contains(IpAddress.valueOf(address.getAddress()));
    }

    byte[] payload(int octets) {
        byte[] payload = new byte[octets];
        random.nextBytes(payload);
        return payload;
    }

    PoolUse use() {
        try {
            return napt.sessions()
                    .use(TaughtSwitch.DATAPATH)
                    .get(30, TimeUnit.SECONDS)
                    .getFirst();
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new LabException("no use: " + e, e);
        }
    }

    /** Packets that got no session for a reason since the switch's start. */
    long refused(String why) {
        return use().refused().getOrDefault(why, 0L);
    }

    /** One of the switch's counters: {@code docs/counters.md}. */
    long counter(String name) {
        try {
            return new ObjectMapper()
                    .readTree(String.join("", napt.ask("json dump-counters")))
                    .path(name)
                    .asLong();
        } catch (IOException e) {
            throw new LabException("the switch's counters cannot be read: " + e.getMessage(), e);
        }
    }
}
