package io.natator.softswitch.io.afpacket;

/** What is preferred when not everything can be had. */
public enum Mode {
    /** Answers at once for a second after the last frame, and costs some of a core that long. */
    LATENCY(2000, 20_000, 1_000_000_000, true),
    /** Answers at once while there is traffic, sleeps soon after. */
    BALANCED(200, 20_000, 20_000_000, true),
    /** Waits for blocks of frames: up to a millisecond late, least work for each. */
    THROUGHPUT(20, 50_000, 2_000_000, false);

    private final int spins;
    private final long napNanos;
    private final long nappingNanos;
    private final boolean ahead;

    Mode(int spins, long napNanos, long nappingNanos, boolean ahead) {
        this.spins = spins;
        this.napNanos = napNanos;
        this.nappingNanos = nappingNanos;
        this.ahead = ahead;
    }

    /** Turns without work before the first nap. */
    int spins() {
        return spins;
    }

    /** How long a nap is. */
    long napNanos() {
        return napNanos;
    }

    /** How long naps are taken before the thread sleeps until it is woken. */
    long nappingNanos() {
        return nappingNanos;
    }

    /** Whether frames are taken before the kernel hands over their block. */
    boolean ahead() {
        return ahead;
    }
}
