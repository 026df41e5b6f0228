package io.natator.bgp.bfd;

import io.natator.bgp.Counter;
import io.natator.bgp.Counters;
import io.natator.bgp.bfd.codec.BfdState;
import io.natator.bgp.bfd.codec.ControlPacket;
import io.natator.bgp.bfd.codec.Parsed;
import io.natator.bgp.bfd.fsm.BfdAction;
import io.natator.bgp.bfd.fsm.BfdSession;
import io.natator.bgp.bfd.fsm.BfdSettings;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All BFD sessions, on one thread: it waits for packets and for the nearest deadline, whichever comes first.
 *
 * <pre>
 *   anyone ── sessions() ──▶ queue ──▶ thread "bfd": machines, sockets ──▶ BfdListener
 * </pre>
 */
public final class BfdSessions implements AutoCloseable {
    /** What is beyond is not watched, and said so. */
    static final int MOST = 4096;

    private static final Logger LOG = LoggerFactory.getLogger(BfdSessions.class);
    private static final int FIRST_PORT = 49152;
    private static final int PORTS = 16384;
    /** Packets taken from one socket before timers get their turn. */
    private static final int BATCH = 256;

    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(10);
    private static final long RETRY = TimeUnit.SECONDS.toNanos(5);

    private record Door(int family, boolean multihop, Optional<String> device) {}

    private final Counters counters;
    private final BfdListener listener;
    private final SplittableRandom random;
    private final int wakeUp;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    // All below belongs to the thread.
    private final Map<Door, Receiver> receivers = new LinkedHashMap<>();
    private final Map<String, Watched> byNeighbor = new LinkedHashMap<>();
    private final Map<Integer, Watched> byDiscriminator = new HashMap<>();
    private Map<String, Target> wanted = Map.of();
    private long retryAt = Long.MAX_VALUE;
    private int nextPort;
    private boolean closing;

    private BfdSessions(Counters counters, BfdListener listener, long seed) throws IOException {
        this.counters = counters;
        this.listener = listener;
        this.random = new SplittableRandom(seed);
        this.wakeUp = Sockets.eventFd();
        this.nextPort = random.nextInt(PORTS);
        this.thread = Thread.ofPlatform().name("bfd").daemon().unstarted(this::run);
    }

    /**
     * Starts the thread; sockets are opened when there is a session for them.
     *
     * @param seed of discriminators, ports and jitter
     * @throws IOException if the system gives no descriptor
     */
    public static BfdSessions start(Counters counters, BfdListener listener, long seed) throws IOException {
        BfdSessions sessions = new BfdSessions(counters, listener, seed);
        sessions.thread.start();
        return sessions;
    }

    /** The complete set of neighbours to be watched; sessions whose path is the same stay up. */
    public void sessions(Collection<Target> complete) {
        List<Target> targets = List.copyOf(complete);
        execute(() -> want(targets));
    }

    private void execute(Runnable task) {
        tasks.add(task);
        Sockets.wake(wakeUp);
    }

    private void want(List<Target> targets) {
        Map<String, Target> next = new LinkedHashMap<>();
        targets.forEach(target -> next.put(target.id(), target));
        wanted = next;
        long now = System.nanoTime();
        for (Watched watched : List.copyOf(byNeighbor.values())) {
            Target target = next.get(watched.target().id());
            if (target == null || !target.samePath(watched.target())) {
                byNeighbor.remove(watched.target().id());
                carryOut(watched, watched.session().stop(now));
            } else if (!target.equals(watched.target())) {
                Watched changed = watched.with(target);
                byNeighbor.put(target.id(), changed);
                byDiscriminator.put(watched.session().discriminator(), changed);
                carryOut(changed, changed.session().change(BfdSettings.of(target.bfd()), now));
            }
        }
        retryAt = Long.MAX_VALUE;
        next.values().stream()
                .filter(target -> !byNeighbor.containsKey(target.id()))
                .forEach(target -> add(target, now));
    }

    private void add(Target target, long now) {
        if (byNeighbor.size() >= MOST) {
            counters.add(Counter.BFD_SESSIONS_REFUSED);
            listener.changed(target.id(), BfdState.DOWN, "more than " + MOST + " BFD sessions", false, false);
            return;
        }
        try {
            Door door = new Door(Addresses.family(target.remote()), target.bfd().multihop(), target.device());
            if (!receivers.containsKey(door)) {
                receivers.put(door, Receiver.open(door.family(), door.multihop(), door.device()));
            }
            BfdSession session = new BfdSession(BfdSettings.of(target.bfd()), newDiscriminator(), random.split(), now);
            int first = nextPort++;
            Watched watched = Watched.open(
                    target,
                    session,
                    () -> IntStream.range(0, PORTS)
                            .map(i -> FIRST_PORT + (first + i) % PORTS)
                            .iterator());
            byNeighbor.put(target.id(), watched);
            byDiscriminator.put(session.discriminator(), watched);
            listener.changed(target.id(), BfdState.DOWN, "", false, false);
        } catch (Sockets.SocketException e) {
            counters.add(Counter.BFD_SESSIONS_REFUSED);
            retryAt = now + RETRY;
            listener.changed(target.id(), BfdState.DOWN, target.words(e), false, false);
        }
    }

