package io.natator.softswitch.log;

import io.natator.model.session.Session;
import io.natator.model.session.Share;
import io.natator.softswitch.session.End;
import io.natator.softswitch.session.SessionLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.IpAddress;

/** A log whose thread is the test, and whose clocks the test sets. Datapath time 0 is {@link #EPOCH}. */
final class Rig implements AutoCloseable {
    static final IpAddress INSIDE_6 = IpAddress.valueOf("2001:db8:1::5");
    static final long HIGH = 0x2001_0db8_0001_0000L;
    static final long LOW = 5;

    static final Instant EPOCH = Instant.parse("2026-03-01T12:00:00Z");
    static final long SECOND = 1_000_000_000;
    static final int INSIDE = Ip4Address.valueOf("10.0.0.5").toInt();
    static final int OUTSIDE = Ip4Address.valueOf("203.0.113.7").toInt();
    static final int REMOTE = Ip4Address.valueOf("198.51.100.1").toInt();

    final LogCounts counts = new LogCounts();
    final Recording recording;
    final SessionLog log;
    private final SegmentWriter writer;
    private final Path directory;
    long now;

    Rig(Path directory, long octets, Share... shares) throws IOException {
        this(directory, octets, 1 << 12, 0, shares);
    }

    /** @param now seconds of the datapath's clock */
    Rig(Path directory, long octets, int ring, long now, Share... shares) throws IOException {
        this(directory, octets, ring, now, true, shares);
    }

    /** Logs mappings in the place of sessions. */
    static Rig ofMappings(Path directory, Share... shares) throws IOException {
        return new Rig(directory, 16L << 20, 1 << 12, 0, false, shares);
    }

    private Rig(Path directory, long octets, int ring, long now, boolean remotes, Share... shares) throws IOException {
        this.directory = directory;
        this.now = now * SECOND;
        writer = SegmentWriter.open(directory, octets, 1, counts, wall());
        recording = new Recording(ring, List.of(writer), counts, remotes, () -> this.now, this::wall);
        recording.shares(List.of(shares));
        log = recording.listener();
    }

    private long wall() {
        return EPOCH.getEpochSecond() * SECOND + now;
    }

    void at(long seconds) {
        now = seconds * SECOND;
    }

    void created(int share, int protocol, int insidePort, int outsidePort) {
        log.created(share, protocol, 0, INSIDE, insidePort, OUTSIDE, outsidePort, REMOTE, 443, now);
    }

    /** A session of the IPv6 host {@link #INSIDE_6}. */
    void created6(int share, int protocol, int insidePort, int outsidePort) {
        log.created(share, protocol, HIGH, LOW, insidePort, OUTSIDE, outsidePort, REMOTE, 443, now);
    }

    /** @param since seconds */
    void ended6(int share, int protocol, int insidePort, int outsidePort, long since) {
        ended(share, protocol, HIGH, LOW, insidePort, outsidePort, since);
    }

    /** @param since seconds */
    void ended(int share, int protocol, int insidePort, int outsidePort, long since) {
        ended(share, protocol, 0, INSIDE, insidePort, outsidePort, since);
    }

    private void ended(int share, int protocol, long high, long low, int insidePort, int outsidePort, long since) {
        log.ended(
                share,
                protocol,
                high,
                low,
                insidePort,
                OUTSIDE,
                outsidePort,
                REMOTE,
                443,
                since * SECOND,
                now,
                12,
                3400,
                End.CLOSED);
    }

    void write() {
        while (recording.turn()) {
            // Until there is nothing more.
        }
    }

    List<Session> lookup(int protocol, int port, long seconds) throws IOException {
        return answer(protocol, port, seconds).sessions();
    }

    LogAnswer answer(int protocol, int port, long seconds) throws IOException {
        return new LogReader(directory).lookup(Ip4Address.valueOf(OUTSIDE), protocol, port, EPOCH.plusSeconds(seconds));
    }

    @Override
    public void close() {
        write();
        writer.close();
    }
}
