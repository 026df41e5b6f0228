package io.natator.softswitch.log;

import io.natator.softswitch.session.End;
import io.natator.softswitch.session.Refusal;
import io.natator.softswitch.session.SessionLog;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The datapath's end of the log: puts events into the ring, or counts what finds no room. */
final class SessionRecorder implements SessionLog {
    /** Refusals that are logged at once, and again for each second that went by. */
    static final int REFUSALS_PER_SECOND = 100;

    private static final long SECOND = 1_000_000_000;

    private final EventRing ring;
    private final MemorySegment memory;
    private final LogCounts counts;
    private final PoolLevels levels = new PoolLevels();
    private volatile Logged logged = Logged.NOTHING;
    /** Records of the event at hand. */
    private int claimed;

    private long refusalsSince = Long.MIN_VALUE;
    private int refusals;

    SessionRecorder(EventRing ring, LogCounts counts) {
        this.ring = ring;
        this.memory = ring.memory();
        this.counts = counts;
    }

    /** May be called by any thread. */
    void logged(Logged now) {
        logged = now;
    }

    Logged logged() {
        return logged;
    }

    @Override
    public void created(
            int share,
            int protocol,
            long insideHigh,
            long inside,
            int insidePort,
            int outside,
            int outsidePort,
            int remote,
            int remotePort,
            long now) {
        if (logged.detail(share) == Logged.Detail.SESSIONS) {
            long at = claim(EventType.CREATED, insideHigh, protocol, 0, share, now);
            ends(at, insideHigh, inside, insidePort, outside, outsidePort, remote, remotePort);
            publish(at);
        }
        if (protocol == 0) {
            level(share, 0, 1, now);
        }
    }

    @Override
    public void ended(
            int share,
            int protocol,
            long insideHigh,
            long inside,
            int insidePort,
            int outside,
            int outsidePort,
            int remote,
            int remotePort,
            long since,
            long now,
            long packets,
            long bytes,
            End why) {
        if (logged.detail(share) == Logged.Detail.SESSIONS) {
            long at = claim(EventType.ENDED, insideHigh, protocol, Codes.of(why), share, now);
            ends(at, insideHigh, inside, insidePort, outside, outsidePort, remote, remotePort);
            carried(at, since, packets, bytes);
            publish(at);
        }
        if (protocol == 0) {
            level(share, 0, -1, now);
        }
    }

    @Override
    public void mapped(
            int share,
            int protocol,
            long insideHigh,
            long inside,
            int insidePort,
            int outside,
            int outsidePort,
            long now) {
        if (logged.detail(share) == Logged.Detail.MAPPINGS) {
            long at = claim(EventType.MAPPED, insideHigh, protocol, 0, share, now);
            ends(at, insideHigh, inside, insidePort, outside, outsidePort, outside, 0);
            publish(at);
        }
        if (logged.detail(share) != Logged.Detail.BLOCKS) {
            level(share, protocol, 1, now);
        }
    }

    @Override
    public void unmapped(
            int share,
            int protocol,
            long insideHigh,
            long inside,
            int insidePort,
            int outside,
            int outsidePort,
            long now,
            End why) {
        if (logged.detail(share) == Logged.Detail.MAPPINGS) {
            long at = claim(EventType.UNMAPPED, insideHigh, protocol, Codes.of(why), share, now);
            ends(at, insideHigh, inside, insidePort, outside, outsidePort, outside, 0);
            publish(at);
        }
        if (logged.detail(share) != Logged.Detail.BLOCKS) {
            level(share, protocol, -1, now);
        }
    }

    @Override
    public void blockTaken(
            int share, long insideHigh, long inside, int outside, int firstPort, int lastPort, long now) {
        block(EventType.BLOCK_TAKEN, share, insideHigh, inside, outside, firstPort, lastPort, now, 0);
        level(share, 0, 1, now);
    }

    @Override
    public void blockFreed(
            int share, long insideHigh, long inside, int outside, int firstPort, int lastPort, long now, End why) {
        block(EventType.BLOCK_FREED, share, insideHigh, inside, outside, firstPort, lastPort, now, Codes.of(why));
        level(share, 0, -1, now);
    }

    private void block(
            EventType type,
            int share,
            long insideHigh,
            long inside,
            int outside,
            int firstPort,
            int lastPort,
            long now,
            int why) {
        if (logged.detail(share) != Logged.Detail.NOTHING) {
            long at = claim(type, insideHigh, 0, why, share, now);
            ends(at, insideHigh, inside, 0, outside, firstPort, 0, lastPort);
            publish(at);
        }
    }

