package io.natator.softswitch.ipfix;

import io.natator.softswitch.config.SessionLogging.Collector;
import io.natator.softswitch.ipfix.codec.MessageWriter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages to one collector by UDP and never waits: what the system does not take at once is lost, and counted. Templates
 * go first, and again and again, since a collector may have missed them or come later (RFC 7011, section 8.4). One thread.
 */
public final class Exporter implements AutoCloseable {
    /** Between two times that templates are sent. */
    static final long TEMPLATES_NANOS = 60_000_000_000L;

    /** For how long a message waits to become full. */
    static final long WAIT_NANOS = 200_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(Exporter.class);
    private static final long SECOND = 1_000_000_000;

    private final DatagramChannel channel;
    private final MessageWriter writer;
    private final Tally tally;
    private long templatesDue = Long.MIN_VALUE;
    private long oldest;

    /** What became of messages. */
    public interface Tally {
        /** @param records data records */
        void sent(int records);

        void failed(int records);
    }

    private Exporter(DatagramChannel channel, int domain, Tally tally) {
        this.channel = channel;
        this.writer = new MessageWriter(domain);
        this.tally = tally;
    }

    /**
     * @param domain observation domain id
     * @throws IOException if the host is not known; the message is for people
     */
    public static Exporter open(Collector collector, int domain, Tally tally) throws IOException {
        InetSocketAddress address = new InetSocketAddress(collector.host(), collector.port());
        if (address.isUnresolved()) {
            throw new IOException("IPFIX collector " + collector + ": there is no host of that name");
        }
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.connect(address);
        } catch (IOException e) {
            channel.close();
            throw new IOException("IPFIX collector " + collector + ": " + e.getMessage(), e);
        }
        return new Exporter(channel, domain, tally);
    }

    /** What events are added to, by way of {@link #add}. */
    public MessageWriter writer() {
        return writer;
    }

    /**
     * Adds an event.
     *
     * @param event adds it to {@link #writer}, and says whether it had room; is called again after a message was sent
     * @param wallNanos since 1970
     */
    public void add(long wallNanos, BooleanSupplier event) {
        if (wallNanos >= templatesDue) {
            templates(wallNanos);
        }
        if (!event.getAsBoolean()) {
            send(wallNanos);
            var _ = event.getAsBoolean();
        }
        if (writer.records() == 1) {
            oldest = wallNanos;
        }
    }

    /** Sends what has waited long enough. */
    public void flush(long wallNanos) {
        if (wallNanos >= templatesDue) {
            templates(wallNanos);
        }
        if (!writer.isEmpty() && wallNanos - oldest >= WAIT_NANOS) {
            send(wallNanos);
        }
    }

    private void templates(long wallNanos) {
        templatesDue = wallNanos + TEMPLATES_NANOS;
        if (!writer.isEmpty()) {
            send(wallNanos);
        }
        writer.templates();
        send(wallNanos);
    }

    private void send(long wallNanos) {
        ByteBuffer message = writer.take(wallNanos / SECOND);
        try {
            if (channel.write(message) > 0) {
                tally.sent(writer.records());
            } else {
                tally.failed(writer.records());
            }
        } catch (IOException e) {
            // Also if a message before was answered by "port unreachable": nobody listens there, not yet perhaps.
            tally.failed(writer.records());
            LOG.debug("IPFIX: {}", e.getMessage());
        }
        writer.clear();
    }

    /** Sends what is left. */
    public void close(long wallNanos) {
        if (!writer.isEmpty()) {
            send(wallNanos);
        }
        close();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("IPFIX: {}", e.getMessage());
        }
    }
}
