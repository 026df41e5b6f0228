package io.natator.openflow.codec;

import io.netty.buffer.ByteBuf;

/**
 * A rule is gone (section 7.4.2).
 *
 * @param rule its identity and cookie; no instructions
 * @param reason ofp_flow_removed_reason
 */
public record FlowRemoved(EncodedRule rule, int reason) {
    private static final int COOKIE = Header.SIZE;
    private static final int PRIORITY = COOKIE + 8;
    private static final int REASON = PRIORITY + 2;
    private static final int TABLE = REASON + 1;
    private static final int MATCH = Header.SIZE + 40;

    /** The message, or null if it is cut short. */
    public static FlowRemoved read(ByteBuf m) {
        int start = m.readerIndex();
        if (m.readableBytes() < MATCH + 4) {
            return null;
        }
        int matchLength = m.getUnsignedShort(start + MATCH + 2);
        if (matchLength < 4 || MATCH + matchLength > m.readableBytes()) {
            return null;
        }
        byte[] tlvs = new byte[matchLength - 4];
        m.getBytes(start + MATCH + 4, tlvs);
        MatchFields fields = new MatchFields();
        if (!fields.read(tlvs, 0, tlvs.length)) {
            return null;
        }
        ByteWriter match = new ByteWriter();
        fields.write(match);
        EncodedRule rule = new EncodedRule(
                "",
                m.getUnsignedByte(start + TABLE),
                m.getUnsignedShort(start + PRIORITY),
                m.getLong(start + COOKIE),
                match.toArray(),
                new byte[0],
                0);
        return new FlowRemoved(rule, m.getUnsignedByte(start + REASON));
    }
}
