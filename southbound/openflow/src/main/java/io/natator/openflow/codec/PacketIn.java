package io.natator.openflow.codec;

import io.netty.buffer.ByteBuf;

/**
 * A packet-in (section 7.4.1).
 *
 * @param reason ofp_packet_in_reason
 * @param table whose rule sent it
 * @param cookie of that rule
 * @param inPort where the packet came in, 0 if the device did not say
 * @param frame the Ethernet frame, as far as it was sent
 * @param totalLength octets of the whole frame
 */
public record PacketIn(int reason, int table, long cookie, int inPort, byte[] frame, int totalLength) {
    private static final int TOTAL_LENGTH = Header.SIZE + 4;
    private static final int REASON = TOTAL_LENGTH + 2;
    private static final int TABLE = REASON + 1;
    private static final int COOKIE = TABLE + 1;
    private static final int MATCH = COOKIE + 8;

    /** The packet-in, or null if the message is cut short. */
    public static PacketIn read(ByteBuf m) {
        int start = m.readerIndex();
        int size = m.readableBytes();
        if (size < MATCH + 4) {
            return null;
        }
        int matchLength = m.getUnsignedShort(start + MATCH + 2);
        int data = MATCH + ((matchLength + 7) & ~7) + 2;
        if (matchLength < 4 || data > size) {
            return null;
        }
        byte[] tlvs = new byte[matchLength - 4];
        m.getBytes(start + MATCH + 4, tlvs);
        MatchFields fields = new MatchFields();
        if (!fields.read(tlvs, 0, tlvs.length)) {
            return null;
        }
        byte[] frame = new byte[size - data];
        m.getBytes(start + data, frame);
        return new PacketIn(
                m.getUnsignedByte(start + REASON),
                m.getUnsignedByte(start + TABLE),
                m.getLong(start + COOKIE),
                fields.has(Field.IN_PORT) ? (int) fields.low(Field.IN_PORT) : 0,
                frame,
                m.getUnsignedShort(start + TOTAL_LENGTH));
    }
}
