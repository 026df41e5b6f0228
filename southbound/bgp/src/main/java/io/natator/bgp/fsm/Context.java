package io.natator.bgp.fsm;

import io.natator.bgp.codec.Decoded;
import io.natator.bgp.codec.ErrorCode;
import io.natator.bgp.codec.Notification;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/**
 * What a state sees of the world around it.
 *
 * @param connection number of the connection that the state has, or would dial next
 * @param now nanoseconds on any monotonic clock
 * @param restarting see {@link Settings#open}
 */
record Context(Settings settings, RandomGenerator random, int connection, long now, boolean restarting) {
    private static final long NANOS = 1_000_000_000L;

    /** {@code interval} after now, shortened by up to a quarter (RFC 4271, section 10). */
    long jittered(long interval) {
        return now + interval - (interval < 4 ? 0 : random.nextLong(interval / 4));
    }

    long inSeconds(int seconds) {
        return now + seconds * NANOS;
    }

    /** Keepalives go out three times within the hold time (RFC 4271, section 4.4); never, if that is zero. */
    long nextKeepalive(int holdTime) {
        return holdTime == 0 ? State.NEVER : jittered(holdTime * NANOS / 3);
    }

    long holdDeadline(int holdTime) {
        return holdTime == 0 ? State.NEVER : inSeconds(holdTime);
    }

    /** Ends a session with {@code notification}. */
    Step fail(Notification notification, String reason, int failures) {
        return new Step(
                pause(failures + 1),
                List.of(new Action.Send(connection, notification), new Action.Close(connection)),
                reason);
    }

    Step fail(ErrorCode error, String reason, int failures) {
        return fail(Notification.of(error), reason, failures);
    }

    /**
     * Ends a session because of bytes that are no message. A message that has no business in a state is an error of the
     * state machine, whatever else is wrong with it (RFC 4271, section 8.2.2).
     *
     * @param unexpected what that is
     * @param expected code of errors in what the state expects; errors in headers are expected everywhere
     */
    Step malformed(Decoded.Malformed malformed, ErrorCode unexpected, IntPredicate expected, int failures) {
        Notification notification = malformed.notification();
        boolean known = notification.code() == ErrorCode.NOT_SYNCHRONIZED.code() || expected.test(notification.code());
        return fail(
                known ? notification : Notification.of(unexpected),
                "malformed message: " + malformed.reason(),
                failures);
    }

    /** Ends a session without a word, because the other side is gone or had the last word. */
    Step ended(String reason, int failures) {
        return new Step(pause(failures + 1), List.of(new Action.Close(connection)), reason);
    }

    /** Waits for the neighbour to connect, until it is time to try again. */
    Step retry(String reason, int failures) {
        Timers timers = settings.timers();
        long until = settings.passive() ? State.NEVER : jittered(timers.pause(failures + 1, timers.retryCap()));
        return new Step(new Active(until, failures + 1), List.of(new Action.Close(connection)), reason);
    }

    private Idle pause(int failures) {
        Timers timers = settings.timers();
        return new Idle(jittered(timers.pause(failures, timers.dampCap())), failures);
    }
}
