package io.natator.bgp.sim;

import io.natator.bgp.fsm.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Function;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * A network for two machines, with time of its own. While it is rough it delays (what is lost comes late: TCP sends it
 * again), refuses, doubles and cuts connections, with and without a word, and machines lose power.
 */
final class SimNetwork {
    static final long MILLI = Duration.ofMillis(1).toNanos();
    private static final int SLOW = 3_000;
    private static final int FAST = 20;
    /** A segment that is lost is sent again, and later again. */
    private static final int AGAIN = 4_000;

    /** Something that happens at a time; of one time, in order. */
    private record Due(long at, long order, Runnable what) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }

    /** One end of a TCP connection. */
    private static final class End {
        private final Machine owner;
        private final SimSpeaker speaker;
        private final int number;
        /** Null: nobody is there, and no packet comes back. */
        private End other;

        private boolean open = true;
        private long lastDelivery;

        End(Machine owner, int number) {
            this.owner = owner;
            this.speaker = owner.speaker;
            this.number = number;
        }
    }

    /** Where a speaker runs; one after another, for it may lose power. */
    final class Machine implements SimSpeaker.Wire {
        private final Function<SimSpeaker.Wire, SimSpeaker> start;
        private final Map<Integer, End> ends = new HashMap<>();
        private SimSpeaker speaker;
        private Machine neighbor;
        private boolean off;
        private Map<IpPrefix, IpAddress> wanted = Map.of();

        private Machine(Function<SimSpeaker.Wire, SimSpeaker> start) {
            this.start = start;
            speaker = start.apply(this);
        }

        SimSpeaker speaker() {
            return speaker;
        }

        Machine neighbor() {
            return neighbor;
        }

        Map<IpPrefix, IpAddress> wanted() {
            return wanted;
        }

        boolean isOff() {
            return off;
        }

        void want(Map<IpPrefix, IpAddress> routes) {
            wanted = routes;
            speaker.announce(Routes.of(routes));
            tick();
        }

        /** Lets the machine's time go on. */
        void tick() {
            SimSpeaker current = speaker;
            long deadline = current.deadline();
            if (!off && deadline < Long.MAX_VALUE) {
                at(Math.max(now, deadline), () -> {
                    if (current == speaker && !off && current.deadline() <= now) {
                        on(new Event.Tick());
                    }
                });
            }
        }

        void on(Event event) {
            speaker.on(event, now);
            tick();
        }

        /**
         * The process ends, and another begins a while later, with other routes.
         *
         * @param silently as if its power went away: no connection is closed
         */
        void restart(boolean silently, Map<IpPrefix, IpAddress> next) {
            off = true;
            for (End end : List.copyOf(ends.values())) {
                if (silently) {
                    end.open = false;
                } else {
                    closed(end);
                }
            }
            ends.clear();
            at(now + random.nextInt(20_000) * MILLI, () -> {
                off = false;
                speaker = start.apply(this);
                on(new Event.Tick());
                // It learns what is translated when it has been up for a while.
                SimSpeaker current = speaker;
                at(now + random.nextInt(5_000) * MILLI, () -> {
                    if (speaker == current && !off) {
                        want(next);
                    }
                });
            });
        }

        /** A connection breaks; each side is told in its own time, or finds out by itself. */
        void cut(boolean silently) {
            List<End> all = new ArrayList<>(ends.values());
            if (all.isEmpty()) {
                return;
            }
            End end = all.get(random.nextInt(all.size()));
            End there = end.other;
            if (silently) {
                end.other = null;
                if (there != null) {
                    there.other = null;
                }
                return;
            }
            lost(end);
            if (there != null) {
                at(now + delay(), () -> lost(there));
            }
        }

        private void lost(End end) {
            if (end.open && end.owner.ends.remove(end.number, end)) {
                end.open = false;
                end.owner.on(new Event.Lost(end.number, "closed"));
            }
        }

        @Override
        public void dial(int connection) {
            End here = new End(this, connection);
            ends.put(connection, here);
            at(now + delay(), () -> {
                if (!ends.containsValue(here)) {
                    return;
                }
                if (neighbor.off || (rough && random.nextInt(4) == 0)) {
                    lost(here);
                    return;
                }
                boolean twice = rough && random.nextInt(4) == 0;
                boolean first = random.nextBoolean();
                if (twice && first) {
                    accepted(new End(neighbor, neighbor.speaker.newConnection()));
                }
                End there = new End(neighbor, neighbor.speaker.newConnection());
                here.other = there;
                there.other = here;
                accepted(there);
                if (twice && !first) {
                    at(now + delay(), () -> {
                        if (!neighbor.off) {
                            accepted(new End(neighbor, neighbor.speaker.newConnection()));
                        }
                    });
                }
                if (ends.containsValue(here)) {
                    on(new Event.Connected(connection));
                }
            });
        }

        private void accepted(End end) {
            end.owner.ends.put(end.number, end);
            end.owner.on(new Event.Accepted(end.number));
        }

        @Override
        public void send(int connection, byte[] message) {
            End end = ends.get(connection);
            if (end == null || !end.open || end.other == null) {
                return;
            }
            End there = end.other;
            there.lastDelivery = Math.max(there.lastDelivery, now + delay());
            at(there.lastDelivery, () -> {
                boolean cut = there.other == null;
                if (there.open && there.speaker == there.owner.speaker && !there.owner.off) {
                    if (!cut) {
                        there.speaker.receive(there.number, message, now);
                        there.owner.tick();
                    }
                } else if (!cut && !there.owner.off) {
                    // A kernel that knows nothing of the connection says so.
                    at(now + delay(), () -> lost(end));
                }
            });
        }

        @Override
        public void close(int connection) {
            End end = ends.remove(connection);
            if (end != null) {
                closed(end);
            }
        }

        /** What was sent before still arrives. */
        private void closed(End end) {
            if (!end.open) {
                return;
            }
            end.open = false;
            End there = end.other;
            if (there != null) {
                at(Math.max(there.lastDelivery, now + delay()), () -> {
                    if (there.other != null) {
                        lost(there);
                    }
                });
            }
        }
    }

    private final Random random;
    private final PriorityQueue<Due> agenda = new PriorityQueue<>();
    private long now;
    private long order;
    private boolean rough = true;

    SimNetwork(Random random) {
        this.random = random;
    }

    /** Two machines that know each other; nothing has happened yet. */
    List<Machine> machines(Function<SimSpeaker.Wire, SimSpeaker> first, Function<SimSpeaker.Wire, SimSpeaker> second) {
        Machine one = new Machine(first);
        Machine two = new Machine(second);
        one.neighbor = two;
        two.neighbor = one;
        return List.of(one, two);
    }

    long now() {
        return now;
    }

    boolean isRough() {
        return rough;
    }

    /** From now on nothing goes wrong any more. */
    void calmDown() {
        rough = false;
    }

    void at(long time, Runnable what) {
        agenda.add(new Due(time, order++, what));
    }

    /** Lets time pass. */
    void run(long until) {
        while (now < until && !agenda.isEmpty()) {
            Due due = agenda.remove();
            now = due.at();
            due.what().run();
        }
    }

    private long delay() {
        int most = rough ? SLOW : FAST;
        int again = rough && random.nextInt(20) == 0 ? AGAIN : 0;
        return (1 + random.nextInt(most) + again) * MILLI;
    }
}