    @Override
    public void refused(
            int share, int protocol, long insideHigh, long inside, int remote, int remotePort, Refusal why, long now) {
        int code = Codes.of(why);
        if (code == 0) {
            return;
        }
        if (refusalsSince == Long.MIN_VALUE || now - refusalsSince >= SECOND) {
            refusalsSince = now;
            refusals = 0;
        }
        if (refusals == REFUSALS_PER_SECOND) {
            counts.add(LogCount.LOG_REFUSALS_SUPPRESSED, 1);
            return;
        }
        refusals++;
        boolean remotes = logged.remotes();
        long at = claim(EventType.REFUSED, insideHigh, protocol, code, share, now);
        ends(at, insideHigh, inside, 0, 0, 0, remotes ? remote : 0, remotes ? remotePort : 0);
        publish(at);
    }

    /** @param protocol whose ports are meant; 0: addresses, or blocks of ports */
    private void level(int share, int protocol, int by, long now) {
        int space = protocol == 0 ? 0 : protocol == 6 ? 1 : protocol == 17 ? 2 : 3;
        long capacity = logged.capacity(share);
        PoolLevels.Crossing crossing = levels.change(share, space, by, capacity);
        if (crossing != PoolLevels.Crossing.NONE) {
            boolean high = crossing == PoolLevels.Crossing.HIGH;
            long at = claim(EventType.LEVEL, 0, protocol, high ? Codes.HIGH : Codes.LOW, share, now);
            ends(at, 0, 0, 0, 0, 0, 0, 0);
            carried(at, now, PoolLevels.threshold(capacity, high ? PoolLevels.HIGH : PoolLevels.LOW), capacity);
            publish(at);
        }
    }

    /** Begins a record of something that has carried nothing; negative, and counted, if there is no room for it. */
    private long claim(EventType type, long insideHigh, int protocol, int why, int share, long now) {
        claimed = insideHigh == 0 ? 1 : 2;
        long at = ring.claim(claimed);
        if (at < 0) {
            counts.add(LogCount.LOG_RING_FULL, 1);
            return at;
        }
        begin(at, type, protocol, why << 8 | (claimed == 2 ? RecordLayout.IPV6 : 0), share, now);
        if (claimed == 2) {
            begin(ring.second(), EventType.INSIDE, 0, 0, share, now);
        }
        return at;
    }

    private void begin(long at, EventType type, int protocol, int whyAndFamily, int share, long now) {
        memory.set(RecordLayout.U32, at + RecordLayout.CHECKSUM, 0);
        memory.set(ValueLayout.JAVA_BYTE, at + RecordLayout.TYPE, (byte) type.code());
        memory.set(ValueLayout.JAVA_BYTE, at + RecordLayout.PROTOCOL, (byte) protocol);
        memory.set(RecordLayout.U16, at + RecordLayout.WHY, (short) whyAndFamily);
        memory.set(RecordLayout.U32, at + RecordLayout.SHARE, share);
        memory.set(RecordLayout.U64, at + RecordLayout.TIME, now);
        carried(at, now, 0, 0);
    }

    private void ends(
            long at,
            long insideHigh,
            long inside,
            int insidePort,
            int outside,
            int outsidePort,
            int remote,
            int remotePort) {
        if (at < 0) {
            return;
        }
        memory.set(RecordLayout.U32, at + RecordLayout.INSIDE, claimed == 1 ? (int) inside : 0);
        if (claimed == 2) {
            long second = ring.second();
            memory.set(RecordLayout.U64, second + RecordLayout.ADDRESS, insideHigh);
            memory.set(RecordLayout.U64, second + RecordLayout.ADDRESS + Long.BYTES, inside);
            memory.set(RecordLayout.U32, second + RecordLayout.ADDRESS + 2 * Long.BYTES, 0);
        }
        memory.set(RecordLayout.U32, at + RecordLayout.OUTSIDE, outside);
        memory.set(RecordLayout.U32, at + RecordLayout.REMOTE, remote);
        memory.set(RecordLayout.U16, at + RecordLayout.INSIDE_PORT, (short) insidePort);
        memory.set(RecordLayout.U16, at + RecordLayout.OUTSIDE_PORT, (short) outsidePort);
        memory.set(RecordLayout.U32, at + RecordLayout.REMOTE_PORT, remotePort << 16);
    }

    private void carried(long at, long since, long packets, long bytes) {
        if (at < 0) {
            return;
        }
        memory.set(RecordLayout.U64, at + RecordLayout.SINCE, since);
        memory.set(RecordLayout.U64, at + RecordLayout.PACKETS, packets);
        memory.set(RecordLayout.U64, at + RecordLayout.BYTES, bytes);
    }

    private void publish(long at) {
        if (at >= 0) {
            ring.publish(claimed);
        }
    }
}
