package io.natator.lab.demo;

import static io.natator.lab.topology.Addresses.CLIENT;
import static io.natator.lab.topology.Addresses.CROWD;
import static io.natator.lab.topology.Addresses.POOL;

import io.natator.lab.LabException;
import io.natator.lab.net.Named;
import io.natator.lab.net.Namespace;
import io.natator.lab.net.NatatorSwitch;
import io.natator.lab.net.SwitchKind;
import io.natator.lab.net.Wait;
import io.natator.lab.topology.Lab;
import io.natator.lab.traffic.Crowd;
import io.natator.lab.traffic.Download;
import io.natator.lab.traffic.HttpSite;
import io.natator.lab.traffic.Pinger;
import io.natator.v1.ListPoolUseRequest;
import io.natator.v1.PoolUse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Scenario {@code napt}: a thousand hosts by a pool on a software switch, a static block by the rules of the switch. */
final class Napt {
    private static final int HOSTS = 1000;
    private static final int PINGERS = 20;
    private static final int STATIC_PINGS = 50;
    private static final String FIXED_OUTSIDE = "192.168.3.0/28";
    private static final String H1_FIXED = "192.168.3.10";

    private final Stage stage;
    private final Narrator narrator;
    private final Lab lab;
    private Crowd crowd;
    private InetSocketAddress lastSeen;

    Napt(Stage stage) {
        this.stage = stage;
        this.narrator = stage.narrator();
        this.lab = stage.lab();
    }

    void run() {
        if (lab.dataplane().kind() != SwitchKind.OVS) {
            throw new LabException(
                    "this scenario shows a software switch beside Open vSwitch: install openvswitch-switch,"
                            + " and leave --switch out");
        }
        Namespace client = stage.network().client();
        lab.describedBy("crowd.yaml");
        NatatorSwitch _ = lab.startSoftwareSwitch();
        crowd = lab.startCrowd();
        Named.start(lab.inventory(), client, CLIENT);
        try (HttpSite _ = HttpSite.serve(client);
                HttpSite _ = HttpSite.serve(stage.network().h1())) {
            narrator.step("Both switches and the router are known to Natator");
            stage.connect();
            stage.api()
                    .awaitDevice(
                            Lab.SERVICE_NAME,
                            Stage.SOON,
                            "connected",
                            d -> d.getStatus().getConnected());
            narrator.step("Plan: what would change?");
            stage.natator("plan", "--max", "6", "-f", lab.moveFile().toString());
            placement();
            narrator.step("The routes, as the router has them");
            stage.routes(FIXED_OUTSIDE, POOL);
            talk();
            sessions();
            beside();
            narrator.step("Remove: withdraw, drain, delete the rules");
            stage.remove("fixed", "shared");
        }
    }

    private void placement() {
        narrator.step("Apply: who does which part, and why");
        stage.move("fixed", "shared");
        for (String translation : List.of("fixed", "shared")) {
            String placement = stage.api()
                    .translation(translation)
                    .orElseThrow()
                    .getStatuses(0)
                    .getPlacement();
            stage.result().put("placement_" + translation, placement);
            narrator.say(translation + ": " + placement);
        }
    }

    private void talk() {
        narrator.step("%,d hosts of %s speak to %s".formatted(HOSTS, CROWD, CLIENT));
        stage.result().put("hosts", HOSTS);
        long start = System.nanoTime();
        List<InetSocketAddress> http = Crowd.each(HOSTS, crowd::get);
        stage.result().put("http_seconds", Stage.seconds(start));
        Set<InetSocketAddress> seen = new HashSet<>(http);
        Set<InetAddress> addresses =
                seen.stream().map(InetSocketAddress::getAddress).collect(Collectors.toSet());
        stage.result().put("http_answers", http.size());
        stage.result().put("outside_addresses", addresses.size());
        lastSeen = http.getLast();
        narrator.check(
                seen.size() == HOSTS && addresses.stream().allMatch(Napt::isOfPool),
                "HTTP: %,d requests, seen as %,d different ports of %d addresses, all of %s"
                        .formatted(http.size(), seen.size(), addresses.size(), POOL));

        start = System.nanoTime();
        List<InetAddress> names = Crowd.each(
                HOSTS, host -> crowd.resolve(host, host.getHostAddress().replace('.', '-') + "." + Named.ZONE));
        stage.result().put("dns_seconds", Stage.seconds(start));
        stage.result().put("dns_answers", names.size());
        narrator.check(
                names.stream().allMatch(a -> a.getHostAddress().equals(CLIENT)),
                "DNS over UDP: %,d questions to BIND, %,d right answers".formatted(HOSTS, names.size()));

        long answered =
                Crowd.each(PINGERS, crowd::pings).stream().filter(ok -> ok).count();
        stage.result().put("pinging_hosts", PINGERS);
        stage.result().put("pinging_hosts_answered", answered);
        narrator.check(answered == PINGERS, "ping: %d hosts, 3 each, all answered: %d".formatted(PINGERS, answered));
        narrator.check(
                Pinger.ping(stage.network().client(), Crowd.host(0).getHostAddress(), 2)
                                .received()
                        == 0,
                "nobody outside finds a way in");
    }

