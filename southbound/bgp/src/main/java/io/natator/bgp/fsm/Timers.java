package io.natator.bgp.fsm;

import java.time.Duration;

/**
 * Intervals of the machine (RFC 4271, section 8.1 and 10), in nanoseconds. Jittered by up to a quarter downwards where
 * section 10 says so.
 *
 * @param connect how long a TCP connection may take
 * @param open how long the neighbour's OPEN may take
 * @param firstRetry pause after the first failure; doubled with each further one
 * @param retryCap longest pause after a connection that could not be made
 * @param dampCap longest pause after a session that ended with an error
 * @param stable a session that lasted so long ends the damping
 * @param sendHold a session ends when nothing leaves for so long, or twice the hold time if that is more (RFC 9687)
 */
public record Timers(
        long connect, long open, long firstRetry, long retryCap, long dampCap, long stable, long sendHold) {
    public static final Timers DEFAULT = new Timers(
            Duration.ofSeconds(10).toNanos(),
            Duration.ofSeconds(240).toNanos(),
            Duration.ofSeconds(1).toNanos(),
            Duration.ofSeconds(10).toNanos(),
            Duration.ofSeconds(60).toNanos(),
            Duration.ofSeconds(60).toNanos(),
            Duration.ofMinutes(8).toNanos());

    /** With the usual send hold time. */
    public Timers(long connect, long open, long firstRetry, long retryCap, long dampCap, long stable) {
        this(connect, open, firstRetry, retryCap, dampCap, stable, DEFAULT.sendHold);
    }

    /** The pause after so many failures in a row (at least one), before jitter. */
    long pause(int failures, long cap) {
        int doublings = Math.min(failures - 1, Integer.SIZE);
        return firstRetry > (cap >> doublings) ? cap : firstRetry << doublings;
    }
}
