package io.natator.bgp.bmp;

import io.natator.bgp.Counter;
import io.natator.bgp.Counters;
import io.natator.bgp.SessionObserver;
import io.natator.bgp.bmp.codec.BmpMessages;
import io.natator.bgp.bmp.codec.PeerHeader;
import io.natator.bgp.codec.Encoder;
import io.natator.bgp.fsm.Ended;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * What one connection to the collector is told, in order. Filled by the event loop of BGP, emptied by the thread of the
 * connection. A new connection gets a new stream, which begins with what is there already; so one that has overflowed is over.
 */
final class BmpStream implements SessionObserver {
    private final int most;
    private final Counters counters;
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private final Map<String, PeerHeader> peers = new HashMap<>();
    private long octets;
    private boolean over;

    BmpStream(int most, Counters counters) {
        this.most = most;
        this.counters = counters;
    }

    @Override
    public synchronized void up(Opened session) {
        PeerHeader peer = new PeerHeader(
                session.remote().getAddress(), session.peerAs(), session.routerId(), session.fourOctetAs());
        peers.put(session.neighbor(), peer);
        add(BmpMessages.peerUp(
                peer,
                micros(),
                session.local().getAddress(),
                session.local().getPort(),
                session.remote().getPort(),
                session.sentOpen(),
                session.receivedOpen()));
    }

    @Override
    public synchronized void down(String neighbor, Ended ended) {
        PeerHeader peer = peers.remove(neighbor);
        if (peer == null) {
            return;
        }
        add(
                switch (ended) {
                    case Ended.ByUs(var notification) ->
                        BmpMessages.peerDown(
                                peer, micros(), BmpMessages.LOCAL_NOTIFICATION, Encoder.encode(notification));
                    case Ended.ByNeighbor(var notification) ->
                        BmpMessages.peerDown(
                                peer, micros(), BmpMessages.REMOTE_NOTIFICATION, Encoder.encode(notification));
                    // No event of the FSM stands for it (RFC 7854, section 4.9).
                    case Ended.InSilence silence ->
                        BmpMessages.peerDown(peer, micros(), BmpMessages.LOCAL_NO_NOTIFICATION, new byte[2]);
                    case Ended.Lost lost ->
                        BmpMessages.peerDown(peer, micros(), BmpMessages.REMOTE_NO_NOTIFICATION, new byte[0]);
                });
    }

    @Override
    public synchronized void received(String neighbor, byte[] update) {
        monitor(neighbor, false, update);
    }

    @Override
    public synchronized void sent(String neighbor, byte[] update) {
        monitor(neighbor, true, update);
    }

    private void monitor(String neighbor, boolean out, byte[] update) {
        PeerHeader peer = peers.get(neighbor);
        if (peer != null) {
            add(BmpMessages.routeMonitoring(peer, out, micros(), update));
        }
    }

    /** @param routes by neighbour: heard, told */
    synchronized void statistics(Map<String, long[]> routes) {
        peers.forEach((neighbor, peer) -> {
            long[] counts = routes.getOrDefault(neighbor, new long[2]);
            add(BmpMessages.statistics(peer, micros(), counts[0], counts[1]));
        });
    }

    /** One who has not heard all that was told has no use for the rest. */
    private void add(byte[] message) {
        if (over || octets + message.length > most) {
            counters.add(Counter.BMP_MESSAGES_DROPPED, over ? 1 : waiting.size() + 1L);
            over = true;
            waiting.clear();
        } else {
            octets += message.length;
            waiting.add(message);
        }
        notifyAll();
    }

    /**
     * The next message; empty after {@code millis} without one.
     *
     * @throws InterruptedException if the thread shall end
     */
    synchronized Optional<byte[]> next(long millis) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; waiting.isEmpty() && !over && left > 0; ) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        }
        Optional<byte[]> message = Optional.ofNullable(waiting.poll());
        message.ifPresent(taken -> octets -= taken.length);
        return message;
    }

    synchronized void awaitOver() throws InterruptedException {
        while (!over) {
            wait();
        }
    }

    synchronized boolean over() {
        return over;
    }

    private static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
