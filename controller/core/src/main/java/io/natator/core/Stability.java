package io.natator.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Decides for how long a translation must have been proved without interruption before its routes return. Each time that
 * they had to be withdrawn doubles the wait, so that a device that comes and goes does not make the backbone reckon
 * with each of its moods (route flap damping, in the spirit of RFC 2439 but at the source).
 */
final class Stability {
    /** Beyond which the wait is the longest anyway. */
    private static final int MOST = 32;

    private final Deque<Instant> withdrawals = new ArrayDeque<>();
    private Instant provedSince;
    private boolean trusted;

    /** An earlier process announced it: neighbours hold its routes, which must not be withdrawn. */
    void trusted() {
        trusted = true;
    }

    /** It is proved; counts from the first time since {@link #doubted}. */
    void proved(Instant now) {
        if (provedSince == null) {
            provedSince = now;
        }
    }

    void doubted() {
        provedSince = null;
    }

    /** Its routes had to be withdrawn. */
    void withdrawn(Instant now) {
        trusted = false;
        withdrawals.add(now);
        if (withdrawals.size() > MOST) {
            withdrawals.remove();
        }
    }

    /**
     * When its routes may be announced; {@link Instant#MAX} while it is not proved.
     *
     * @param holdDown that the user asked for
     */
    Instant due(Instant now, Duration holdDown, Limits.Damping damping) {
        if (provedSince == null) {
            return Instant.MAX;
        }
        if (trusted) {
            return provedSince;
        }
        Duration wait = wait(now, damping);
        return provedSince.plus(wait.compareTo(holdDown) > 0 ? wait : holdDown);
    }

    private Duration wait(Instant now, Limits.Damping damping) {
        int times = withdrawals(now, damping);
        if (times == 0) {
            return Duration.ZERO;
        }
        Duration wait = damping.first().multipliedBy(1L << (times - 1));
        return wait.compareTo(damping.longest()) > 0 ? damping.longest() : wait;
    }

    /** How often its routes had to be withdrawn lately. */
    int withdrawals(Instant now, Limits.Damping damping) {
        while (!withdrawals.isEmpty() && !now.isBefore(withdrawals.peek().plus(damping.memory()))) {
            withdrawals.remove();
        }
        return withdrawals.size();
    }
}
