package io.natator.openflow.codec;

import io.netty.buffer.ByteBuf;

/** Version negotiation (section 6.3.1): a bitmap where the other side has one, else the smaller of the two versions. */
public final class Hello {
    private static final int OURS = 1 << Wire.VERSION_13 | 1 << Wire.VERSION_14;
    private static final int ELEMENT_BITMAP = 1;

    private Hello() {}

    /** Writes our hello. It must carry the highest version that we speak. */
    public static void write(ByteBuf out, int xid) {
        int start = Header.begin(out, Wire.VERSION_14, Wire.HELLO, xid);
        out.writeShort(ELEMENT_BITMAP).writeShort(8).writeInt(OURS);
        Header.end(out, start);
    }

    /** The version to speak with whoever sent {@code hello}; 0 if there is none. */
    public static int negotiate(ByteBuf hello) {
        int theirs = Header.version(hello);
        int at = hello.readerIndex() + Header.SIZE;
        int end = hello.writerIndex();
        while (at + 4 <= end) {
            int type = hello.getUnsignedShort(at);
            int length = hello.getUnsignedShort(at + 2);
            if (length < 4 || at + length > end) {
                break; // elements that cannot be read are as good as none
            }
            if (type == ELEMENT_BITMAP && length >= 8) {
                int common = hello.getInt(at + 4) & OURS;
                return common == 0 ? 0 : 31 - Integer.numberOfLeadingZeros(common);
            }
            at += (length + 7) & ~7;
        }
        return theirs >= Wire.VERSION_14 ? Wire.VERSION_14 : theirs == Wire.VERSION_13 ? Wire.VERSION_13 : 0;
    }
}
