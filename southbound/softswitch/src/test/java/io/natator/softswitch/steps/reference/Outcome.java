package io.natator.softswitch.steps.reference;

import io.natator.softswitch.count.Count;

/** What becomes of a packet. */
public sealed interface Outcome {
    /** It goes on. */
    record Passed(Flow flow) implements Outcome {}

    /** It is dropped, and counted. */
    record Refused(Count why) implements Outcome {}

    /** A fragment that waits for the first one. */
    record Held() implements Outcome {}

    /**
     * Its sender is told by destination unreachable.
     *
     * @param code of ICMP
     */
    record Told(Count why, int code) implements Outcome {}
}
