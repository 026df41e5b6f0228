package io.natator.softswitch.agent.codec;

import io.natator.packet.BoundedReader;
import io.natator.packet.Bytes;
import io.natator.softswitch.flow.Refusal;
import java.util.Arrays;

/**
 * Reads a message from front to back. What goes wrong first is kept, and from then on everything reads as zero: decoders
 * go on to their end and are asked once what was wrong. Reused from message to message.
 */
final class Reader extends BoundedReader {
    private Refusal refusal;
    private ErrorCode cutShort = ErrorCode.REQUEST_BAD_LEN;

    Reader() {
        super(new byte[0], 0, 0);
    }

    /** Begins to read {@code octets} between two positions. */
    Reader over(byte[] octets, int from, int to) {
        b = octets;
        at = from;
        end = to;
        refusal = null;
        cutShort = ErrorCode.REQUEST_BAD_LEN;
        return this;
    }

    /** What it means from now on if octets are missing. */
    void cutShort(ErrorCode code) {
        cutShort = code;
    }

    boolean ok() {
        return refusal == null;
    }

    /** Keeps what is wrong, if it is the first. */
    void refuse(ErrorCode code, String text) {
        if (refusal == null) {
            refusal = code.because(text);
            at = end; // loops that read until nothing is left come to their end
        }
    }

    <T> Decoded<T> result(T value) {
        return refusal == null ? new Decoded.Ok<>(value) : new Decoded.Refused<>(refusal);
    }

    @Override
    protected void lacking() {
        refuse(cutShort, "cut short");
    }

    long u32() {
        return Integer.toUnsignedLong(i32());
    }

    long u48() {
        if (!has(6)) {
            return 0;
        }
        at += 6;
        return Bytes.u48(b, at - 6);
    }

    /** An unsigned number of 1 to 8 octets. */
    long number(int octets) {
        return switch (octets) {
            case 1 -> u8();
            case 2 -> u16();
            case 3 -> (long) u8() << 16 | u16();
            case 4 -> u32();
            case 6 -> u48();
            default -> i64();
        };
    }

    void skip(int octets) {
        if (has(octets)) {
            at += octets;
        }
    }

    byte[] octets(int count) {
        if (!has(count)) {
            return new byte[0];
        }
        at += count;
        return Arrays.copyOfRange(b, at - count, at);
    }

    /** Narrows reading to the next {@code octets}, which are there; returns where it ended before. */
    int narrow(int octets) {
        int before = end;
        end = Math.min(end, at + octets);
        return before;
    }

    /** Ends {@link #narrow}: goes on behind the narrowed part. */
    void widen(int before) {
        if (refusal == null) {
            at = end;
            end = before;
        }
    }
}
