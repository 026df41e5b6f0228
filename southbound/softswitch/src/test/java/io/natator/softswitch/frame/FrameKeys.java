package io.natator.softswitch.frame;

import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Key;

/**
 * What the parser finds in some octets.
 *
 * @param reason name of what is wrong
 * @param key all fields
 */
public record FrameKeys(String reason, long[] key) {
    /** Parses a frame. */
    public static FrameKeys of(int inPort, byte[] octets) {
        try (Place place = new Place(octets)) {
            place.frame.inPort = inPort;
            int reason = Parser.parse(place.frame, place.headers, place.key);
            return new FrameKeys(Reason.name(reason), place.key.clone());
        }
    }

    /** A field's value, or its lower half. */
    public long get(Field field) {
        return Key.get(key, field);
    }

    /** A frame with some bits of a field flipped and right checksums; as it was if it does not have the field. */
    public static byte[] flipped(byte[] octets, Field field, long bits) {
        try (Place place = new Place(octets)) {
            long value = place.get(field) ^ bits;
            Editor.set(place.frame, place.headers, place.key, field, 0, value, 0, field.ones());
            return place.octets();
        }
    }
}
