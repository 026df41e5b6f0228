package io.natator.lab.bench;

import io.natator.bgp.codec.Capability;
import io.natator.bgp.codec.Encoder;
import io.natator.bgp.codec.Family;
import io.natator.bgp.codec.Keepalive;
import io.natator.bgp.codec.Open;
import io.natator.lab.LabException;
import io.natator.lab.net.Namespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Neighbours that take everything and do nothing but count: all on one thread, and with no hold time, so that they have
 * nothing to say. IPv4 alone; a prefix is expected to be announced once before it is withdrawn.
 */
final class BgpSink implements AutoCloseable {
    static final long AS = 65001;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int HEADER = 19;
    private static final int ROOM = 1 << 17;

    /** One of them. */
    private static final class Neighbor {
        private final ByteBuffer in = ByteBuffer.allocate(ROOM);
        private boolean established;
        /** Prefixes announced less prefixes withdrawn. */
        private int held;
    }

    private final List<SocketChannel> channels = new ArrayList<>();
    private final List<Neighbor> neighbors = new ArrayList<>();
    private final Selector selector;
    private final Thread thread;
    private volatile boolean closed;
    private volatile int wanted = -1;
    private volatile long reachedAt;
    private final AtomicInteger established = new AtomicInteger();
    private final AtomicLong updates = new AtomicLong();
    private volatile String failure = "";

    /**
     * Connects to a speaker and waits until all sessions are up.
     *
     * @param sources addresses of the neighbours, one session each
     */
    BgpSink(Namespace namespace, InetSocketAddress speaker, List<String> sources) {
        try {
            selector = Selector.open();
            for (String source : sources) {
                SocketChannel channel = namespace.call(() -> connect(speaker, source));
                channels.add(channel);
                Neighbor neighbor = new Neighbor();
                neighbors.add(neighbor);
                SelectionKey _ = channel.register(selector, SelectionKey.OP_READ, neighbor);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = Thread.ofPlatform().daemon().name("bgp sink").start(this::run);
        await("sessions with " + speaker, () -> established.get() == sources.size());
    }

    private static SocketChannel connect(InetSocketAddress speaker, String source) throws IOException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            SocketChannel channel = SocketChannel.open();
            try {
                channel.bind(new InetSocketAddress(source, 0));
                channel.connect(speaker);
                List<Capability> capabilities =
                        List.of(new Capability.FourOctetAs(AS), new Capability.MultiProtocol(Family.IPV4_UNICAST));
                write(channel, Encoder.encode(new Open(AS, 0, (source.hashCode() >>> 1) + 1, capabilities)));
                channel.configureBlocking(false);
                return channel;
            } catch (IOException e) {
                channel.close();
                if (System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(100_000_000);
            }
        }
    }

    private static void write(SocketChannel channel, byte[] message) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(message);
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    private void run() {
        try {
            while (!closed) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    read((SocketChannel) key.channel(), (Neighbor) key.attachment());
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            failure = closed ? "" : e.toString();
        }
    }

    private void read(SocketChannel channel, Neighbor neighbor) throws IOException {
        if (channel.read(neighbor.in) < 0) {
            throw new IOException("the speaker closed the session");
        }
        ByteBuffer in = neighbor.in.flip();
        int before = neighbor.held;
        while (in.remaining() >= HEADER) {
            int length = in.getShort(in.position() + 16) & 0xffff;
            if (in.remaining() < length) {
                break;
            }
            message(channel, neighbor, in.slice(in.position(), length));
            in.position(in.position() + length);
        }
        in.compact();
        if (neighbor.held != before) {
            check();
        }
    }

    private void message(SocketChannel channel, Neighbor neighbor, ByteBuffer message) throws IOException {
        switch (message.get(18)) {
            case 1 -> write(channel, Encoder.encode(new Keepalive()));
            case 2 -> {
                updates.incrementAndGet();
                count(neighbor, message.position(HEADER));
            }
            case 3 -> throw new IOException("NOTIFICATION " + message.get(19) + "/" + message.get(20));
            default -> {
                if (!neighbor.established) {
                    neighbor.established = true;
                    established.incrementAndGet();
                }
            }
        }
    }

    private static void count(Neighbor neighbor, ByteBuffer update) {
        int withdrawn = update.getShort() & 0xffff;
        neighbor.held -= prefixes(update.slice(update.position(), withdrawn));
        update.position(update.position() + withdrawn);
        int attributes = update.getShort() & 0xffff;
        update.position(update.position() + attributes);
        neighbor.held += prefixes(update);
    }

    private static int prefixes(ByteBuffer nlri) {
        int count = 0;
        int at = nlri.position();
        while (at < nlri.limit()) {
            at += 1 + ((nlri.get(at) & 0xff) + 7) / 8;
            count++;
        }
        return count;
    }

    private void check() {
        int target = wanted;
        for (Neighbor neighbor : neighbors) {
            if (neighbor.held != target) {
                return;
            }
        }
        reachedAt = System.nanoTime();
        wanted = -1;
    }

    /** Runs {@code change} and returns the seconds until each neighbour holds so many prefixes. */
    double secondsUntil(int count, Runnable change) {
        wanted = count;
        long start = System.nanoTime();
        change.run();
        await(count + " prefixes at the sink", () -> wanted < 0);
        return (reachedAt - start) / 1e9;
    }

    private void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (!failure.isEmpty() || System.nanoTime() > end) {
                throw new LabException("waited in vain for " + what + " " + failure);
            }
            LockSupport.parkNanos(50_000);
        }
    }

    /** UPDATEs of all neighbours so far. */
    long updates() {
        return updates.get();
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
            for (SocketChannel channel : channels) {
                channel.close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