    private static boolean isOfPool(InetAddress address) {
        return IpPrefix.valueOf(POOL).contains(IpAddress.valueOf(address));
    }

    private void sessions() {
        narrator.step("Who is who, and how full is the pool?");
        String last = Crowd.host(HOSTS - 1).getHostAddress();
        String _ = stage.told(6, "sessions", "--inside", last, "-o", "wide");
        String outside = lastSeen.getAddress().getHostAddress() + ":" + lastSeen.getPort();
        String who = stage.told(6, "whois", outside, "--protocol", "tcp");
        narrator.check(who.contains(last + ":"), "whois: " + outside + " was " + last);
        String _ = stage.told(12, "sessions", "use", "-o", "wide");
        PoolUse use = stage.api()
                .sessions()
                .listPoolUse(ListPoolUseRequest.getDefaultInstance())
                .getPools(0);
        stage.result().put("sessions", use.getSessions());
        stage.result().put("sessions_created", use.getCreated());
        stage.result().put("ports", use.getPorts());
        stage.result().put("ports_used", use.getPortsUsed());
        stage.result()
                .put(
                        "refused",
                        use.getRefusedMap().values().stream().mapToLong(n -> n).sum());
        narrator.check(use.getCreated() >= 2 * HOSTS, "%,d sessions were made".formatted(use.getCreated()));
    }

    /** What the static block's packets do not do: visit the software switch. */
    private void beside() {
        narrator.step("Beside it: the static block, by rules of s1 alone");
        stage.ping(stage.network().client(), H1_FIXED, "client -> h1 at its outside address");
        long service = packets(served());
        long rules = packets(fixed());
        Pinger.Report report = Pinger.ping(stage.network().client(), H1_FIXED, STATIC_PINGS);
        Download.Result file = Download.file(stage.network().client(), H1_FIXED, 1_000_000);
        narrator.check(
                report.lost().isEmpty() && file.bytes() == 1_000_000,
                "%d pings, %d lost, and 1 MB by HTTP"
                        .formatted(report.sent(), report.lost().size()));
        narrator.command("ovs-ofctl dump-flows s1   # the rules of the static block");
        // Open vSwitch counts what its fast path did about once a second.
        Wait.until("the rules to have counted", Stage.SOON, () -> packets(fixed()) - rules >= 2 * STATIC_PINGS);
        narrator.output(String.join("\n", fixed()), 4);
        long counted = packets(fixed()) - rules;
        long visited = packets(served()) - service;
        stage.result().put("static_ping_sent", report.sent());
        stage.result().put("static_ping_lost", report.lost().size());
        stage.result().put("static_packets_by_rules", counted);
        stage.result().put("static_packets_by_software_switch", visited);
        narrator.check(
                visited == 0, "%,d packets by rules, %d sent to the software switch".formatted(counted, visited));
    }

    /** Rules of the static block that translate. */
    private List<String> fixed() {
        return block("load:");
    }

    /** Rules of the static block that ask the software switch. */
    private List<String> served() {
        return block("push_vlan:");
    }

    private List<String> block(String action) {
        return lab.dataplane().flows().stream()
                .filter(flow -> flow.contains("nw_dst=" + FIXED_OUTSIDE) || flow.contains("nw_src=192.168.2.0/28"))
                .filter(flow -> flow.contains(action))
                .map(flow -> flow.substring(flow.indexOf("table=")))
                .toList();
    }

    private static long packets(List<String> flows) {
        return flows.stream()
                .mapToLong(flow -> Long.parseLong(flow.replaceAll(".*n_packets=([0-9]+).*", "$1")))
                .sum();
    }
}
