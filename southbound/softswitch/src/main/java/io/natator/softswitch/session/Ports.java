package io.natator.softswitch.session;

/** Which of 65,536 ports (or query ids) of one outside address and protocol are taken. */
final class Ports {
    private static final long EVEN = 0x5555_5555_5555_5555L;
    /** Whether port parity counts: see {@link #free}. */
    static final int ANY = -1;

    private final long[] taken = new long[1024];
    /** Ports taken of the range that was last asked for. */
    private int within;

    private int first;
    private int last = 65535;

    boolean isTaken(int port) {
        return (taken[port >>> 6] >>> port & 1) != 0;
    }

    /** False if it is taken. */
    boolean take(int port) {
        boolean free = !isTaken(port);
        if (free) {
            taken[port >>> 6] |= 1L << port;
            within += port >= first && port <= last ? 1 : 0;
        }
        return free;
    }

    /** False if it is free. */
    boolean free(int port) {
        boolean there = isTaken(port);
        if (there) {
            taken[port >>> 6] &= ~(1L << port);
            within -= port >= first && port <= last ? 1 : 0;
        }
        return there;
    }

    /** Ports taken of a range; quick as long as it is the same. */
    int count(int from, int to) {
        if (from != first || to != last) {
            first = from;
            last = to;
            within = 0;
            for (int port = from; port <= to; port++) {
                within += isTaken(port) ? 1 : 0;
            }
        }
        return within;
    }

    /**
     * The first free port from {@code start} on, then from {@code first} on; −1 if none is free.
     *
     * @param first lowest port that may be given
     * @param last highest one
     * @param start between them
     * @param parity 0: only even ones, 1: only odd ones, {@link #ANY}
     */
    int free(int first, int last, int start, int parity) {
        int port = scan(start, last, parity);
        return port >= 0 || start == first ? port : scan(first, start - 1, parity);
    }

    private int scan(int from, int to, int parity) {
        long wanted = parity == ANY ? -1L : parity == 0 ? EVEN : ~EVEN;
        for (int word = from >>> 6; word <= to >>> 6; word++) {
            long free = ~taken[word] & wanted;
            if (word == from >>> 6) {
                free &= -1L << from;
            }
            if (free != 0) {
                int port = (word << 6) + Long.numberOfTrailingZeros(free);
                return port <= to ? port : -1;
            }
        }
        return -1;
    }
}
