package io.natator.softswitch.agent.codec;

import io.natator.openflow.codec.Wire;
import io.natator.softswitch.flow.Refusal;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Headers of messages, and the messages that hold little more. */
public final class Message {
    /** OpenFlow 1.3. */
    public static final int VERSION = 4;
    /** Octets of a header. */
    public static final int HEADER = 8;
    /** Octets of a request that an error sends back. */
    public static final int OFFENDING = 64;

    private static final int BITMAP_ELEMENT = 1;
    static final int EXPERIMENTER_ERROR = 0xFFFF;
    private static final int LONGEST_TEXT = 512;
    private static final int BUNDLE_FAILED = 17;
    private static final int ONF = 0x4F4E4600;
    private static final int ONF_BUNDLE = 2300;

    private Message() {}

    static int begin(ByteBuf out, int type, int xid) {
        int start = out.writerIndex();
        out.writeByte(VERSION).writeByte(type).writeShort(0).writeInt(xid);
        return start;
    }

    static void end(ByteBuf out, int start) {
        out.setShort(start + 2, out.writerIndex() - start);
    }

    /** A message without a body. */
    public static void empty(ByteBuf out, int type, int xid) {
        end(out, begin(out, type, xid));
    }

    /** A message with this body. */
    public static void of(ByteBuf out, int type, int xid, byte[] b, int from, int to) {
        int start = begin(out, type, xid);
        out.writeBytes(b, from, to - from);
        end(out, start);
    }

    /** OFPT_HELLO that offers 1.3 (section 7.5.1). */
    public static void hello(ByteBuf out, int xid) {
        int start = begin(out, MessageType.HELLO, xid);
        out.writeShort(BITMAP_ELEMENT).writeShort(8).writeInt(1 << VERSION);
        end(out, start);
    }

    /** True if whoever sent this hello speaks 1.3: its bitmap says so or, without one, its version is 1.3 or later. */
    public static boolean speaksOurVersion(byte[] b, int length) {
        Reader r = new Reader().over(b, HEADER, length);
        while (r.left() >= 8) {
            int type = r.u16();
            int size = r.u16();
            if (type == BITMAP_ELEMENT && size >= 8) {
                return (r.i32() & (1 << VERSION)) != 0;
            }
            if (size < 4 || size - 4 > r.left()) {
                break;
            }
            r.skip(Math.min(((size + 7) & ~7) - 4, r.left()));
        }
        return (b[0] & 0xFF) >= VERSION;
    }

    /**
     * OFPT_ERROR (section 7.4.4). Errors of bundles, which 1.3 does not have, go as ONF extension 230 numbers them; those about
     * Natator's own messages have a text instead of the request.
     *
     * @param offending the first octets of the request, its header at least
     */
    public static void error(ByteBuf out, Refusal refusal, byte[] offending, int length) {
        int xid = io.natator.packet.Bytes.i32(offending, 4);
        int start = begin(out, MessageType.ERROR, xid);
        if (refusal.type() == BUNDLE_FAILED) {
            out.writeShort(EXPERIMENTER_ERROR)
                    .writeShort(ONF_BUNDLE + refusal.code())
                    .writeInt(ONF);
        } else if (refusal.type() == EXPERIMENTER_ERROR) {
            out.writeShort(EXPERIMENTER_ERROR).writeShort(refusal.code()).writeInt(Wire.NATATOR);
            byte[] text = refusal.text().getBytes(StandardCharsets.UTF_8);
            out.writeBytes(text, 0, Math.min(text.length, LONGEST_TEXT));
            end(out, start);
            return;
        } else {
            out.writeShort(refusal.type()).writeShort(refusal.code());
        }
        out.writeBytes(offending, 0, Math.min(length, OFFENDING));
        end(out, start);
    }
}
