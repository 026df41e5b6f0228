package io.natator.softswitch.steps.reference;

/** When a session was last used, and what was said of TCP (RFC 6146, section 3.5.2; RFC 7857, section 2). */
final class Connection {
    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int RST = 4;
    private static final int ACK = 16;

    private boolean synInside;
    private boolean synOutside;
    private boolean finInside;
    private boolean finOutside;
    private boolean reset;

    /** True if a segment may begin a session. */
    static boolean opens(int flags) {
        return (flags & (SYN | ACK | RST | FIN)) == SYN;
    }

    void segment(boolean inside, int flags) {
        boolean opens = (flags & SYN) != 0 && (flags & ACK) == 0;
        if ((flags & RST) != 0) {
            reset |= isEstablished();
            return;
        }
        boolean over = finInside && finOutside;
        if (reset || (over && opens)) {
            synInside = opens ? inside : true;
            synOutside = opens ? !inside : true;
            finInside = false;
            finOutside = false;
            reset = false;
            return;
        }
        boolean nothing = !synInside && !synOutside;
        boolean established = synInside && synOutside;
        if (!over && (flags & SYN) != 0 && !(nothing && !opens)) {
            synInside |= inside;
            synOutside |= !inside;
        }
        if (!over && established && (flags & FIN) != 0) {
            finInside |= inside;
            finOutside |= !inside;
        }
    }

    /** It began before anybody looked, and both sides speak. */
    void answered(int flags) {
        if (!synInside && !synOutside && (flags & RST) == 0) {
            synInside = true;
            synOutside = true;
        }
    }

    boolean isEstablished() {
        return synInside && synOutside && !reset && !(finInside && finOutside);
    }
}
