package io.natator.core;

import io.natator.model.device.Capabilities;
import io.natator.model.southbound.SwitchEvent;
import java.time.Instant;

/** What is known of the connection to one device, and of how far it is in step with what is desired. */
final class Link {
    private boolean connected;
    private Instant since;
    private String peer = "";
    private Capabilities capabilities;
    private long synced;
    private String trouble = "";
    private String lost = "";
    private boolean refusals;
    private long added;
    private long removed;
    private long restored;

    Link(Instant now) {
        since = now;
    }

    /** True if {@code now} can do something else than what was told last; ports come and go. */
    boolean differs(Capabilities now) {
        return capabilities != null
                && !(capabilities.features().equals(now.features())
                        && capabilities.tables().equals(now.tables())
                        && capabilities.software().equals(now.software()));
    }

    void connected(SwitchEvent.Connected event, Instant now) {
        connected = true;
        since = now;
        peer = event.peer();
        capabilities = event.capabilities();
        synced = 0;
        trouble = "";
        lost = "";
    }

    void changed(SwitchEvent.Changed event) {
        capabilities = event.capabilities();
    }

    void disconnected(SwitchEvent.Disconnected event, Instant now) {
        connected = false;
        since = now;
        synced = 0;
        lost = event.reason();
    }

    void synced(SwitchEvent.Synced event) {
        synced = event.generation();
        trouble = "";
        refusals = !event.failures().isEmpty();
        added += event.added();
        removed += event.removed();
        restored += event.restored();
    }

    void syncFailed(SwitchEvent.SyncFailed event) {
        trouble = event.reason();
    }

    void rulesLost() {
        synced = 0;
    }

    boolean isConnected() {
        return connected;
    }

    Instant since() {
        return since;
    }

    String peer() {
        return peer;
    }

    /** As last told; null if the device never connected. */
    Capabilities capabilities() {
        return capabilities;
    }

    /** The generation that the device confirmed in this connection; 0 for none. */
    long synced() {
        return synced;
    }

    boolean holds(long generation) {
        return connected && synced >= generation && !refusals;
    }

    String trouble() {
        return trouble;
    }

    /** Why the connection was lost; empty if it was not. */
    String lost() {
        return lost;
    }

    long added() {
        return added;
    }

    long removed() {
        return removed;
    }

    long restored() {
        return restored;
    }
}
