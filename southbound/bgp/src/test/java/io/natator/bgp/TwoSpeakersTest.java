package io.natator.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.bgp.codec.Decoded;
import io.natator.bgp.codec.Decoder;
import io.natator.bgp.codec.Encoder;
import io.natator.bgp.codec.Family;
import io.natator.bgp.codec.Update;
import io.natator.bgp.codec.UpdateContext;
import io.natator.bgp.fsm.Action;
import io.natator.bgp.fsm.Event;
import io.natator.bgp.fsm.Peer;
import io.natator.bgp.fsm.Settings;
import io.natator.bgp.fsm.Timers;
import io.natator.bgp.ribout.Rib;
import io.natator.bgp.ribout.RibOut;
import io.natator.model.compile.Announcement;
import io.natator.model.peering.Peering;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * Two speakers on a simulated network that delays, refuses and cuts connections while both change their routes: once
 * it is quiet, each holds exactly what the other announces.
 */
class TwoSpeakersTest {
    private static final long MILLI = Duration.ofMillis(1).toNanos();
    private static final long CHAOS = Duration.ofMinutes(5).toNanos();
    private static final long QUIET = Duration.ofMinutes(10).toNanos();

    /** Something that happens at a time; of one time, in order. */
    private record Due(long at, long order, Runnable what) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }

    /** One end of a TCP connection. */
    private static final class End {
        private final Speaker owner;
        private final int number;
        private End other;
        private boolean open = true;
        private long lastDelivery;
        private UpdateContext context = new UpdateContext(true, false);

        End(Speaker owner, int number) {
            this.owner = owner;
            this.number = number;
        }
    }

    private final class Speaker {
        private final String name;
        private final Peer peer;
        private final Peering peering;
        private final Rib rib = new Rib();
        private final RibOut out;
        private final Map<Integer, End> ends = new HashMap<>();
        private final Map<IpPrefix, IpAddress> heard = new LinkedHashMap<>();
        private Map<IpPrefix, IpAddress> wanted = Map.of();
        private Optional<Integer> up = Optional.empty();
        private Speaker neighbor;

        Speaker(String name, long localAs, long peerAs, int routerId) {
            this.name = name;
            peering = Peering.between(localAs, peerAs).withHoldTime(Duration.ofSeconds(9));
            Settings settings = new Settings(peering, routerId, Timers.DEFAULT);
            peer = new Peer(settings, new SplittableRandom(random.nextLong()), 0);
            out = rib.neighbor("other");
        }

        void on(Event event) {
            peer.on(event, now).forEach(this::act);
            long deadline = peer.deadline();
            if (deadline < Long.MAX_VALUE) {
                at(Math.max(now, deadline), () -> {
                    if (peer.deadline() <= now) {
                        on(new Event.Tick());
                    }
                });
            }
        }

        private void act(Action action) {
            switch (action) {
                case Action.Dial(int connection) -> dial(connection);
                case Action.Send(int connection, var message) -> send(connection, Encoder.encode(message));
                case Action.Close(int connection) -> close(ends.remove(connection));
                case Action.Up(int connection, var negotiated) -> {
                    up = Optional.of(connection);
                    ends.get(connection).context = negotiated.context();
                    heard.clear();
                    out.up(peering, negotiated);
                    at(now, this::pump);
                }
                case Action.Down down -> {
                    up = Optional.empty();
                    out.down();
                    heard.clear();
                }
                case Action.Deliver(int connection, Update update) -> {
                    assertThat(update.withdrawnBecause()).isEmpty();
                    update.withdrawn().forEach(heard::remove);
                    update.announced()
                            .forEach(prefix -> heard.put(
                                    prefix,
                                    update.attributes().orElseThrow().nextHop().orElseThrow()));
                }
                case Action.Refresh(Family family) -> out.refresh(family);
                case Action.Report report -> {}
            }
        }

        private void dial(int connection) {
            End here = new End(this, connection);
            ends.put(connection, here);
            at(now + delay(), () -> {
                if (!ends.containsValue(here)) {
                    return;
                }
                if (chaos() && random.nextInt(3) == 0) {
                    ends.remove(connection);
                    on(new Event.Lost(connection, "refused"));
                    return;
                }
                End there = new End(neighbor, neighbor.peer.newConnection());
                here.other = there;
                there.other = here;
                neighbor.ends.put(there.number, there);
                neighbor.on(new Event.Accepted(there.number));
                on(new Event.Connected(connection));
            });
        }

        private void send(int connection, byte[] message) {
            End end = ends.get(connection);
            if (end == null || !end.open || end.other == null) {
                return;
            }
            End there = end.other;
            there.lastDelivery = Math.max(there.lastDelivery, now + delay());
            at(there.lastDelivery, () -> there.owner.receive(there, message));
        }

        private void receive(End end, byte[] message) {
            if (!end.open || ends.get(end.number) != end) {
                return;
            }
            switch (Decoder.decode(message, end.context)) {
                case Decoded.Ok(var decoded) -> on(new Event.Received(end.number, decoded));
                case Decoded.Malformed malformed -> throw new AssertionError(name + ": " + malformed);
            }
        }

        /** What was sent before still arrives. */
        private void close(End end) {
            if (end == null || !end.open) {
                return;
            }
            end.open = false;
            End there = end.other;
            if (there != null) {
                at(Math.max(there.lastDelivery, now + delay()), () -> there.owner.lost(there));
            }
        }

        private void lost(End end) {
            if (end.open && ends.remove(end.number, end)) {
                end.open = false;
                on(new Event.Lost(end.number, "closed"));
            }
        }

        void want(Map<IpPrefix, IpAddress> paths) {
            wanted = paths;
            rib.replace(paths.entrySet().stream()
                    .map(one -> new Announcement(one.getKey(), one.getValue(), List.of(), List.of(), List.of("t")))
                    .toList());
            pump();
        }

        private void pump() {
            if (up.isEmpty()) {
                return;
            }
            for (Optional<byte[]> next = out.next(); next.isPresent(); next = out.next()) {
                send(up.get(), next.get());
            }
        }
    }

    private Random random = new Random();
    private final PriorityQueue<Due> agenda = new PriorityQueue<>();
    private long now;
    private long order;

    private void at(long time, Runnable what) {
        agenda.add(new Due(time, order++, what));
    }

    private boolean chaos() {
        return now < CHAOS;
    }

    private long delay() {
        return (1 + random.nextInt(chaos() ? 3_000 : 20)) * MILLI;
    }

    private Map<IpPrefix, IpAddress> someRoutes() {
        Map<IpPrefix, IpAddress> routes = new LinkedHashMap<>();
        int count = random.nextInt(1_000);
        for (int i = 0; i < count; i++) {
            int number = random.nextInt(1_500);
            boolean ipv4 = random.nextBoolean();
            IpPrefix prefix = ipv4
                    ? IpPrefix.valueOf(0x0a000000 + number, 32)
                    : IpPrefix.valueOf("2001:db8::" + Integer.toHexString(number) + "/128");
            String nextHop = (ipv4 ? "192.0.2." : "2001:db8:ffff::") + (1 + random.nextInt(3));
            routes.put(prefix, IpAddress.valueOf(nextHop));
        }
        return routes;
    }

    private void disturb(Speaker one, Speaker two) {
        if (!chaos()) {
            return;
        }
        Speaker speaker = random.nextBoolean() ? one : two;
        if (random.nextInt(4) == 0) {
            Deque<End> ends = new ArrayDeque<>(speaker.ends.values());
            if (!ends.isEmpty() && ends.peek().other != null) {
                End end = ends.peek();
                speaker.lost(end);
                at(now + delay(), () -> end.other.owner.lost(end.other));
            }
        } else {
            speaker.want(someRoutes());
        }
        at(now + random.nextInt(10_000) * MILLI, () -> disturb(one, two));
    }

    private void simulate(long seed) {
        random = new Random(seed);
        agenda.clear();
        now = 0;
        Speaker one = new Speaker("one", 65000, 65001, 1 + random.nextInt(2));
        Speaker two = new Speaker("two", 65001, 65000, 1 + random.nextInt(2));
        one.neighbor = two;
        two.neighbor = one;
        one.want(someRoutes());
        two.want(someRoutes());
        one.on(new Event.Tick());
        two.on(new Event.Tick());
        at(0, () -> disturb(one, two));
        while (now < QUIET && !agenda.isEmpty()) {
            Due due = agenda.remove();
            now = due.at();
            due.what().run();
        }
        for (Speaker speaker : List.of(one, two)) {
            assertThat(speaker.up).as("seed %d: %s is up", seed, speaker.name).isPresent();
            assertThat(speaker.heard)
                    .as("seed %d: what %s heard", seed, speaker.name)
                    .isEqualTo(speaker.neighbor.wanted);
        }
    }

    @Test
    void convergeWhateverHappened() {
        long first = System.nanoTime();
        for (int run = 0; run < 25; run++) {
            simulate(first + run);
        }
    }
}
