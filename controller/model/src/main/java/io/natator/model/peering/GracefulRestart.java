package io.natator.model.peering;

import java.time.Duration;

/**
 * What a neighbour is asked to do while we restart.
 *
 * @param enabled offer it (RFC 4724)
 * @param restartTime for how long it keeps our routes, 1 s to 4095 s
 * @param longLivedStaleTime for how long it keeps them after that, as routes of last resort (RFC 9494), up to
 *     16777215 s; zero: not at all
 */
public record GracefulRestart(boolean enabled, Duration restartTime, Duration longLivedStaleTime) {
    public static final GracefulRestart DEFAULT = new GracefulRestart(true, Duration.ofMinutes(2), Duration.ZERO);
}
