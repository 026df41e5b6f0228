package io.natator.softswitch.session;

/**
 * How far a TCP connection is, from the flags of its segments alone (RFC 5382, section 5; RFC 7857, section 2; the machine is
 * that of RFC 6146, section 3.5.2). Segments themselves are never refused by state but those that open nothing.
 */
public final class TcpState {
    public static final int NONE = 0;
    /** A SYN from inside. */
    public static final int SYN_INSIDE = 1;
    /** A SYN from outside. */
    public static final int SYN_OUTSIDE = 2;
    /** SYNs both ways, be it one after the other or at the same time. */
    public static final int ESTABLISHED = 3;
    /** A FIN from inside. */
    public static final int FIN_INSIDE = 4;
    /** A FIN from outside. */
    public static final int FIN_OUTSIDE = 5;
    /** FINs both ways: late segments are let through for a while (TIME_WAIT). */
    public static final int CLOSED = 6;
    /** A RST came while it was open: if it was forged, the next segment tells (RFC 7857, section 2.2). */
    public static final int RESET = 7;

    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int RST = 4;
    private static final int ACK = 16;

    private static final String[] NAMES = {
        "none", "syn-sent", "syn-received", "established", "fin-inside", "fin-outside", "closed", "reset"
    };

    private TcpState() {}

    /** The state after a segment; that of a new session from {@link #NONE}. */
    public static int next(int state, boolean fromInside, int flags) {
        if ((flags & RST) != 0) {
            return isEstablished(state) ? RESET : state; // what was not open, or is closed, must not open by it
        }
        boolean syn = (flags & SYN) != 0;
        boolean fin = (flags & FIN) != 0;
        return switch (state) {
            case NONE, CLOSED -> syn && (flags & ACK) == 0 ? opened(fromInside) : state;
            case SYN_INSIDE -> syn && !fromInside ? ESTABLISHED : state;
            case SYN_OUTSIDE -> syn && fromInside ? ESTABLISHED : state;
            case ESTABLISHED -> fin ? (fromInside ? FIN_INSIDE : FIN_OUTSIDE) : state;
            case FIN_INSIDE -> fin && !fromInside ? CLOSED : state;
            case FIN_OUTSIDE -> fin && fromInside ? CLOSED : state;
            default -> syn && (flags & ACK) == 0 ? opened(fromInside) : ESTABLISHED; // RESET
        };
    }

    private static int opened(boolean fromInside) {
        return fromInside ? SYN_INSIDE : SYN_OUTSIDE;
    }

    /** True if a segment may begin a session. */
    public static boolean opens(int flags) {
        return (flags & (SYN | ACK | RST | FIN)) == SYN;
    }

    /** True if a segment says that there is no connection. */
    public static boolean resets(int flags) {
        return (flags & RST) != 0;
    }

    /** True if the long timer counts. */
    static boolean isEstablished(int state) {
        return state == ESTABLISHED || state == FIN_INSIDE || state == FIN_OUTSIDE;
    }

    /** In words. */
    public static String name(int state) {
        return NAMES[state & 7];
    }
}
