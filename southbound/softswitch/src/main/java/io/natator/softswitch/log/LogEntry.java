package io.natator.softswitch.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;

/**
 * One record as read from a file.
 *
 * @param why one of {@link Codes}
 * @param time nanoseconds since 1970
 * @param since of ENDED when it began; else {@code time}
 * @param packets both directions; of LOST the records that are missing
 * @param text of NAME this part of the name; else empty
 */
record LogEntry(
        EventType type,
        int protocol,
        int why,
        int share,
        IpAddress inside,
        int insidePort,
        int outside,
        int outsidePort,
        int remote,
        int remotePort,
        long time,
        long since,
        long packets,
        long bytes,
        String text) {

    /**
     * The record at {@code at}, which is whole.
     *
     * @param wide an INSIDE record follows, and is whole
     */
    static LogEntry read(ByteBuffer file, int at, boolean wide) {
        EventType type = EventType.of(file.get(at + RecordLayout.TYPE) & 0xFF).orElseThrow();
        int why = file.get(at + RecordLayout.WHY) & 0xFF;
        boolean name = type == EventType.NAME;
        return new LogEntry(
                type,
                file.get(at + RecordLayout.PROTOCOL) & 0xFF,
                why,
                file.getInt(at + RecordLayout.SHARE),
                wide
                        ? ipv6(file, at + RecordLayout.SIZE)
                        : IpAddress.valueOf(name ? 0 : file.getInt(at + RecordLayout.INSIDE)),
                name ? 0 : file.getShort(at + RecordLayout.INSIDE_PORT) & 0xFFFF,
                name ? 0 : file.getInt(at + RecordLayout.OUTSIDE),
                name ? 0 : file.getShort(at + RecordLayout.OUTSIDE_PORT) & 0xFFFF,
                name ? 0 : file.getInt(at + RecordLayout.REMOTE),
                name ? 0 : file.getShort(at + RecordLayout.REMOTE_PORT) & 0xFFFF,
                name ? 0 : file.getLong(at + RecordLayout.TIME),
                name ? 0 : file.getLong(at + RecordLayout.SINCE),
                name ? 0 : file.getLong(at + RecordLayout.PACKETS),
                name ? 0 : file.getLong(at + RecordLayout.BYTES),
                name ? text(file, at, Math.min(why, RecordLayout.TEXT_SIZE)) : "");
    }

    private static IpAddress ipv6(ByteBuffer file, int at) {
        byte[] address = new byte[Ip6Address.BYTE_LENGTH];
        file.get(at + RecordLayout.ADDRESS, address);
        return IpAddress.valueOf(IpAddress.Version.INET6, address);
    }

    private static String text(ByteBuffer file, int at, int length) {
        byte[] text = new byte[length];
        file.get(at + RecordLayout.TEXT, text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
