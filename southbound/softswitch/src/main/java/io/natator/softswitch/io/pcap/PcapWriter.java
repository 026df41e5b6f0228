package io.natator.softswitch.io.pcap;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Writes the classic pcap format (draft-ietf-opsawg-pcap) with nanoseconds. The file is bounded: frames beyond are
 * counted. What goes wrong is told by {@link #problem}, and ends the recording, not the traffic.
 */
public final class PcapWriter implements AutoCloseable {
    private static final int NANOSECONDS = 0xA1B2_3C4D;
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int ETHERNET = 1;
    private static final long SECOND = 1_000_000_000;

    private final OutputStream out;
    private final ByteBuffer header = ByteBuffer.allocate(FILE_HEADER);
    private long left;
    private long omitted;
    private String problem;

    /** @param limit octets of the file */
    public PcapWriter(OutputStream out, long limit) {
        this.out = new BufferedOutputStream(out, 1 << 16);
        this.left = limit - FILE_HEADER;
        header.putInt(NANOSECONDS).putShort((short) 2).putShort((short) 4).putLong(0);
        write(header.putInt(PcapReader.LONGEST).putInt(ETHERNET).array(), FILE_HEADER);
    }

    /**
     * Records a frame; of one longer than {@link PcapReader#LONGEST} the beginning.
     *
     * @param nanos since 1970-01-01 UTC
     */
    public void record(long nanos, byte[] octets) {
        int length = Math.min(octets.length, PcapReader.LONGEST);
        if (problem != null || left < RECORD_HEADER + length) {
            omitted++;
            return;
        }
        left -= RECORD_HEADER + length;
        header.clear();
        header.putInt((int) (nanos / SECOND)).putInt((int) (nanos % SECOND));
        header.putInt(length).putInt(octets.length);
        write(header.array(), RECORD_HEADER);
        write(octets, length);
    }

    /** Frames that were not recorded. */
    public long omitted() {
        return omitted;
    }

    /** Why recording has ended; empty as long as it has not. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private void write(byte[] octets, int length) {
        try {
            out.write(octets, 0, length);
        } catch (IOException e) {
            problem = e.getMessage();
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            problem = e.getMessage();
        }
    }
}
