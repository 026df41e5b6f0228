package io.natator.softswitch.log;

import io.natator.softswitch.session.End;
import io.natator.softswitch.session.Refusal;

/** Numbers of reasons, as files have them: they never change their meaning. */
public final class Codes {
    /** No address, or no port, of the pool is free. */
    public static final int POOL_EMPTY = 1;
    /** The host has as many sessions as it may. */
    public static final int HOST_SESSIONS = 2;
    /** The host has as many ports as it may. */
    public static final int HOST_PORTS = 3;
    /** No room in the switch. */
    public static final int TABLE_FULL = 4;

    /** A pool has become nearly full. */
    public static final int HIGH = 1;
    /** It is no longer. */
    public static final int LOW = 2;

    private Codes() {}

    static int of(End why) {
        return switch (why) {
            case IDLE -> 1;
            case CLOSED -> 2;
            case CLEARED -> 3;
            case SHARE_CHANGED -> 4;
        };
    }

    /** An end in words. */
    static String end(int code) {
        return switch (code) {
            case 1 -> "idle";
            case 2 -> "closed";
            case 3 -> "cleared";
            case 4 -> "share changed";
            default -> "unknown (" + code + ")";
        };
    }

    /** Of those that are logged; others are 0. */
    static int of(Refusal why) {
        return switch (why) {
            case POOL_EMPTY -> POOL_EMPTY;
            case HOST_SESSIONS -> HOST_SESSIONS;
            case HOST_PORTS -> HOST_PORTS;
            case TABLE_FULL -> TABLE_FULL;
            // What comes from outside uninvited, and malformed things, are counted by the engine: a log would be noise.
            case NO_MAPPING, FILTERED, PROTOCOL, NOT_A_SYN, NOT_INSIDE, LAND, NOT_OPEN -> 0;
        };
    }

    /** A refusal in words. */
    static String refusal(int code) {
        return switch (code) {
            case POOL_EMPTY -> Refusal.POOL_EMPTY.word();
            case HOST_SESSIONS -> Refusal.HOST_SESSIONS.word();
            case HOST_PORTS -> Refusal.HOST_PORTS.word();
            case TABLE_FULL -> Refusal.TABLE_FULL.word();
            default -> "unknown (" + code + ")";
        };
    }
}
