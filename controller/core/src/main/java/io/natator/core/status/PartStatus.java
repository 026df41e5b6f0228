package io.natator.core.status;

import java.time.Instant;

/**
 * One translation on one device.
 *
 * @param reason in words a person can act on; empty if there is nothing to say
 * @param placement how it is done; empty while unknown
 * @param rules rules that belong to it
 * @param packets since its rules were installed
 * @param bytes since its rules were installed
 * @param rulesRestored rules of it that vanished or were altered behind our back and were put back, on this device
 * @param sessionsLost sessions that software switches had, when they were last asked, of shares of its pool that others took
 *     over
 * @param uncountedMoves shares that others took over without its being known how many sessions they had
 * @param hardwareBindings of a DYNAMIC translation, whose work rules of the device do
 * @param since when it came into {@code state}
 */
public record PartStatus(
        String translation,
        String device,
        PartState state,
        String reason,
        String placement,
        int rules,
        long packets,
        long bytes,
        long rulesRestored,
        long sessionsLost,
        long uncountedMoves,
        int hardwareBindings,
        Instant since) {

    /** True if {@code other} says the same apart from counters: watchers need not be told. */
    public boolean sameButCounters(PartStatus other) {
        return state == other.state
                && reason.equals(other.reason)
                && placement.equals(other.placement)
                && rules == other.rules
                && rulesRestored == other.rulesRestored
                && sessionsLost == other.sessionsLost
                && uncountedMoves == other.uncountedMoves;
    }
}
