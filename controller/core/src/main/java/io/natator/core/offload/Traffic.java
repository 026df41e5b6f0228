package io.natator.core.offload;

/**
 * What rules counted.
 *
 * @param packets both directions
 * @param bytes of their frames
 */
public record Traffic(long packets, long bytes) {
    /** Nothing. */
    public static final Traffic NONE = new Traffic(0, 0);

    /** Both together. */
    public Traffic plus(Traffic other) {
        return new Traffic(packets + other.packets, bytes + other.bytes);
    }

    /** What came after {@code earlier}; all of it if the rules count anew since. */
    Traffic since(Traffic earlier) {
        return packets < earlier.packets ? this : new Traffic(packets - earlier.packets, bytes - earlier.bytes);
    }
}
