package io.natator.softswitch.io.pcap;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Reads the classic pcap format (draft-ietf-opsawg-pcap, sections 4 and 5), with micro- or nanoseconds, of either byte
 * order. One frame at a time is in memory. A bad file never throws: it ends, and {@link #problem} says why.
 */
public final class PcapReader implements AutoCloseable {
    /** Octets of the longest frame that is read; libpcap's own limit. */
    public static final int LONGEST = 262_144;

    private static final int MICROSECONDS = 0xA1B2_C3D4;
    private static final int NANOSECONDS = 0xA1B2_3C4D;
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int ETHERNET = 1;
    /** The other bits tell of frame check sequences. */
    private static final int LINK_TYPE = 0xFFFF;

    private final InputStream in;
    private final byte[] header = new byte[FILE_HEADER];
    private final ByteBuffer words = ByteBuffer.wrap(header);
    private long unit = 1;
    private String problem;
    private boolean ended;

    /** Reads the file's header. */
    public PcapReader(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
        fileHeader();
    }

    private void fileHeader() {
        if (!fill(header, FILE_HEADER)) {
            fail("shorter than a file header");
            return;
        }
        int magic = words.getInt(0);
        if (magic == Integer.reverseBytes(MICROSECONDS) || magic == Integer.reverseBytes(NANOSECONDS)) {
            words.order(ByteOrder.LITTLE_ENDIAN);
            magic = Integer.reverseBytes(magic);
        }
        if (magic != MICROSECONDS && magic != NANOSECONDS) {
            fail("not a pcap file: magic number 0x%08x".formatted(magic));
            return;
        }
        unit = magic == MICROSECONDS ? 1000 : 1;
        int linkType = words.getInt(20) & LINK_TYPE;
        if (linkType != ETHERNET) {
            fail("link type " + linkType + " instead of Ethernet");
        }
    }

    /** The next frame; empty at the end, or once something is wrong. */
    public Optional<PcapRecord> next() {
        if (ended) {
            return Optional.empty();
        }
        int had = read(header, RECORD_HEADER);
        if (had < RECORD_HEADER) {
            if (had > 0) {
                fail("ends within a record's header");
            }
            ended = true;
            return Optional.empty();
        }
        long length = Integer.toUnsignedLong(words.getInt(8));
        if (length > LONGEST) {
            fail("a record of " + length + " octets");
            return Optional.empty();
        }
        long nanos = Integer.toUnsignedLong(words.getInt(0)) * 1_000_000_000
                + Integer.toUnsignedLong(words.getInt(4)) * unit;
        long original = Integer.toUnsignedLong(words.getInt(12));
        byte[] octets = new byte[(int) length];
        if (!fill(octets, octets.length)) {
            fail("ends within a frame");
            return Optional.empty();
        }
        return Optional.of(new PcapRecord(nanos, octets, original));
    }

    /** What is wrong with the file; empty as long as nothing is. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private boolean fill(byte[] into, int length) {
        return read(into, length) == length;
    }

    private int read(byte[] into, int length) {
        try {
            return in.readNBytes(into, 0, length);
        } catch (IOException e) {
            fail("cannot be read: " + e.getMessage());
            return 0;
        }
    }

    private void fail(String why) {
        ended = true;
        if (problem == null) {
            problem = why;
        }
    }

    @Override
    public void close() {
        ended = true;
        try {
            in.close();
        } catch (IOException e) {
            fail("cannot be closed: " + e.getMessage());
        }
    }
}
