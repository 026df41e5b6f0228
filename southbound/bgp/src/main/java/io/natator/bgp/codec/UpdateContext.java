package io.natator.bgp.codec;

/**
 * What of the session decides how an UPDATE is read and written.
 *
 * @param fourOctetAs both sides have the capability (RFC 6793)
 * @param internal both sides are of one AS (iBGP)
 * @param extendedMessages both sides take messages of up to 65535 octets (RFC 8654)
 * @param extendedNextHop both sides take IPv6 next hops of IPv4 routes (RFC 8950)
 */
public record UpdateContext(boolean fourOctetAs, boolean internal, boolean extendedMessages, boolean extendedNextHop) {
    /** With nothing that is rare. */
    public UpdateContext(boolean fourOctetAs, boolean internal) {
        this(fourOctetAs, internal, false, false);
    }

    /** Octets of the longest message. */
    public int maxMessage() {
        return extendedMessages ? Header.MAX_EXTENDED : Header.MAX_MESSAGE;
    }
}
