package io.natator.softswitch.log;

import io.natator.softswitch.log.SegmentFormat.Trailer;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** A file of the log, to read. Damaged records are passed over, and an index that is not there or damaged is done without. */
final class Segment implements AutoCloseable {
    private final Arena arena;
    private final ByteBuffer file;
    private final Optional<Trailer> trailer;

    private Segment(Arena arena, ByteBuffer file) {
        this.arena = arena;
        this.file = file;
        this.trailer = SegmentFormat.isHeader(file) ? Trailer.read(file) : Optional.empty();
    }

    /** @throws IOException if it cannot be read; {@link java.nio.file.NoSuchFileException} if it was deleted meanwhile */
    static Segment open(Path path) throws IOException {
        Arena arena = Arena.ofConfined();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = Math.min(channel.size(), SegmentFormat.LARGEST);
            return new Segment(
                    arena,
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena).asByteBuffer());
        } catch (IOException e) {
            arena.close();
            throw e;
        }
    }

    /** Writes the index of a file that has none; deletes one that ends in its header. */
    static void complete(Path path) throws IOException {
        int records;
        ByteBuffer end;
        try (Segment segment = open(path)) {
            if (segment.trailer.isPresent()) {
                return;
            }
            if (!SegmentFormat.isHeader(segment.file)) {
                Files.delete(path);
                return;
            }
            Index index = new Index();
            records = segment.places();
            for (int i = 0; i < records; i++) {
                index.add(segment.file, SegmentFormat.offset(i), segment.isWhole(i));
            }
            end = index.write();
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(SegmentFormat.offset(records)).position(SegmentFormat.offset(records));
            while (end.hasRemaining()) {
                channel.write(end);
            }
        }
    }

    /** True if it has an index. */
    boolean isComplete() {
        return trailer.isPresent();
    }

    /** How many records there are, damaged ones included. A last one that is cut off is none. */
    private int places() {
        if (!SegmentFormat.isHeader(file)) {
            return 0;
        }
        return trailer.map(Trailer::records)
                .orElse(Math.min(SegmentFormat.RECORDS, (file.limit() - SegmentFormat.HEADER) / RecordLayout.SIZE));
    }

    private boolean isWhole(int number) {
        return RecordLayout.isWhole(file, SegmentFormat.offset(number));
    }

    /** All records that are whole, in order. */
    void forEach(Consumer<LogEntry> to) {
        int records = places();
        for (int i = 0; i < records; i++) {
            read(i, to);
        }
    }

    /** Tells of a record if it is whole, with the one that belongs to it. */
    private void read(int number, Consumer<LogEntry> to) {
        int at = SegmentFormat.offset(number);
        if (!isWhole(number) || RecordLayout.is(file, at, EventType.INSIDE)) {
            return;
        }
        boolean wide = RecordLayout.isWide(file, at);
        boolean known = !wide
                || (number + 1 < places()
                        && isWhole(number + 1)
                        && RecordLayout.is(file, at + RecordLayout.SIZE, EventType.INSIDE));
        if (known) {
            to.accept(LogEntry.read(file, at, wide));
        }
    }

    /** When the file was begun, in nanoseconds since 1970; empty if it has no header. */
    OptionalLong created() {
        return SegmentFormat.isHeader(file) ? OptionalLong.of(SegmentFormat.created(file)) : OptionalLong.empty();
    }

    /**
     * In order, every record that may tell who had an outside address and port, and all names, starts and gaps.
     *
     * @param port 0: any
     */
    void about(int outside, int port, Consumer<LogEntry> to) {
        if (trailer.isEmpty()) {
            forEach(to);
            return;
        }
        Trailer t = trailer.get();
        long[] numbers = new long[16];
        int count = 0;
        int blocks = t.sessions();
        int marks = blocks + t.blocks();
        int[][] ranges = {
            range(0, t.sessions(), outside, port == 0 ? 0 : port, port == 0 ? 0xFFFF : port),
            port == 0 ? new int[2] : range(0, t.sessions(), outside, 0, 0), // bindings have no port
            range(blocks, marks, outside, 0, port == 0 ? 0xFFFF : port),
            {marks, t.entries()}
        };
        for (int[] range : ranges) {
            for (int i = range[0]; i < range[1]; i++) {
                if (count == numbers.length) {
                    numbers = Arrays.copyOf(numbers, 2 * count);
                }
                numbers[count++] = SegmentFormat.number(key(i));
            }
        }
        Arrays.sort(numbers, 0, count);
        for (int i = 0; i < count; i++) {
            int number = (int) numbers[i];
            if (number < t.records()) {
                read(number, to);
            }
        }
    }

    /** The entries between {@code from} and {@code to} of an address and ports. */
    private int[] range(int from, int to, int outside, int firstPort, int lastPort) {
        return new int[] {
            lowerBound(from, to, SegmentFormat.key(outside, firstPort, 0)),
            upperBound(from, to, SegmentFormat.key(outside, lastPort, 0xFFFF))
        };
    }

    /** The first entry that is not below {@code key}. */
    private int lowerBound(int from, int to, long key) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (key(middle) < key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int upperBound(int from, int to, long key) {
        return key == Long.MAX_VALUE ? to : lowerBound(from, to, key + 1);
    }

    private long key(int entry) {
        return file.getLong(trailer.orElseThrow().index() + entry * Long.BYTES);
    }

    @Override
    public void close() {
        arena.close();
    }
}
