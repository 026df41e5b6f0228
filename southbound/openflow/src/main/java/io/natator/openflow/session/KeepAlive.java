package io.natator.openflow.session;

import io.natator.openflow.OpenFlowConfig;

/** When a connection was heard last, and when it has to be asked whether it is still there. Times are nanoseconds. */
final class KeepAlive {
    private final long interval;
    private final long silence;
    private long heard;
    private long asked;

    KeepAlive(OpenFlowConfig config, long now) {
        interval = config.echoInterval().toNanos();
        silence = config.silence().toNanos();
        heard = now;
        asked = now;
    }

    void heard(long now) {
        heard = now;
    }

    boolean isSilent(long now) {
        return now - heard >= silence;
    }

    /** True if an echo request is due; from then on it counts as asked. */
    boolean ask(long now) {
        boolean due = now - Math.max(heard, asked) >= interval;
        if (due) {
            asked = now;
        }
        return due;
    }
}
