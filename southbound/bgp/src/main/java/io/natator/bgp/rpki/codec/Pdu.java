package io.natator.bgp.rpki.codec;

import io.natator.model.rpki.Vrp;

/** RFC 8210, section 5. Serials and lengths are unsigned 32 bits; session ids 16 bits. */
public sealed interface Pdu {
    record SerialNotify(int version, int session, int serial) implements Pdu {}

    record SerialQuery(int version, int session, int serial) implements Pdu {}

    record ResetQuery(int version) implements Pdu {}

    record CacheResponse(int version, int session) implements Pdu {}

    /** IPv4 Prefix and IPv6 Prefix. */
    record Prefix(int version, boolean announced, Vrp vrp) implements Pdu {}

    /** Intervals in seconds; those of version 0, which has none on the wire, are what version 1 suggests. */
    record EndOfData(int version, int session, int serial, long refresh, long retry, long expire) implements Pdu {
        public static final long REFRESH = 3600;
        public static final long RETRY = 600;
        public static final long EXPIRE = 7200;
    }

    record CacheReset(int version) implements Pdu {}

    record RouterKey(int version) implements Pdu {}

    /**
     * @param code one of {@link ErrorCode}, or one that we do not know
     * @param text what it says, shortened
     */
    record ErrorReport(int version, int code, String text) implements Pdu {}

    int version();
}
