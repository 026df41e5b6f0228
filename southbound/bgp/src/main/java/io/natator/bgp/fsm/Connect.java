package io.natator.bgp.fsm;

import io.natator.model.southbound.NeighborEvent;
import java.time.Duration;

/** We have asked for a connection and wait for TCP. */
record Connect(long until, int failures) implements State {
    static Step dial(Context context, int failures) {
        long until = context.now() + context.settings().timers().connect();
        return Step.to(new Connect(until, failures), new Action.Dial(context.connection()));
    }

    @Override
    public Step on(Event event, Context context) {
        return switch (event) {
            case Event.Connected connected -> OpenSent.open(context, failures);
            case Event.Lost(int connection, String reason) -> context.retry(reason, failures);
            case Event.Tick tick when context.now() >= until -> context.retry(silence(context.settings()), failures);
            default -> Step.to(this);
        };
    }

    /** A kernel drops segments whose MD5 digest is wrong without a word: it looks like a filter. */
    private static String silence(Settings settings) {
        long seconds = Duration.ofNanos(settings.timers().connect()).toSeconds();
        String advice = settings.hasPassword()
                ? "unreachable, filtered, or another TCP MD5 password there"
                : "unreachable, filtered, or it wants a TCP MD5 password";
        return "no answer to TCP within " + seconds + " s: " + advice;
    }

    @Override
    public long deadline() {
        return until;
    }

    @Override
    public NeighborEvent.State name() {
        return NeighborEvent.State.CONNECT;
    }
}
