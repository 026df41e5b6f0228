package io.natator.softswitch.agent.codec;

import io.netty.buffer.ByteBuf;

/** Cuts the entries of a multipart reply into messages of at most 65,535 octets (section 7.3.5). */
final class Parts {
    private static final int LONGEST = 0xFFFF;
    private static final int FLAGS = 10;
    private static final int MORE = 1;

    private final ByteBuf out;
    private final int xid;
    private final int type;
    private int message;
    private int entry;

    Parts(ByteBuf out, int xid, int type) {
        this.out = out;
        this.xid = xid;
        this.type = type;
        begin();
    }

    private void begin() {
        message = Message.begin(out, MessageType.MULTIPART_REPLY, xid);
        out.writeShort(type).writeShort(0).writeInt(0);
    }

    /** Where to write the next entry. */
    ByteBuf entry() {
        entry = out.writerIndex();
        return out;
    }

    /** The entry is written; it goes to the next message if this one would become too long. */
    void done() {
        if (out.writerIndex() - message <= LONGEST) {
            return;
        }
        byte[] moved = new byte[out.writerIndex() - entry];
        out.getBytes(entry, moved).writerIndex(entry);
        end(true);
        begin();
        out.writeBytes(moved);
    }

    /** Ends the last message. */
    void end(boolean more) {
        out.setShort(message + FLAGS, more ? MORE : 0);
        Message.end(out, message);
    }
}