    private int newDiscriminator() {
        int discriminator = random.nextInt();
        while (discriminator == 0 || byDiscriminator.containsKey(discriminator)) {
            discriminator = random.nextInt();
        }
        return discriminator;
    }

    private void run() {
        try (PollSet readable = new PollSet(wakeUp)) {
            while (!closing) {
                turn(readable);
            }
        } finally {
            byDiscriminator.values().forEach(Watched::close);
            receivers.values().forEach(Receiver::close);
            Sockets.close(wakeUp);
        }
    }

    private void turn(PollSet readable) {
        readable.await(receivers.values(), Math.clamp(nearest() - System.nanoTime(), 0, LONGEST_WAIT));
        try {
            receivers.values().forEach(this::drain);
            ticks();
            Sockets.clear(wakeUp);
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        } catch (RuntimeException broken) {
            // One broken session must not blind all others.
            counters.add(Counter.BFD_FAILURES);
            LOG.error("bfd failed", broken);
        }
    }

    private long nearest() {
        long nearest = retryAt;
        for (Watched watched : byDiscriminator.values()) {
            nearest = Math.min(nearest, watched.session().deadline());
        }
        return nearest;
    }

    private void ticks() {
        long now = System.nanoTime();
        for (Watched watched : List.copyOf(byDiscriminator.values())) {
            if (watched.session().deadline() <= now) {
                carryOut(watched, watched.session().tick(now));
                if (watched.session().over(now)) {
                    byDiscriminator.remove(watched.session().discriminator());
                    watched.close();
                }
            }
        }
        if (now >= retryAt) {
            want(List.copyOf(wanted.values()));
        }
    }

    private void drain(Receiver receiver) {
        for (int i = 0; i < BATCH; i++) {
            Optional<Datagram> datagram = receiver.receive();
            if (datagram.isEmpty()) {
                return;
            }
            received(datagram.get(), receiver.multihop());
        }
    }

    /** The checks of RFC 5880, section 6.8.6, and RFC 5881, section 5. */
    private void received(Datagram datagram, boolean multihop) {
        counters.add(Counter.BFD_PACKETS_RECEIVED);
        if (!multihop && datagram.ttl() != 255) {
            counters.add(Counter.BFD_TTL_TOO_LOW);
            return;
        }
        switch (ControlPacket.parse(datagram.payload())) {
            case Parsed.Malformed malformed -> {
                counters.add(Counter.BFD_PACKETS_MALFORMED);
                LOG.debug("a packet from {} {}", datagram.remote().getHostAddress(), malformed.reason());
            }
            case Parsed.Ok ok -> {
                Optional<Watched> watched = owner(ok.packet(), datagram, multihop);
                if (watched.isEmpty()) {
                    counters.add(Counter.BFD_PACKETS_FROM_STRANGERS);
                    return;
                }
                carryOut(watched.get(), watched.get().session().received(datagram.payload(), ok, System.nanoTime()));
            }
        }
    }

    /** By our discriminator once the other side knows it, by addresses before (RFC 5880, section 6.3). */
    private Optional<Watched> owner(ControlPacket packet, Datagram datagram, boolean multihop) {
        if (packet.yourDiscriminator() != 0) {
            return Optional.ofNullable(byDiscriminator.get(packet.yourDiscriminator()))
                    .filter(watched -> watched.target().between(datagram, multihop));
        }
        return byNeighbor.values().stream()
                .filter(watched -> watched.target().between(datagram, multihop))
                .findFirst();
    }

    private void carryOut(Watched watched, List<BfdAction> actions) {
        for (BfdAction action : actions) {
            switch (action) {
                case BfdAction.Send send -> {
                    boolean sent = watched.send(send.packet());
                    counters.add(sent ? Counter.BFD_PACKETS_SENT : Counter.BFD_PACKETS_NOT_SENT);
                }
                case BfdAction.Unauthenticated none -> counters.add(Counter.BFD_PACKETS_UNAUTHENTICATED);
                case BfdAction.Changed changed -> changed(watched.target().id(), changed);
            }
        }
    }

    private void changed(String neighbor, BfdAction.Changed changed) {
        if (changed.state() == BfdState.UP) {
            counters.add(Counter.BFD_SESSIONS_UP);
        } else if (changed.failed()) {
            counters.add(Counter.BFD_SESSIONS_FAILED);
        }
        listener.changed(neighbor, changed.state(), changed.reason(), changed.failed(), changed.independent());
    }

    /** Ends without a word: the neighbour finds us gone after its detection time. */
    @Override
    public void close() {
        execute(() -> closing = true);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
