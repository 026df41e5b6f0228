package io.natator.softswitch.log;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The index of a file as it grows. */
final class Index {
    private final long[] sessions = new long[SegmentFormat.RECORDS];
    private final long[] blocks = new long[SegmentFormat.RECORDS];
    private final long[] marks = new long[SegmentFormat.RECORDS];
    private int sessionCount;
    private int blockCount;
    private int markCount;
    private int records;
    private long earliest = Long.MAX_VALUE;
    private long latest = Long.MIN_VALUE;

    int records() {
        return records;
    }

    /** The next record; of one that is damaged only the place is taken. */
    void add(ByteBuffer buffer, int at, boolean whole) {
        int number = records++;
        EventType type = EventType.of(buffer.get(at + RecordLayout.TYPE) & 0xFF).orElse(null);
        if (!whole || type == null) {
            return;
        }
        int outside = buffer.getInt(at + RecordLayout.OUTSIDE);
        int port = buffer.getShort(at + RecordLayout.OUTSIDE_PORT) & 0xFFFF;
        switch (type) {
            case CREATED, ENDED, MAPPED, UNMAPPED ->
                sessions[sessionCount++] = SegmentFormat.key(outside, port, number);
            case BLOCK_TAKEN, BLOCK_FREED -> blocks[blockCount++] = SegmentFormat.key(outside, port, number);
            case NAME, STARTED, LOST -> marks[markCount++] = number;
            case REFUSED, LEVEL, INSIDE -> {} // nobody had anything, or the record before says so
        }
        if (type != EventType.NAME) {
            earliest = Math.min(earliest, buffer.getLong(at + RecordLayout.SINCE));
            latest = Math.max(latest, buffer.getLong(at + RecordLayout.TIME));
        }
    }

    /** Index and trailer as the file has them. */
    ByteBuffer write() {
        long[] sortedSessions = Arrays.copyOf(sessions, sessionCount);
        long[] sortedBlocks = Arrays.copyOf(blocks, blockCount);
        Arrays.sort(sortedSessions);
        Arrays.sort(sortedBlocks);
        return SegmentFormat.Trailer.write(
                sortedSessions, sortedBlocks, Arrays.copyOf(marks, markCount), records, earliest, latest);
    }

    void clear() {
        sessionCount = 0;
        blockCount = 0;
        markCount = 0;
        records = 0;
        earliest = Long.MAX_VALUE;
        latest = Long.MIN_VALUE;
    }
}
