package io.natator.softswitch.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** Where things are in a file of the log: header, records, and, once the file is complete, index and trailer. */
final class SegmentFormat {
    /** Octets of header and trailer each. */
    static final int HEADER = 64;

    /** Most records of a file: a key of the index has 16 bits for their number. */
    static final int RECORDS = 1 << 16;

    /** Most octets of a file. */
    static final int LARGEST = HEADER + RECORDS * (RecordLayout.SIZE + Long.BYTES) + HEADER;

    static final long MAGIC = 0x4E41_544C_4F47_0002L; // "NATLOG", version 2
    /** Version 1 has no IPv6 addresses, and is otherwise the same. */
    private static final long MAGIC_1 = 0x4E41_544C_4F47_0001L;

    static final long TRAILER_MAGIC = 0x4E41_5449_4458_0001L; // "NATIDX", version 1

    private static final Pattern NAME = Pattern.compile("([0-9a-f]{16})\\.nsl");

    private SegmentFormat() {}

    static Path file(Path directory, long number) {
        return directory.resolve(String.format(Locale.ROOT, "%016x.nsl", number));
    }

    static OptionalLong number(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches() ? OptionalLong.of(Long.parseUnsignedLong(name.group(1), 16)) : OptionalLong.empty();
    }

    /** The files of a log, oldest first. */
    static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> number(file).isPresent()).sorted().toList();
        }
    }

    /** @param created nanoseconds since 1970 */
    static ByteBuffer header(long datapathId, long created) {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        header.putLong(MAGIC).putLong(datapathId).putLong(created);
        header.putInt(HEADER - 4, crc(header.slice(0, HEADER - 4)));
        return header.rewind();
    }

    static boolean isHeader(ByteBuffer file) {
        return file.limit() >= HEADER
                && (file.getLong(0) == MAGIC || file.getLong(0) == MAGIC_1)
                && file.getInt(HEADER - 4) == crc(file.slice(0, HEADER - 4));
    }

    static long created(ByteBuffer file) {
        return file.getLong(16);
    }

    /** Octet at which a record begins. */
    static int offset(int number) {
        return HEADER + number * RecordLayout.SIZE;
    }

    /** An entry of the index: entries are in the order of signed numbers. */
    static long key(int outside, int port, int number) {
        return (long) outside << 32 | (long) port << 16 | number;
    }

    static int number(long key) {
        return (int) key & 0xFFFF;
    }

    /**
     * The end of a complete file.
     *
     * @param records that the file has
     * @param sessions entries of the index: sessions by outside address and port
     * @param blocks entries: blocks by outside address and first port
     * @param marks entries: names, starts, gaps, by their number
     * @param earliest earliest time that a record speaks of
     * @param latest latest one
     */
    record Trailer(int records, int sessions, int blocks, int marks, long earliest, long latest) {
        int index() {
            return offset(records);
        }

        int entries() {
            return sessions + blocks + marks;
        }

        /** Index and trailer, as they are in the file. */
        static ByteBuffer write(long[] sessions, long[] blocks, long[] marks, int records, long earliest, long latest) {
            int entries = sessions.length + blocks.length + marks.length;
            ByteBuffer buffer = ByteBuffer.allocate(entries * Long.BYTES + HEADER);
            for (long[] part : new long[][] {sessions, blocks, marks}) {
                for (long key : part) {
                    buffer.putLong(key);
                }
            }
            buffer.putLong(TRAILER_MAGIC)
                    .putInt(records)
                    .putInt(sessions.length)
                    .putInt(blocks.length)
                    .putInt(marks.length)
                    .putLong(earliest)
                    .putLong(latest);
            buffer.putInt(buffer.capacity() - 4, crc(buffer.slice(0, buffer.capacity() - 4)));
            return buffer.rewind();
        }

        /** The trailer of a file, if it has one that is whole. */
        static Optional<Trailer> read(ByteBuffer file) {
            int at = file.limit() - HEADER;
            if (at < HEADER || file.getLong(at) != TRAILER_MAGIC) {
                return Optional.empty();
            }
            Trailer trailer = new Trailer(
                    file.getInt(at + 8),
                    file.getInt(at + 12),
                    file.getInt(at + 16),
                    file.getInt(at + 20),
                    file.getLong(at + 24),
                    file.getLong(at + 32));
            boolean fits = trailer.records >= 0
                    && trailer.records <= RECORDS
                    && trailer.sessions >= 0
                    && trailer.blocks >= 0
                    && trailer.marks >= 0
                    && (long) trailer.sessions + trailer.blocks + trailer.marks <= trailer.records
                    && trailer.index() + trailer.entries() * Long.BYTES == at;
            return fits
                            && file.getInt(file.limit() - 4)
                                    == crc(file.slice(trailer.index(), at - trailer.index() + HEADER - 4))
                    ? Optional.of(trailer)
                    : Optional.empty();
        }
    }

    private static int crc(ByteBuffer octets) {
        CRC32C crc = new CRC32C();
        crc.update(octets);
        return (int) crc.getValue();
    }
}
