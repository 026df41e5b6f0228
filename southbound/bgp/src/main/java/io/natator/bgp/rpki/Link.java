package io.natator.bgp.rpki;

import io.natator.bgp.Counter;
import io.natator.bgp.Counters;
import io.natator.bgp.rpki.codec.PduCodec;
import io.natator.bgp.rpki.codec.RtrDecoded;
import io.natator.bgp.rpki.fsm.RtrAction;
import io.natator.bgp.rpki.fsm.RtrClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection to one cache, on a thread of its own, which owns all but {@link #close}. */
final class Link implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final int CONNECT_MILLIS = 10_000;

    private final Cache cache;
    private final Counters counters;
    private final BiConsumer<Cache, RtrAction> news;
    private final RtrClient client = new RtrClient();
    private final ByteBuffer in = ByteBuffer.allocate(2 * PduCodec.MOST_OCTETS);
    private final Thread thread;
    private volatile boolean closed;
    /** Null while there is none. */
    private volatile Socket connection;

    private boolean open;

    /** @param news hears {@link RtrAction.Publish} and {@link RtrAction.Reached}, on the thread of this link */
    Link(Cache cache, Counters counters, BiConsumer<Cache, RtrAction> news) {
        this.cache = cache;
        this.counters = counters;
        this.news = news;
        this.thread = Thread.ofPlatform().name("rpki " + cache.label()).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!closed) {
                if (client.wantsConnection(System.nanoTime())) {
                    converse();
                } else {
                    TimeUnit.NANOSECONDS.sleep(Math.max(0, client.deadline() - System.nanoTime()));
                    carryOut(null, client.tick(System.nanoTime()));
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{} is left", cache.label());
        }
    }

    private void converse() throws InterruptedException {
        try (Socket socket = new Socket()) {
            connection = socket;
            socket.connect(new InetSocketAddress(cache.host(), cache.port()), CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
            counters.add(Counter.RPKI_CONNECTIONS);
            in.clear();
            open = true;
            carryOut(socket, client.connected(System.nanoTime()));
            while (open && !closed) {
                read(socket);
            }
        } catch (IOException e) {
            if (Thread.interrupted() || closed) {
                throw new InterruptedException();
            }
            String reason = "no connection to " + cache.label() + ": " + e.getMessage();
            carryOut(null, client.lost(reason, System.nanoTime()));
        }
    }

    private void read(Socket socket) throws IOException {
        long wait = TimeUnit.NANOSECONDS.toMillis(client.deadline() - System.nanoTime());
        socket.setSoTimeout(Math.clamp(wait, 1, Integer.MAX_VALUE));
        try {
            int octets = socket.getInputStream().read(in.array(), in.arrayOffset() + in.position(), in.remaining());
            if (octets < 0) {
                throw new IOException("the cache closed the connection");
            }
            in.position(in.position() + octets);
        } catch (SocketTimeoutException nothing) {
            carryOut(socket, client.tick(System.nanoTime()));
            return;
        }
        in.flip();
        decode(socket);
        in.compact();
    }

    private void decode(Socket socket) throws IOException {
        while (open) {
            switch (PduCodec.decode(in)) {
                case RtrDecoded.More more -> {
                    return;
                }
                case RtrDecoded.Ok ok -> {
                    in.position(in.position() + ok.length());
                    counters.add(Counter.RPKI_PDUS_RECEIVED);
                    carryOut(socket, client.received(ok.pdu(), System.nanoTime()));
                }
                case RtrDecoded.Bad bad -> {
                    counters.add(Counter.RPKI_PDUS_MALFORMED);
                    carryOut(socket, client.malformed(bad, System.nanoTime()));
                }
            }
        }
    }

    /** @param socket null where the actions need none */
    private void carryOut(Socket socket, List<RtrAction> actions) {
        for (RtrAction action : actions) {
            switch (action) {
                case RtrAction.Send send -> send(socket, send.pdu());
                case RtrAction.Close close -> open = false;
                case RtrAction.Publish publish -> news.accept(cache, publish);
                case RtrAction.Reached reached -> {
                    if (reached.up()) {
                        LOG.info("RPKI cache {} answers", cache.label());
                    } else {
                        LOG.warn("RPKI cache {}: {}", cache.label(), reached.reason());
                    }
                    news.accept(cache, reached);
                }
            }
        }
    }

    private void send(Socket socket, byte[] pdu) {
        try {
            socket.getOutputStream().write(pdu);
        } catch (IOException e) {
            // The next read says so, too.
            LOG.debug("RPKI cache {}: {}", cache.label(), e.getMessage());
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        Socket current = connection;
        if (current != null) {
            try {
                current.close(); // Else it would read on.
            } catch (IOException e) {
                LOG.debug("RPKI cache {}: {}", cache.label(), e.getMessage());
            }
        }
    }
}
