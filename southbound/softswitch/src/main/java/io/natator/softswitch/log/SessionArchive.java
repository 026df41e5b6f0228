package io.natator.softswitch.log;

import io.natator.model.session.Session;
import io.natator.model.session.Share;
import io.natator.softswitch.config.SessionLogging;
import io.natator.softswitch.session.SessionLog;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.onlab.packet.IpAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Session log and IPFIX exporter of a running switch, as configured. */
public final class SessionArchive implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionArchive.class);

    private final LogCounts counts = new LogCounts();
    private final Optional<Recording> recording;
    private final Optional<LogReader> reader;

    private SessionArchive(SessionLogging config, long datapathId, LongSupplier datapathClock, LongSupplier wallClock)
            throws IOException {
        List<Sink> sinks = new ArrayList<>();
        if (config.directory().isPresent()) {
            sinks.add(SegmentWriter.open(
                    config.directory().get(), config.octets(), datapathId, counts, wallClock.getAsLong()));
        }
        if (config.collector().isPresent()) {
            try {
                sinks.add(IpfixSink.open(config.collector().get(), datapathId, counts));
            } catch (IOException e) {
                sinks.forEach(Sink::close);
                throw e;
            }
        }
        reader = config.directory().map(LogReader::new);
        recording = sinks.isEmpty()
                ? Optional.empty()
                : Optional.of(new Recording(
                        Recording.RING,
                        sinks,
                        counts,
                        config.detail() == SessionLogging.Detail.SESSIONS,
                        datapathClock,
                        wallClock));
    }

    /**
     * Opens files and starts the thread that writes them; without a log nothing is opened or started.
     *
     * @param datapathClock nanoseconds: the clock of the datapath's events
     * @throws IOException if the log cannot be written, or the collector's name is not known; the message is for people
     */
    public static SessionArchive start(SessionLogging config, long datapathId, LongSupplier datapathClock)
            throws IOException {
        SessionArchive archive = new SessionArchive(config, datapathId, datapathClock, SessionArchive::wallNanos);
        archive.recording.ifPresent(Recording::start);
        return archive;
    }

    private static long wallNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000 + now.getNano();
    }

    /** To be told of sessions by the datapath's thread. */
    public SessionLog listener() {
        return recording.map(Recording::listener).orElse(SessionLog.NONE);
    }

    /** Which shares there are from now on. May be called by any thread. */
    public void shares(List<Share> shares) {
        recording.ifPresent(r -> r.shares(shares));
    }

    /**
     * Who had an outside address and port at a time, as far as the files tell; nothing without files. Reads files: not for
     * the datapath's thread.
     *
     * @param protocol 0: any
     * @param port 0: any
     */
    public List<Session> lookup(IpAddress outside, int protocol, int port, Instant at) {
        if (reader.isEmpty()) {
            return List.of();
        }
        try {
            return reader.get().lookup(outside, protocol, port, at).sessions();
        } catch (IOException e) {
            LOG.warn("event=session-log-unreadable reason=\"{}\"", e.getMessage());
            return List.of();
        }
    }

    /** True if anything is logged. */
    boolean exists() {
        return recording.isPresent();
    }

    /** True if there are files to read. */
    boolean hasFiles() {
        return reader.isPresent();
    }

    /** Counters by name. */
    public Map<String, Long> counters() {
        return counts.snapshot();
    }

    /** Writes what is left. The datapath must have ended before. */
    @Override
    public void close() {
        recording.ifPresent(Recording::close);
    }
}
