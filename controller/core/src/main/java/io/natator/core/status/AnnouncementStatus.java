package io.natator.core.status;

import io.natator.model.compile.Announcement;
import java.time.Instant;
import java.util.List;

/**
 * A route that is announced, or would be.
 *
 * @param reason why it is not, or no longer for long, announced, in words; else empty
 * @param told what each neighbour for whom it is meant was told, by id
 * @param since when it got into that state
 */
public record AnnouncementStatus(
        Announcement announcement, State state, String reason, List<Told> told, Instant since) {
    /** What is to become of it. */
    public enum State {
        ANNOUNCED,
        /** About to be withdrawn: neighbours are asked to avoid it (RFC 8326). */
        DRAINING,
        /** Its translation has been withdrawn too often lately, or is to prove itself for longer. */
        HELD_BACK,
        /** Route-origin validation found it invalid. */
        REFUSED
    }

    /** What one neighbour was told of it. */
    public record Told(String neighbor, Outcome outcome, String reason) {}

    /** What became of it at a neighbour. What the neighbour does with it is never known for sure. */
    public enum Outcome {
        /** Handed to the kernel in this session. */
        SENT,
        /** Waits for the neighbour to read what came before. */
        SENDING,
        /** Handed over, but something speaks against the neighbour taking it. */
        PROBABLY_FILTERED,
        /** Not told, for a reason. */
        NOT_SENT
    }

    public AnnouncementStatus {
        told = List.copyOf(told);
    }
}
