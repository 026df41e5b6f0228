package io.natator.bgp.bfd.fsm;

/** Whether we are asking the other side to confirm what we announce (RFC 5880, section 6.5). */
final class PollSequence {
    private boolean active;
    /** Something changed while it went on: an answer may be to what was before. */
    private boolean again;

    void begin() {
        again = active;
        active = true;
    }

    void end() {
        active = false;
        again = false;
    }

    boolean active() {
        return active;
    }

    /** An answer came. True if all that changed is confirmed with it. */
    boolean confirmed() {
        if (!active) {
            return false;
        }
        active = again;
        again = false;
        return !active;
    }
}
