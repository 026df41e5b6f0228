package io.natator.softswitch.io.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes netlink messages: headers and attributes, each padded to four octets. */
final class NetlinkWriter {
    static final int REQUEST = 1;
    static final int ACK = 4;
    static final int DUMP = 0x300;
    static final int CREATE = 0x400;
    static final int EXCLUSIVE = 0x200;

    private static final int LONGEST = 4096;
    private static final int NESTED = 0x8000;
    private static final int HEADER = 16;

    private final ByteBuffer out = ByteBuffer.allocate(LONGEST).order(ByteOrder.nativeOrder());
    private int message = -1;
    private int sequence;

    /** Begins a message; the one before ends. */
    NetlinkWriter message(int type, int flags) {
        end();
        message = out.position();
        out.putInt(0)
                .putShort((short) type)
                .putShort((short) flags)
                .putInt(++sequence)
                .putInt(0);
        return this;
    }

    /** Octets of the message's own header, a multiple of four. */
    NetlinkWriter octets(byte... octets) {
        out.put(octets);
        return this;
    }

    /** A string with its terminating zero. */
    NetlinkWriter string(int attribute, String value) {
        byte[] octets = value.getBytes(StandardCharsets.UTF_8);
        return attribute(attribute, Arrays.copyOf(octets, octets.length + 1));
    }

    /** 32 bits in network order, as netfilter wants them. */
    NetlinkWriter big32(int attribute, int value) {
        return attribute(attribute, ByteBuffer.allocate(4).putInt(value).array());
    }

    /** Begins attributes within one; to be given to {@link #endNested}. */
    int nested(int attribute) {
        int at = out.position();
        out.putShort((short) 0).putShort((short) (attribute | NESTED));
        return at;
    }

    NetlinkWriter endNested(int at) {
        out.putShort(at, (short) (out.position() - at));
        return this;
    }

    /** All messages. */
    byte[] toBytes() {
        end();
        return Arrays.copyOf(out.array(), out.position());
    }

    NetlinkWriter attribute(int type, byte[] value) {
        out.putShort((short) (4 + value.length)).putShort((short) type).put(value);
        while (out.position() % 4 != 0) {
            out.put((byte) 0);
        }
        return this;
    }

    private void end() {
        if (message >= 0) {
            out.putInt(message, out.position() - message);
        }
    }

    static int header() {
        return HEADER;
    }
}
