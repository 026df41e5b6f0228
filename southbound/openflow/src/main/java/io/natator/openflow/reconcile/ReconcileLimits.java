package io.natator.openflow.reconcile;

import java.time.Duration;

/**
 * How long reconciling waits for what.
 *
 * @param resync between two regular dumps
 * @param debounce after the first vanished rule, before the device is looked at
 * @param dump without any answer to a dump
 * @param barrier without any answer to an install; after thrice that the connection is given up
 * @param retry after a failed dump; doubles up to {@code resync}
 * @param retryRefused until refused rules are tried once more
 */
public record ReconcileLimits(
        Duration resync, Duration debounce, Duration dump, Duration barrier, Duration retry, Duration retryRefused) {
    /** 30 s, 100 ms, 10 s, 10 s, 1 s, 5 min. */
    public static final ReconcileLimits DEFAULT = new ReconcileLimits(
            Duration.ofSeconds(30),
            Duration.ofMillis(100),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5));
}
