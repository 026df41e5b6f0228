package io.natator.cli.command;

import java.time.Duration;
import picocli.CommandLine.Option;

/** {@code --wait}, {@code --timeout}. */
final class WaitOption {
    @Option(
            names = "--wait",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Wait until it is done (the default), or return as soon as the daemon has accepted.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "How long to wait at most: 500ms, 30s, 5m; ${DEFAULT-VALUE} if left out.")
    private Duration timeout;

    boolean wanted() {
        return wait;
    }

    Duration timeout() {
        return timeout;
    }
}
