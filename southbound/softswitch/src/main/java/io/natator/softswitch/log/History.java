package io.natator.softswitch.log;

import io.natator.model.session.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.IpAddress;

/** Goes through the records of an outside address and port in order, and keeps who had it at one time. */
final class History {
    /** Most sessions of an answer: a port of a busy resolver may have more remotes. */
    static final int MOST = 10_000;

    private static final long NANOS = 1_000_000_000;

    /** What a session, binding or block is known by; of a block {@code remotePort} is its last port. */
    private record Key(
            boolean block,
            int share,
            int protocol,
            IpAddress inside,
            int insidePort,
            int outside,
            int outsidePort,
            int remote,
            int remotePort) {
        static Key of(LogEntry e) {
            return new Key(
                    e.type() == EventType.BLOCK_TAKEN || e.type() == EventType.BLOCK_FREED,
                    e.share(),
                    e.protocol(),
                    e.inside(),
                    e.insidePort(),
                    e.outside(),
                    e.outsidePort(),
                    e.remote(),
                    e.remotePort());
        }
    }

    private final int outside;
    private final int protocol;
    private final int port;
    private final long at;
    private final Map<Key, LogEntry> open = new LinkedHashMap<>();
    private final Map<Integer, String> names = new HashMap<>();
    private final List<Session> found = new ArrayList<>();
    private long begin = Long.MAX_VALUE;
    private long lost;

    /**
     * @param protocol 0: any
     * @param port 0: any
     * @param at nanoseconds since 1970
     */
    History(int outside, int protocol, int port, long at) {
        this.outside = outside;
        this.protocol = protocol;
        this.port = port;
        this.at = at;
    }

    /** The log goes back to this time at least. */
    void begins(long time) {
        begin = Math.min(begin, time);
    }

    void read(LogEntry entry) {
        switch (entry.type()) {
            case CREATED, MAPPED, BLOCK_TAKEN -> {
                if (isAsked(entry)) {
                    began(entry);
                }
            }
            case ENDED, UNMAPPED, BLOCK_FREED -> {
                if (isAsked(entry)) {
                    ended(entry);
                }
            }
            case NAME ->
                names.merge(
                        entry.share(), entry.text(), (before, text) -> entry.protocol() == 0 ? text : before + text);
            case STARTED -> started(entry.time());
            case LOST -> lost += entry.packets();
            case REFUSED, LEVEL, INSIDE -> {}
        }
    }

    private boolean isAsked(LogEntry e) {
        if (e.outside() != outside) {
            return false;
        }
        if (e.type() == EventType.BLOCK_TAKEN || e.type() == EventType.BLOCK_FREED) {
            return port == 0 || (e.outsidePort() <= port && port <= e.remotePort());
        }
        return (e.protocol() == 0 || protocol == 0 || e.protocol() == protocol)
                && (e.protocol() == 0 || port == 0 || e.outsidePort() == port);
    }

    private void began(LogEntry begun) {
        LogEntry before = open.remove(Key.of(begun));
        if (before != null && at < begun.time()) {
            find(before, before.time(), begun.time(), "ended: not logged when");
        }
        if (begun.time() <= at && open.size() < MOST) {
            open.put(Key.of(begun), begun);
        }
    }

    private void ended(LogEntry end) {
        LogEntry begun = open.remove(Key.of(end));
        long since = begun == null ? end.since() : begun.time();
        // Of a block or mapping that was freed without its beginning nothing is known but that it ended.
        boolean known = begun != null || end.type() == EventType.ENDED;
        if (known && since <= at && at < end.time()) {
            find(end, since, end.time(), "ended: " + Codes.end(end.why()));
        }
    }

    private void find(LogEntry entry, long since, long until, String state) {
        if (found.size() < MOST) {
            found.add(session(entry, since, until, state));
        }
    }

    /** The switch started anew: nothing of before is left. */
    private void started(long time) {
        if (at < time) {
            open.values().forEach(e -> find(e, e.time(), time, "ended: switch stopped"));
        }
        open.clear();
    }

    private Session session(LogEntry e, long since, long until, String state) {
        boolean block = e.type() == EventType.BLOCK_TAKEN || e.type() == EventType.BLOCK_FREED;
        return new Session(
                names.getOrDefault(e.share(), ""),
                e.protocol(),
                e.inside(),
                e.insidePort(),
                Ip4Address.valueOf(e.outside()),
                e.outsidePort(),
                Ip4Address.valueOf(block ? e.outside() : e.remote()),
                block ? 0 : e.remotePort(),
                block ? "ports " + e.outsidePort() + "-" + e.remotePort() + ", " + state : state,
                instant(since),
                instant(until),
                e.packets(),
                e.bytes());
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    /** What was found, oldest first; of what has not ended, {@code until} is the time that was asked for. */
    LogAnswer answer() {
        List<Session> all = new ArrayList<>(found);
        open.values().stream()
                .limit(MOST - found.size())
                .forEach(e -> all.add(session(e, e.time(), at, LogAnswer.OPEN)));
        all.sort(Comparator.comparing(Session::since));
        return new LogAnswer(all, instant(begin == Long.MAX_VALUE ? at : begin), lost);
    }
}
