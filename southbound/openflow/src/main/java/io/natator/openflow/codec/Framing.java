package io.natator.openflow.codec;

import io.netty.buffer.ByteBuf;

/**
 * Finds message boundaries in the byte stream. A message is at most 65,535 octets long, so no more than that is
 * ever kept back.
 */
public final class Framing {
    /** The next message is not complete yet. */
    public static final int INCOMPLETE = 0;

    /** The length field is smaller than a header: the stream cannot be followed any further. */
    public static final int BROKEN = -1;

    private Framing() {}

    /** Octets of the message at the reader index, {@link #INCOMPLETE} or {@link #BROKEN}. */
    public static int next(ByteBuf in) {
        if (in.readableBytes() < Header.LENGTH + 2) {
            return INCOMPLETE;
        }
        int length = Header.length(in);
        if (length < Header.SIZE) {
            return BROKEN;
        }
        return in.readableBytes() < length ? INCOMPLETE : length;
    }
}
