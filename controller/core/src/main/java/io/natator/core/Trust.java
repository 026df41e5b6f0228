package io.natator.core;

import io.natator.model.southbound.SwitchEvent;
import java.time.Duration;
import java.time.Instant;

/** Whether devices may count on a software switch to serve them. */
final class Trust {
    private final DeviceState state;
    private final Instant since;
    /** It was away for too long, and is back: without rules it would drop what it is sent. */
    private boolean returning;

    /** @param now when it was first heard of */
    Trust(DeviceState state, Instant now) {
        this.state = state;
        this.since = now;
    }

    /** To be told of each event before the state is. */
    void on(SwitchEvent event, Instant now) {
        if (event instanceof SwitchEvent.Connected) {
            returning = !now.isBefore(until());
        } else if (event instanceof SwitchEvent.Synced) {
            returning = false;
        }
    }

    /** Until when it is counted on although it may be away; the past if it is not. */
    Instant until() {
        if (returning) {
            return Instant.MIN;
        }
        if (state.link.isConnected()) {
            return Instant.MAX;
        }
        Duration hold = state.device().hold();
        Duration startup = state.limits.startup();
        return state.link.capabilities() == null
                ? since.plus(hold.compareTo(startup) > 0 ? hold : startup)
                : state.link.since().plus(hold);
    }

    /** Why it is not. */
    String reason() {
        return state.link.isConnected() ? "has yet to get its rules" : "is not connected";
    }
}
