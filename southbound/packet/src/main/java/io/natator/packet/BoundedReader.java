package io.natator.packet;

/**
 * Reads octets of somebody else from front to back and never beyond their end. What is missing reads as zero, and
 * {@link #lacking} is told: decoders go on to their end and are asked once what was wrong.
 */
public abstract class BoundedReader {
    protected byte[] b;
    protected int at;
    /** Behind the last octet that may be read. */
    protected int end;

    /** Octets {@code from} to {@code to} of {@code octets}, which must be there. */
    protected BoundedReader(byte[] octets, int from, int to) {
        b = octets;
        at = from;
        end = to;
    }

    /** More octets were asked for than are left. Nothing may be left from now on. */
    protected abstract void lacking();

    /** Octets that are left. */
    public int left() {
        return end - at;
    }

    protected final boolean has(int octets) {
        if (octets <= end - at) {
            return true;
        }
        lacking();
        return false;
    }

    public int u8() {
        return has(1) ? Bytes.u8(b, at++) : 0;
    }

    public int u16() {
        if (!has(2)) {
            return 0;
        }
        at += 2;
        return Bytes.u16(b, at - 2);
    }

    public int i32() {
        if (!has(4)) {
            return 0;
        }
        at += 4;
        return Bytes.i32(b, at - 4);
    }

    public long i64() {
        if (!has(8)) {
            return 0;
        }
        at += 8;
        return Bytes.i64(b, at - 8);
    }
}
