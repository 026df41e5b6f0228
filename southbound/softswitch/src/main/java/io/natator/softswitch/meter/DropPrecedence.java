package io.natator.softswitch.meter;

/** Drop precedence of assured forwarding (RFC 2597, section 6): bits 1 and 2 of the DSCP, 1 to 3. */
public final class DropPrecedence {
    private DropPrecedence() {}

    /** A DSCP whose drop precedence is higher by {@code level}, 3 at most; one that has none stays. */
    public static int raise(int dscp, int level) {
        int group = dscp >>> 3;
        int precedence = dscp >>> 1 & 3;
        boolean assured = group >= 1 && group <= 4 && precedence != 0 && (dscp & 1) == 0;
        return assured ? group << 3 | Math.min(3, precedence + level) << 1 : dscp;
    }
}
