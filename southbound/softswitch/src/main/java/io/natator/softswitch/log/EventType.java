package io.natator.softswitch.log;

import java.util.Optional;

/** What a record of the log says; its code is the record's fifth octet. */
public enum EventType {
    /** A session or binding began. */
    CREATED(1),
    /** One ended: tells all of it, so that nothing else need be found. */
    ENDED(2),
    /** A block of ports became a host's. */
    BLOCK_TAKEN(3),
    /** A block of ports is no host's any more. */
    BLOCK_FREED(4),
    /** A packet from inside got no session. */
    REFUSED(5),
    /** What the translation of a share is called; up to two of these make one name. */
    NAME(6),
    /** The switch started: what was there before is gone. */
    STARTED(7),
    /** Records are missing here. */
    LOST(8),
    /** A mapping has sessions. */
    MAPPED(9),
    /** It has none any more. */
    UNMAPPED(10),
    /** A pool is nearly full, or no longer. */
    LEVEL(11),
    /** The IPv6 address of the inside host that the record before this one is about. */
    INSIDE(12);

    private static final EventType[] BY_CODE = new EventType[13];

    static {
        for (EventType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;

    EventType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Optional<EventType> of(int code) {
        return code < BY_CODE.length ? Optional.ofNullable(BY_CODE[code]) : Optional.empty();
    }
}
