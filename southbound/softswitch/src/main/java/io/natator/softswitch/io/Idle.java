package io.natator.softswitch.io;

/** How the datapath thread waits for work. One thread waits, any thread wakes it. */
public interface Idle extends AutoCloseable {
    /** Longest sleep in nanoseconds: what is due by the clock alone is at most so much late. */
    long LONGEST_NANOS = 100_000_000;

    /**
     * To be called after each turn of the loop, by the datapath thread alone. Returns at once if there was work; else it
     * spins, naps or sleeps, the longer the longer there is none, until frames arrive, {@link #wake} is called or
     * {@link #LONGEST_NANOS} have passed.
     *
     * @param worked true if this turn found a frame or a request
     */
    void turn(boolean worked);

    /**
     * Something is there to be done: ends a sleep, or prevents the next. May be called by any thread, after what is to
     * be done can be seen by the datapath thread.
     */
    void wake();

    @Override
    void close();
}
