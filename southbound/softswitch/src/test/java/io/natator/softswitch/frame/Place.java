package io.natator.softswitch.frame;

import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Key;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A frame in memory with canaries on both sides, its headers and its key. Everything that is done to it is followed by
 * {@link #check}: nothing outside was written, and headers and key are what the parser finds.
 */
public final class Place implements AutoCloseable {
    public static final int HEADROOM = 128;
    private static final int GUARD = 64;
    private static final byte CANARY = (byte) 0xA5;

    public final Frame frame = new Frame();
    public final Headers headers = new Headers();
    public final long[] key = new long[Key.WORDS];
    final int reason;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment buffer;

    public Place(byte[] octets) {
        buffer = arena.allocate(GUARD + HEADROOM + octets.length + GUARD);
        buffer.fill(CANARY);
        MemorySegment.copy(octets, 0, buffer, ValueLayout.JAVA_BYTE, GUARD + HEADROOM, octets.length);
        frame.address = buffer.address() + GUARD + HEADROOM;
        frame.length = octets.length;
        frame.headroom = HEADROOM;
        frame.inPort = 7;
        reason = Parser.parse(frame, headers, key);
    }

    public byte[] octets() {
        return Memory.ALL.asSlice(frame.address, frame.length).toArray(ValueLayout.JAVA_BYTE);
    }

    String hex() {
        return HexFormat.of().formatHex(octets());
    }

    long get(Field field) {
        return Key.get(key, field);
    }

    int set(Field field, long high, long value) {
        return Editor.set(frame, headers, key, field, high, value, -1, field.ones());
    }

    int set(Field field, long value) {
        return set(field, 0, value);
    }

    /** Fails if canaries were overwritten, or if headers and key are not what a parser finds in these octets. */
    public void check() {
        long low = buffer.address() + GUARD;
        long end = buffer.address() + buffer.byteSize() - GUARD;
        for (int i = 0; i < GUARD; i++) {
            if (Memory.u8(low - 1 - i) != (CANARY & 0xFF) || Memory.u8(end + i) != (CANARY & 0xFF)) {
                throw new AssertionError("written outside the frame");
            }
        }
        if (frame.address - low != frame.headroom) {
            throw new AssertionError("headroom " + frame.headroom + " of " + (frame.address - low));
        }
        Headers again = new Headers();
        long[] fresh = key.clone();
        Parser.again(frame, again, fresh);
        if (!Arrays.equals(fresh, key)) {
            throw new AssertionError("key " + Arrays.toString(key) + " of a frame with " + Arrays.toString(fresh));
        }
        if (!text(again).equals(text(headers))) {
            throw new AssertionError("headers " + text(headers) + " of a frame with " + text(again));
        }
    }

    static String text(Headers h) {
        return "type=%d tags=%d mpls=%d pbb=%d arp=%d ip=%d v%d end=%d protocol=%d@%d upper=%d%s%s transport=%d checksum=%d%s nd=%d target=%d sll=%d tll=%d"
                .formatted(
                        h.type,
                        h.tags,
                        h.mpls,
                        h.pbb,
                        h.arp,
                        h.ip,
                        h.ipVersion,
                        h.ipEnd,
                        h.protocol,
                        h.protocolAt,
                        h.upper,
                        h.routed ? " routed" : "",
                        h.fragment ? " fragment" : "",
                        h.transport,
                        h.checksum,
                        h.pseudo ? " pseudo" : "",
                        h.ndType,
                        h.ndTarget,
                        h.ndSource,
                        h.ndTargetMac);
    }

    @Override
    public void close() {
        arena.close();
    }
}
