package io.natator.softswitch.differential;

import java.util.HexFormat;

/** A frame that left, and where. */
record Departure(int port, String hex) implements Comparable<Departure> {
    Departure(int port, byte[] frame) {
        this(port, HexFormat.of().formatHex(frame));
    }

    @Override
    public int compareTo(Departure other) {
        int byPort = Integer.compare(port, other.port);
        return byPort != 0 ? byPort : hex.compareTo(other.hex);
    }
}
