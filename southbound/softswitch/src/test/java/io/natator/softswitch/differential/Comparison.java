package io.natator.softswitch.differential;

import io.natator.softswitch.differential.Scenario.Packet;
import io.natator.softswitch.flow.Modification;
import io.natator.softswitch.flow.Modification.FlowMod;
import io.natator.softswitch.flow.Modification.GroupMod;
import io.natator.softswitch.trace.Arrival;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The same scenario through both switches. */
final class Comparison implements AutoCloseable {
    /** Every packet is sent so often: the first time it is looked up, then a cache knows it. */
    private static final int ROUNDS = 2;

    private static final int PACKETS = 20;
    /** Open vSwitch's dummy ports lose what is more than 100 frames at once: few packets are under way. */
    private static final int AT_ONCE = 10;

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final String SENTINEL = "0".repeat(24) + Integer.toHexString(RandomRules.SENTINEL_TYPE);

    private final OpenVSwitch ovs = new OpenVSwitch(RandomPackets.PORTS);
    private final Ours ours = new Ours(RandomPackets.PORTS);
    private int nextId;
    private int compared;
    private int departed;

    static Scenario scenario(long seed) {
        Random random = new Random(seed);
        List<Packet> packets = new RandomPackets(random).next(PACKETS);
        return new Scenario(new RandomRules(random, packets).next(), packets);
    }

    /** Packets that were sent through both. */
    int compared() {
        return compared;
    }

    /** Packets that left a port. */
    int departed() {
        return departed;
    }

    /** Says how the switches differ; empty if they do not. */
    String differences(Scenario scenario) throws IOException {
        ovs.install(scenario.changes());
        ours.install(scenario.changes());
        List<Arrival> arrivals = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            scenario.packets().forEach(p -> arrivals.add(p.arrival()));
        }
        List<List<Departure>> own = throughOurs(arrivals);
        List<List<Departure>> theirs = throughTheirs(arrivals, AT_ONCE);
        compared += own.size();
        departed += (int) own.stream().filter(some -> !some.isEmpty()).count();
        if (!own.equals(theirs)) {
            theirs = throughTheirs(arrivals, 1); // maybe it lost some
        }
        for (int i = 0; i < arrivals.size(); i++) {
            if (!own.get(i).equals(theirs.get(i)) && !own.get(i).equals(afresh(arrivals.get(i)))) {
                return describe(scenario, arrivals.get(i), theirs.get(i), own.get(i));
            }
        }
        return "";
    }

    /** What Open vSwitch does with a packet that it looks up: what it remembers of others may be wider than what it does to them. */
    private List<Departure> afresh(Arrival arrival) throws IOException {
        ovs.forget();
        return throughTheirs(List.of(arrival), 1).getFirst();
    }

    private List<List<Departure>> throughOurs(List<Arrival> arrivals) {
        int first = nextId;
        for (Arrival arrival : arrivals) {
            ours.send(arrival.inPort(), RandomPackets.numbered(arrival.frame(), nextId++));
        }
        return byPacket(ours.poll(), first, arrivals.size());
    }

    private List<List<Departure>> throughTheirs(List<Arrival> arrivals, int atOnce) throws IOException {
        int first = nextId;
        List<Departure> left = new ArrayList<>();
        for (int i = 0; i < arrivals.size(); i++) {
            Arrival arrival = arrivals.get(i);
            ovs.send(arrival.inPort(), RandomPackets.numbered(arrival.frame(), nextId++));
            if ((i + 1) % atOnce == 0 || i + 1 == arrivals.size()) {
                collect(left);
            }
        }
        return byPacket(left, first, arrivals.size());
    }

    /** All that Open vSwitch sends until each port has seen the last packet of each. */
    private void collect(List<Departure> left) throws IOException {
        byte[] sentinel = HexFormat.of().parseHex(SENTINEL + "0".repeat(92));
        for (int port = 1; port <= RandomPackets.PORTS; port++) {
            ovs.send(port, sentinel);
        }
        int waiting = RandomPackets.PORTS * RandomPackets.PORTS;
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (waiting > 0 && System.nanoTime() < until) {
            List<Departure> some = ovs.poll();
            for (Departure departure : some) {
                if (departure.hex().startsWith(SENTINEL)) {
                    waiting--;
                } else {
                    left.add(departure);
                }
            }
            if (some.isEmpty()) {
                LockSupport.parkNanos(50_000);
            }
        }
    }

    /** What became of each packet, without what tells packets apart. */
    private static List<List<Departure>> byPacket(List<Departure> all, int first, int count) {
        List<List<Departure>> byPacket = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byPacket.add(new ArrayList<>());
        }
        for (Departure departure : all) {
            String hex = departure.hex();
            int end = hex.length() - 2 * RandomPackets.ID;
            int index = HexFormat.fromHexDigits(hex, end, hex.length()) - first;
            if (index >= 0 && index < count) {
                byPacket.get(index).add(new Departure(departure.port(), hex.substring(0, end)));
            }
        }
        byPacket.forEach(Collections::sort);
        return byPacket;
    }

    private String describe(Scenario scenario, Arrival arrival, List<Departure> theirs, List<Departure> own) {
        StringBuilder text = new StringBuilder("\n");
        for (Modification mod : scenario.changes()) {
            String line = switch (mod) {
                case FlowMod flow -> OvsText.flow(flow);
                case GroupMod group -> OvsText.group(group);
                default -> mod.toString();
            };
            text.append(line).append('\n');
        }
        return text.append("packet at port %d: %s%n"
                        .formatted(arrival.inPort(), HexFormat.of().formatHex(arrival.frame())))
                .append("Open vSwitch sends " + lines(theirs))
                .append("this switch sends  " + lines(own))
                .append(ovs.trace(arrival))
                .append('\n')
                .append(ours.trace(arrival))
                .toString();
    }

    private static String lines(List<Departure> departures) {
        StringBuilder text = new StringBuilder(departures.isEmpty() ? "nothing\n" : "\n");
        departures.forEach(d -> text.append("  port ")
                .append(d.port())
                .append(": ")
                .append(d.hex())
                .append('\n'));
        return text.toString();
    }

    @Override
    public void close() {
        ovs.close();
        ours.close();
    }
}
