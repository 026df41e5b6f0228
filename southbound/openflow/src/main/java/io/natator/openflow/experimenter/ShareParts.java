package io.natator.openflow.experimenter;

import io.natator.openflow.codec.Wire;
import io.natator.packet.Bytes;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * The message that tells a switch its shares: OFPT_EXPERIMENTER with type 1, as many as it takes, of one xid: number of
 * the part (32 bits, from 0), octets of the whole set (32 bits), octets of this part. The set counts when it is complete.
 */
public final class ShareParts {
    /** Octets of the largest set. */
    public static final int MAX_SET = 32 << 20;

    static final int HEADER = 24;
    private static final int PART = 16;
    private static final int WHOLE = 20;
    /** Octets of a set in one message. */
    private static final int SLICE = 60_000;

    private int xid;
    private int parts;
    private int octets;
    private byte[] set;

    /** Writes all messages of a set. */
    public static void write(ByteBuf out, int version, int xid, byte[] set) {
        int from = 0;
        int part = 0;
        do {
            int length = Math.min(SLICE, set.length - from);
            Experimenter.header(out, version, xid, Experimenter.SHARES, HEADER + length);
            out.writeInt(part++).writeInt(set.length).writeBytes(set, from, length);
            from += length;
        } while (from < set.length);
    }

    /** What a part meant. */
    public sealed interface Progress {
        /** More are to come. */
        record Incomplete() implements Progress {}

        record Complete(byte[] set) implements Progress {}

        /** It does not fit what came before; whatever was there is forgotten. */
        record Wrong(String why) implements Progress {}
    }

    /** A message of this type came. At most one set is put together at a time: part 0 begins anew. */
    public Progress take(byte[] b, int length) {
        if (length < HEADER) {
            return wrong("shares in " + length + " octets");
        }
        int part = Bytes.i32(b, PART);
        int whole = Bytes.i32(b, WHOLE);
        if (part == 0) {
            if (whole < 0 || whole > MAX_SET) {
                return wrong("shares of " + Integer.toUnsignedString(whole) + " octets, at most " + MAX_SET);
            }
            xid = Bytes.i32(b, 4);
            parts = 0;
            octets = 0;
            set = new byte[Math.min(whole, SLICE)];
        } else if (set == null || part != parts || Bytes.i32(b, 4) != xid) {
            return wrong("part " + Integer.toUnsignedString(part) + " of shares out of order");
        }
        int more = length - HEADER;
        if (more > whole - octets || (more == 0 && whole > 0)) {
            return wrong("part " + part + " of shares does not fit");
        }
        if (octets + more > set.length) {
            set = Arrays.copyOf(set, (int) Math.min(whole, Math.max(octets + more, 2L * set.length)));
        }
        System.arraycopy(b, HEADER, set, octets, more);
        octets += more;
        parts++;
        if (octets < whole) {
            return new Progress.Incomplete();
        }
        byte[] complete = set;
        set = null;
        return new Progress.Complete(complete);
    }

    private Progress wrong(String why) {
        set = null;
        return new Progress.Wrong(why);
    }

    /** True if an experimenter message is one of these. */
    public static boolean is(byte[] b, int length) {
        return length >= PART && Bytes.i32(b, 8) == Wire.NATATOR && Bytes.i32(b, 12) == Experimenter.SHARES;
    }
}
