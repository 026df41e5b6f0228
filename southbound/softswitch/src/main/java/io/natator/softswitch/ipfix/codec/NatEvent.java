package io.natator.softswitch.ipfix.codec;

/** Values of natEvent, natThresholdEvent and natQuotaExceededEvent (RFC 8158, sections 4.3 and 5.5.1; IANA's registry). */
final class NatEvent {
    static final int ADDRESSES_EXHAUSTED = 3;
    static final int NAT44_SESSION_CREATE = 4;
    static final int NAT44_SESSION_DELETE = 5;
    static final int NAT64_SESSION_CREATE = 6;
    static final int NAT64_SESSION_DELETE = 7;
    static final int NAT44_BIB_CREATE = 8;
    static final int NAT44_BIB_DELETE = 9;
    static final int NAT64_BIB_CREATE = 10;
    static final int NAT64_BIB_DELETE = 11;
    static final int PORTS_EXHAUSTED = 12;
    static final int QUOTA_EXCEEDED = 13;
    static final int ADDRESS_BINDING_CREATE = 14;
    static final int ADDRESS_BINDING_DELETE = 15;
    static final int PORT_BLOCK_ALLOCATION = 16;
    static final int PORT_BLOCK_DEALLOCATION = 17;

    static final int THRESHOLD_REACHED = 18;

    static final int ADDRESS_POOL_HIGH = 1;
    static final int ADDRESS_POOL_LOW = 2;
    static final int PORT_MAPPINGS_HIGH = 3;

    static final int MAXIMUM_SESSION_ENTRIES = 1;
    static final int MAXIMUM_ENTRIES_PER_USER = 3;

    private NatEvent() {}
}
