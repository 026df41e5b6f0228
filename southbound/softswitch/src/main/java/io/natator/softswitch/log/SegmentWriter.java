package io.natator.softswitch.log;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends records to files, begins a new one when one is full, and deletes the oldest to stay within a size. */
final class SegmentWriter implements Sink {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentWriter.class);
    private static final int BUFFERED = 1024;
    /** A name's two records, one of a host, and its address. */
    private static final int MOST_TOGETHER = 4;

    private static final long RETRY_NANOS = 1_000_000_000;

    private final Path directory;
    private final long mostOctets;
    private final long datapathId;
    private final LogCounts counts;
    private final FileChannel lockFile;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFERED * RecordLayout.SIZE);
    private final MemorySegment bufferMemory = MemorySegment.ofBuffer(buffer);
    private final Index index = new Index();
    private final Map<Integer, String> named = new HashMap<>();
    private int lastShare;
    private Logged lastLogged = Logged.NOTHING;
    private FileChannel file;
    private long nextNumber;
    private long retryAt = Long.MIN_VALUE;
    private long failed;
    private long lastTime;

    private SegmentWriter(
            Path directory, long mostOctets, long datapathId, LogCounts counts, FileChannel lockFile, long nextNumber) {
        this.directory = directory;
        this.mostOctets = mostOctets;
        this.datapathId = datapathId;
        this.counts = counts;
        this.lockFile = lockFile;
        this.nextNumber = nextNumber;
    }

    /**
     * Goes on with the log in a directory, which is made if need be. A file that a process left incomplete is completed.
     *
     * @param mostOctets of all files together, at least {@link io.natator.softswitch.config.SessionLogging#LEAST_OCTETS}
     * @throws IOException if it cannot be, or another switch writes there; the message is for people
     */
    static SegmentWriter open(Path directory, long mostOctets, long datapathId, LogCounts counts, long wallNanos)
            throws IOException {
        Files.createDirectories(directory);
        FileChannel lockFile =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            lock(directory, lockFile);
            List<Path> files = SegmentFormat.files(directory);
            for (Path old : files) {
                Segment.complete(old);
            }
            long next =
                    files.isEmpty() ? 0 : SegmentFormat.number(files.getLast()).getAsLong() + 1;
            SegmentWriter writer = new SegmentWriter(directory, mostOctets, datapathId, counts, lockFile, next);
            writer.begin(wallNanos);
            writer.mark(EventType.STARTED, 0, wallNanos);
            writer.write();
            return writer;
        } catch (IOException e) {
            lockFile.close();
            throw e;
        }
    }

    private static void lock(Path directory, FileChannel lockFile) throws IOException {
        FileLock lock;
        try {
            lock = lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null; // another switch of this process
        }
        if (lock == null) {
            throw new IOException("another switch writes the session log in " + directory + ": give this one its own");
        }
    }

    private void begin(long wallNanos) throws IOException {
        makeRoom();
        file = FileChannel.open(
                SegmentFormat.file(directory, nextNumber), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        nextNumber++;
        index.clear();
        named.clear();
        lastShare = 0;
        writeAll(file, SegmentFormat.header(datapathId, wallNanos));
    }

    /** Deletes oldest files until one more fits. */
    private void makeRoom() throws IOException {
        List<Path> files = SegmentFormat.files(directory);
        long octets = SegmentFormat.LARGEST;
        for (Path old : files) {
            octets += Files.size(old);
        }
        for (Path old : files) {
            if (octets <= mostOctets) {
                return;
            }
            octets -= Files.size(old);
            Files.delete(old);
            counts.add(LogCount.LOG_SEGMENTS_REMOVED, 1);
        }
    }

    @Override
    public void take(MemorySegment memory, long at, long insideAt, Logged logged) {
        if (insideAt >= 0 && index.records() + MOST_TOGETHER > SegmentFormat.RECORDS) {
            finish(); // lest a file ends between the two
        }
        if (!isOpen(RecordLayout.time(memory, at))) {
            failed++;
            counts.add(LogCount.LOG_WRITE_FAILED, 1);
            return;
        }
        name(RecordLayout.share(memory, at), logged);
        copy(memory, at);
        if (insideAt >= 0) {
            copy(memory, insideAt);
        }
    }

    private void copy(MemorySegment memory, long at) {
        room();
        MemorySegment.copy(memory, at, bufferMemory, buffer.position(), RecordLayout.SIZE);
        append();
    }

    @Override
    public void lost(long records, long wallNanos) {
        if (isOpen(wallNanos)) {
            room();
            mark(EventType.LOST, records, wallNanos);
        }
    }

    /** Opens a file again some time after the disk took nothing. */
    private boolean isOpen(long wallNanos) {
        lastTime = wallNanos;
        if (file == null && wallNanos >= retryAt) {
            try {
                begin(wallNanos);
                if (failed > 0) {
                    mark(EventType.LOST, failed, wallNanos);
                    failed = 0;
                }
            } catch (IOException e) {
                broken(e, 0);
            }
        }
        return file != null;
    }

    /** What the share is called, once a file, and before it is spoken of. */
    private void name(int share, Logged logged) {
        if (share == lastShare && logged == lastLogged) {
            return;
        }
        lastShare = share;
        lastLogged = logged;
        String name = logged.share(share).map(Logged.Of::translation).orElse("");
        if (name.equals(named.getOrDefault(share, ""))) {
            return;
        }
        named.put(share, name);
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        for (int part = 0; part < 2 && part * RecordLayout.TEXT_SIZE < text.length; part++) {
            int from = part * RecordLayout.TEXT_SIZE;
            int length = Math.min(RecordLayout.TEXT_SIZE, text.length - from);
            room();
            int at = buffer.position();
            blank(at);
            buffer.put(at + RecordLayout.TYPE, (byte) EventType.NAME.code())
                    .put(at + RecordLayout.PROTOCOL, (byte) part)
                    .put(at + RecordLayout.WHY, (byte) length)
                    .putInt(at + RecordLayout.SHARE, share)
                    .put(at + RecordLayout.TEXT, text, from, length);
            append();
        }
    }

    private void mark(EventType type, long records, long wallNanos) {
        int at = buffer.position();
        blank(at);
        buffer.put(at + RecordLayout.TYPE, (byte) type.code())
                .putLong(at + RecordLayout.TIME, wallNanos)
                .putLong(at + RecordLayout.SINCE, wallNanos)
                .putLong(at + RecordLayout.PACKETS, records);
        append();
    }

    private void blank(int at) {
        var _ = bufferMemory.asSlice(at, RecordLayout.SIZE).fill((byte) 0);
    }

    /** The record at the buffer's position is there; its checksum is not yet. */
    private void append() {
        int at = buffer.position();
        RecordLayout.seal(buffer, at);
        index.add(buffer, at, true);
        buffer.position(at + RecordLayout.SIZE);
        if (index.records() == SegmentFormat.RECORDS) {
            finish();
        }
    }

    private void room() {
        if (!buffer.hasRemaining()) {
            write();
        }
    }

    private void write() {
        int records = buffer.position() / RecordLayout.SIZE;
        buffer.flip();
        try {
            if (file != null && records > 0) {
                writeAll(file, buffer);
                counts.add(LogCount.LOG_RECORDS, records);
            }
        } catch (IOException e) {
            broken(e, records);
        } finally {
            buffer.clear();
        }
    }

    private static void writeAll(FileChannel to, ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            to.write(octets);
        }
    }

    /** Completes the file. */
    private void finish() {
        write();
        if (file != null) {
            try (FileChannel complete = file) {
                writeAll(complete, index.write());
            } catch (IOException e) {
                LOG.warn("event=session-log-failed reason=\"{}\"", e.getMessage());
            }
            file = null; // readers do without an index, and the next start writes it
            retryAt = Long.MIN_VALUE;
        }
    }

    private void broken(IOException e, int records) {
        LOG.warn("event=session-log-failed records={} reason=\"{}\"", records, e.getMessage());
        counts.add(LogCount.LOG_WRITE_FAILED, records);
        failed += records;
        retryAt = lastTime + RETRY_NANOS;
        closeQuietly(file); // it may end in part of a record: nothing may be appended there
        file = null;
    }

    @Override
    public void flush(long wallNanos) {
        write();
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("session log: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        finish();
        closeQuietly(lockFile);
    }
}
