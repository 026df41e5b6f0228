package io.natator.openflow.codec;

import io.netty.buffer.ByteBuf;

/**
 * The header that every OpenFlow message starts with (section 7.1.1). Readers take a buffer whose reader index
 * stands at the header and do not move it.
 */
public final class Header {
    public static final int VERSION = 0;
    public static final int TYPE = 1;
    public static final int LENGTH = 2;
    public static final int XID = 4;

    /** Octets. */
    public static final int SIZE = 8;

    private Header() {}

    public static int version(ByteBuf m) {
        return m.getUnsignedByte(m.readerIndex() + VERSION);
    }

    public static int type(ByteBuf m) {
        return m.getUnsignedByte(m.readerIndex() + TYPE);
    }

    public static int length(ByteBuf m) {
        return m.getUnsignedShort(m.readerIndex() + LENGTH);
    }

    public static int xid(ByteBuf m) {
        return m.getInt(m.readerIndex() + XID);
    }

    /** Writes a header whose length is set by {@link #end}; returns where it starts. */
    static int begin(ByteBuf out, int version, int type, int xid) {
        int start = out.writerIndex();
        out.writeByte(version).writeByte(type).writeShort(0).writeInt(xid);
        return start;
    }

    /** Sets the length of the message that starts at {@code start} and ends here. */
    static void end(ByteBuf out, int start) {
        out.setShort(start + LENGTH, out.writerIndex() - start);
    }
}
