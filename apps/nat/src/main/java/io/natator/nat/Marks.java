package io.natator.nat;

import io.natator.model.intent.DevicePort.Side;

/**
 * What tables tell each other in the metadata; matched exactly, as ONOS knows no mask there.
 *
 * @param base 0; on a software switch, of the link by which it serves a device: a multiple of {@link #LINK}
 */
record Marks(long base) {
    /** Of the device's own ports. */
    static final Marks OWN = new Marks(0);

    private static final long LINK = 1 << 12;
    private static final long WIRE = 16;

    /** Of the link at a port of the software switch. */
    static Marks ofLink(int port) {
        return new Marks(LINK * Integer.toUnsignedLong(port));
    }

    /** Came from an inside port. */
    long inside() {
        return base + 1;
    }

    /** Came from an outside port. */
    long outside() {
        return base + 2;
    }

    /** Came back from a software switch. */
    long service() {
        return base + 3;
    }

    /** Came from an outside port, and its destination has been made an inside address. */
    long madeInside() {
        return base + 4;
    }

    /** TRANSPARENT: came from an inside port, and stays as it is for its peer's sake, although its sender is shared. */
    long exempt() {
        return base + 5;
    }

    /** Not ROUTED: came back from a software switch, and once by a port. */
    long wire(int way) {
        return base + WIRE + way;
    }

    long of(Side side) {
        return switch (side) {
            case INSIDE -> inside();
            case OUTSIDE -> outside();
            case SERVICE -> service();
        };
    }
}
