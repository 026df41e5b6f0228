package io.natator.lab.e2e;

import io.natator.lab.LabException;
import io.natator.lab.net.Namespace;
import io.natator.lab.net.Wait;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * UDP datagrams with sequence numbers, ten a millisecond, from one host to another, each accounted for. What the receiver's
 * own socket has no room for, on a machine that is busy, is told by its kernel and is not called lost.
 */
final class SequencedStream implements AutoCloseable {
    private static final long TICK_NANOS = 1_000_000;
    private static final int EACH_TICK = 10;
    private static final int ROOM = 1 << 22;
    private static final Duration QUIET = Duration.ofMillis(300);

    private final DatagramChannel sender;
    private final DatagramChannel receiver;
    private final InetSocketAddress to;
    private final Namespace toHost;
    private final long overflowBefore;
    private final BitSet seen = new BitSet();
    private final Thread sending;
    private final Thread receiving;
    private volatile int sent;
    private volatile boolean stop;

    /**
     * @param missing those that did not come, by number, without those that the receiver's socket had no room for
     * @param overflow how many these were
     */
    record Report(int sent, int received, int missing, long overflow) {}

    private SequencedStream(Namespace from, Namespace toHost, String address, int port) {
        this.toHost = toHost;
        to = new InetSocketAddress(address, port);
        receiver = toHost.call(() -> DatagramChannel.open()
                .setOption(StandardSocketOptions.SO_RCVBUF, ROOM)
                .bind(to));
        sender = from.call(() -> DatagramChannel.open());
        overflowBefore = overflow();
        receiving = Thread.ofPlatform().daemon().name("receive").start(this::receive);
        sending = Thread.ofPlatform().daemon().name("send").start(this::send);
    }

    /** Begins to send to an address of the host {@code to}. */
    static SequencedStream start(Namespace from, Namespace to, String address, int port) {
        return new SequencedStream(from, to, address, port);
    }

    /** Datagrams sent so far. */
    int sent() {
        return sent;
    }

    private void send() {
        ByteBuffer datagram = ByteBuffer.allocate(64);
        int number = 0;
        long next = System.nanoTime();
        try {
            while (!stop) {
                for (int i = 0; i < EACH_TICK; i++) {
                    datagram.clear().putInt(0, number++);
                    var _ = sender.send(datagram, to);
                    sent = number;
                }
                // What was missed while somebody else had the core is not made up for.
                next = Math.max(next, System.nanoTime() - TICK_NANOS) + TICK_NANOS;
                LockSupport.parkNanos(next - System.nanoTime());
            }
        } catch (IOException e) {
            throw new LabException("cannot send: " + e.getMessage(), e);
        }
    }

    private void receive() {
        ByteBuffer datagram = ByteBuffer.allocate(2048);
        try {
            while (true) {
                var _ = receiver.receive(datagram.clear());
                synchronized (seen) {
                    seen.set(datagram.getInt(0));
                }
            }
        } catch (ClosedChannelException e) {
            // all is said
        } catch (IOException e) {
            throw new LabException("cannot receive: " + e.getMessage(), e);
        }
    }

    private int received() {
        synchronized (seen) {
            return seen.cardinality();
        }
    }

    /** {@code RcvbufErrors} of UDP, proc(5), {@code /proc/net/snmp}. */
    private long overflow() {
        Iterator<List<String>> udp = toHost.run("cat", "/proc/net/snmp")
                .lines()
                .filter(line -> line.startsWith("Udp:"))
                .map(line -> List.of(line.split(" ", -1)))
                .toList()
                .iterator();
        int column = udp.next().indexOf("RcvbufErrors");
        return Long.parseLong(udp.next().get(column));
    }

    /** Stops, waits for what is on its way, and accounts. */
    Report stop() {
        stop = true;
        try {
            sending.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (int before = -1; before != received(); ) {
            before = received();
            Wait.pause(QUIET);
        }
        long overflow = overflow() - overflowBefore;
        int received = received();
        return new Report(sent, received, (int) (sent - received - overflow), overflow);
    }

    @Override
    public void close() {
        stop = true;
        try {
            sending.join();
            sender.close();
            receiver.close();
            receiving.join();
        } catch (IOException e) {
            throw new LabException("cannot close: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
