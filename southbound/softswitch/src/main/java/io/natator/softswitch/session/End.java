package io.natator.softswitch.session;

/** Why a session, binding or block of ports ended. */
public enum End {
    /** No packet for as long as its timer says. */
    IDLE,
    /** TCP closed it, and the time was over that late segments may take (RFC 7857, section 2). */
    CLOSED,
    /** An operator cleared it. */
    CLEARED,
    /** A change of shares left no place for it. */
    SHARE_CHANGED
}
