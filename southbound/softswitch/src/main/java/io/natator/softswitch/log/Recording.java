package io.natator.softswitch.log;

import io.natator.model.session.Share;
import io.natator.softswitch.session.SessionLog;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ring and the thread that empties it into sinks. */
final class Recording implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);

    /** 4 MiB: half a second of 130,000 events each. */
    static final int RING = 1 << 16;

    private static final int AT_ONCE = 4096;
    private static final long NAP_NANOS = 2_000_000;

    private final EventRing ring;
    private final SessionRecorder recorder;
    private final List<Sink> sinks;
    private final LogCounts counts;
    private final boolean remotes;
    private final LongSupplier datapathClock;
    private final LongSupplier wallClock;
    private final Thread thread;
    private long lostTold;
    private volatile boolean stopping;

    /**
     * @param remotes whether remotes are logged
     * @param datapathClock nanoseconds, that of events
     * @param wallClock nanoseconds since 1970
     */
    Recording(
            int capacity,
            List<Sink> sinks,
            LogCounts counts,
            boolean remotes,
            LongSupplier datapathClock,
            LongSupplier wallClock) {
        ring = new EventRing(capacity);
        recorder = new SessionRecorder(ring, counts);
        this.remotes = remotes;
        shares(List.of());
        this.sinks = List.copyOf(sinks);
        this.counts = counts;
        this.datapathClock = datapathClock;
        this.wallClock = wallClock;
        thread = Thread.ofPlatform().name("session-log").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** What the datapath tells of sessions. */
    SessionLog listener() {
        return recorder;
    }

    /** Which shares there are from now on. May be called by any thread. */
    void shares(List<Share> shares) {
        recorder.logged(new Logged(shares, remotes));
    }

    private void run() {
        try {
            while (!stopping) {
                if (!turn()) {
                    LockSupport.parkNanos(this, NAP_NANOS);
                }
            }
            while (turn()) {
                // What came before the end.
            }
        } catch (RuntimeException e) {
            LOG.error("event=session-log-failed", e);
        } finally {
            sinks.forEach(Sink::close);
        }
    }

    /** Takes what there is, up to some. False if there was nothing. */
    boolean turn() {
        long wall = wallClock.getAsLong();
        long offset = wall - datapathClock.getAsLong();
        int count = Math.min(ring.available(), AT_ONCE);
        MemorySegment memory = ring.memory();
        Logged logged = recorder.logged();
        for (int i = 0; i < count; i++) {
            long at = ring.at(i);
            long insideAt = -1;
            RecordLayout.toWorldTime(memory, at, offset);
            if (RecordLayout.isWide(memory, at)) {
                i++;
                count = Math.max(count, i + 1); // both were published at once
                insideAt = ring.at(i);
                RecordLayout.toWorldTime(memory, insideAt, offset);
            }
            for (Sink sink : sinks) {
                sink.take(memory, at, insideAt, logged);
            }
        }
        ring.release(count);
        long lost = counts.get(LogCount.LOG_RING_FULL);
        if (lost != lostTold) {
            sinks.forEach(sink -> sink.lost(lost - lostTold, wall));
            lostTold = lost;
        }
        if (count < AT_ONCE) {
            sinks.forEach(sink -> sink.flush(wall));
        }
        return count > 0;
    }

    /** Ends the thread when the ring is empty. The datapath must have ended before. */
    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return; // the ring stays: the thread may still read it
        }
        ring.close();
    }
}
