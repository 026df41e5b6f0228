package io.natator.softswitch.log;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * A record of the log: 64 octets, big-endian, the same in the ring and in files (docs/session-log.md). In the ring times are
 * those of the datapath's clock and there is no checksum yet; in files times are nanoseconds since 1970 (UTC).
 */
public final class RecordLayout {
    /** Octets of a record. */
    public static final int SIZE = 64;

    /** CRC32c of what follows it in the record (RFC 9260, appendix A). */
    static final int CHECKSUM = 0;

    static final int TYPE = 4;
    /** IP protocol; of NAME the part, 0 or 1. */
    static final int PROTOCOL = 5;
    /** One of {@link Codes}; of NAME the octets of this part. */
    static final int WHY = 6;

    /** {@link #IPV6} if the inside host has an IPv6 address, which is in an INSIDE record that follows; else 0. */
    static final int FAMILY = 7;

    static final int IPV6 = 6;

    static final int SHARE = 8;
    static final int INSIDE = 12;
    static final int OUTSIDE = 16;
    static final int REMOTE = 20;
    static final int INSIDE_PORT = 24;
    /** Of a block: the first port. */
    static final int OUTSIDE_PORT = 26;
    /** Of a block: the last port. */
    static final int REMOTE_PORT = 28;

    static final int TIME = 32;
    /** When what ended began; else the same as {@link #TIME}. */
    static final int SINCE = 40;
    /** Of LOST: how many records. */
    static final int PACKETS = 48;

    static final int BYTES = 56;

    /** Of INSIDE: where its address begins. */
    static final int ADDRESS = 12;

    /** Of NAME: where its text begins. */
    static final int TEXT = 12;

    /** Octets of a name that one record takes. */
    static final int TEXT_SIZE = SIZE - TEXT;

    static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private RecordLayout() {}

    public static int type(MemorySegment memory, long at) {
        return memory.get(ValueLayout.JAVA_BYTE, at + TYPE) & 0xFF;
    }

    public static int protocol(MemorySegment memory, long at) {
        return memory.get(ValueLayout.JAVA_BYTE, at + PROTOCOL) & 0xFF;
    }

    public static int why(MemorySegment memory, long at) {
        return memory.get(ValueLayout.JAVA_BYTE, at + WHY) & 0xFF;
    }

    /** True if an INSIDE record follows, and belongs to this one. */
    static boolean isWide(MemorySegment memory, long at) {
        return memory.get(ValueLayout.JAVA_BYTE, at + FAMILY) == IPV6;
    }

    /** As the other one, in a file. */
    static boolean isWide(ByteBuffer file, int at) {
        return file.get(at + FAMILY) == IPV6;
    }

    static boolean is(ByteBuffer file, int at, EventType type) {
        return file.get(at + TYPE) == type.code();
    }

    /** Half of the address of an INSIDE record. */
    static long address(MemorySegment memory, long at, boolean upper) {
        return memory.get(U64, at + ADDRESS + (upper ? 0 : Long.BYTES));
    }

    public static int share(MemorySegment memory, long at) {
        return memory.get(U32, at + SHARE);
    }

    public static int inside(MemorySegment memory, long at) {
        return memory.get(U32, at + INSIDE);
    }

    public static int outside(MemorySegment memory, long at) {
        return memory.get(U32, at + OUTSIDE);
    }

    public static int remote(MemorySegment memory, long at) {
        return memory.get(U32, at + REMOTE);
    }

    public static int insidePort(MemorySegment memory, long at) {
        return memory.get(U16, at + INSIDE_PORT) & 0xFFFF;
    }

    public static int outsidePort(MemorySegment memory, long at) {
        return memory.get(U16, at + OUTSIDE_PORT) & 0xFFFF;
    }

    public static int remotePort(MemorySegment memory, long at) {
        return memory.get(U16, at + REMOTE_PORT) & 0xFFFF;
    }

    public static long time(MemorySegment memory, long at) {
        return memory.get(U64, at + TIME);
    }

    static long since(MemorySegment memory, long at) {
        return memory.get(U64, at + SINCE);
    }

    public static long packets(MemorySegment memory, long at) {
        return memory.get(U64, at + PACKETS);
    }

    public static long bytes(MemorySegment memory, long at) {
        return memory.get(U64, at + BYTES);
    }

    /** Makes the times of a record in the ring those of the world. */
    static void toWorldTime(MemorySegment memory, long at, long offset) {
        memory.set(U64, at + TIME, time(memory, at) + offset);
        memory.set(U64, at + SINCE, since(memory, at) + offset);
    }

    /** Writes the checksum of a record that is otherwise complete. */
    static void seal(ByteBuffer buffer, int at) {
        buffer.putInt(at + CHECKSUM, checksum(buffer, at));
    }

    /** True if the record is as it was written. */
    static boolean isWhole(ByteBuffer buffer, int at) {
        return buffer.getInt(at + CHECKSUM) == checksum(buffer, at)
                && EventType.of(buffer.get(at + TYPE) & 0xFF).isPresent();
    }

    private static int checksum(ByteBuffer buffer, int at) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.slice(at + TYPE, SIZE - TYPE));
        return (int) crc.getValue();
    }
}
