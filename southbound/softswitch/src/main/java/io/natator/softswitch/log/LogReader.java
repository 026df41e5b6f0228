package io.natator.softswitch.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.onlab.packet.IpAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the files of a log, also while a switch writes them. */
public final class LogReader {
    private static final long NANOS = 1_000_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);

    private final Path directory;

    public LogReader(Path directory) {
        this.directory = directory;
    }

    /**
     * Who had an outside address and port at a time.
     *
     * @param protocol 0: any
     * @param port 0: any
     * @throws IOException if the directory or a file cannot be read
     */
    public LogAnswer lookup(IpAddress outside, int protocol, int port, Instant at) throws IOException {
        long time = Math.addExact(Math.multiplyExact(at.getEpochSecond(), NANOS), at.getNano());
        if (!outside.isIp4()) {
            return new LogAnswer(List.of(), at, 0);
        }
        int address = outside.getIp4Address().toInt();
        History history = new History(address, protocol, port, time);
        for (Path path : files()) {
            try (Segment segment = Segment.open(path)) {
                segment.created().ifPresent(history::begins);
                segment.about(address, port, history::read);
            } catch (NoSuchFileException e) {
                LOG.debug("{} was deleted to make room", path);
            }
        }
        return history.answer();
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new NoSuchFileException(directory.toString(), null, "no such directory");
        }
        return SegmentFormat.files(directory);
    }
}
