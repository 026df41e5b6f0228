package io.natator.core;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The shares of pools that a device holds for others; when another takes one over, it is asked what was lost. */
final class HeldShares {
    private final DeviceState state;
    private final Rulebook rulebook;
    private final ShareUse use;

    HeldShares(DeviceState state, Rulebook rulebook, ShareUse use) {
        this.state = state;
        this.rulebook = rulebook;
        this.use = use;
    }

    /** Has their sessions counted now and then. */
    void advance(Instant now, Outbox outbox) {
        use.advance(now, this::hasSessionsOfOthers, outbox);
    }

    private boolean hasSessionsOfOthers() {
        return !state.surroundings().clients().isEmpty() && !rulebook.pools().isEmpty();
    }

    Instant deadline() {
        return use.deadline();
    }

    /** Ids of those that it was told to hold. */
    Set<Integer> ids() {
        return rulebook.pools().keySet();
    }

    /** True if it was told of other shares since this was asked last. */
    boolean takeRetold() {
        return rulebook.takeRetold();
    }

    /** Sessions of a share, when they were last counted. */
    OptionalLong sessions(int share) {
        return use.sessions(share);
    }

    /** Id of the device for which a share is. */
    Optional<String> client(int share) {
        return rulebook.client(share);
    }

    /** The translation of a share of a pool that is held here. */
    String translation(int share) {
        return rulebook.pools().get(share).translation();
    }
}
