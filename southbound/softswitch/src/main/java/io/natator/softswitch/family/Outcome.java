package io.natator.softswitch.family;

import io.natator.softswitch.count.Count;

/** What came of a packet that was to become one of the other family. But for {@link #FINE} it is as it was. */
public enum Outcome {
    /** It is now of the other family. */
    FINE(Count.PACKETS),
    /** There is no room for the longer header. */
    NO_HEADROOM(Count.CROSS_NO_HEADROOM),
    /** It ends within its transport header, or its lengths cannot be. */
    TRUNCATED(Count.TRANSLATE_TRUNCATED),
    /** The checksum of its IPv4 header is wrong, which IPv6 would not show; or that of an ICMP error, which is made anew. */
    CHECKSUM(Count.CROSS_CHECKSUM),
    /** It would be longer than a packet can be. */
    TOO_LONG(Count.CROSS_TOO_LONG),
    /** Its protocol means something else in the other family, or covers the addresses by a signature (RFC 4302). */
    PROTOCOL(Count.CROSS_PROTOCOL),
    /** An extension header behind the fragment header (RFC 7915, section 5.1.1). */
    EXTENSION(Count.CROSS_EXTENSION),
    /** A routing header with segments left (RFC 7915, section 5.1). */
    ROUTING_HEADER(Count.CROSS_ROUTING_HEADER),
    /** A source route that is not at its end (RFC 7915, section 4.1). */
    SOURCE_ROUTE(Count.CROSS_SOURCE_ROUTE),
    /** The first fragment of a UDP datagram without checksum, which IPv6 needs (RFC 7915, section 4.5). */
    UDP_NO_CHECKSUM(Count.CROSS_UDP_NO_CHECKSUM),
    /** A fragment of an ICMP message: its checksum covers the others (RFC 7915, section 1.2). */
    ICMP_FRAGMENT(Count.CROSS_ICMP_FRAGMENT),
    /** An ICMP message that the other family does not have (RFC 7915, sections 4.2 and 5.2). */
    ICMP_TYPE(Count.CROSS_ICMP_TYPE),
    /** An ICMP error about a packet that cannot be translated. */
    QUOTE(Count.CROSS_QUOTE);

    private final Count count;

    Outcome(Count count) {
        this.count = count;
    }

    /** What counts it; call only if it is not {@link #FINE}. */
    public Count count() {
        return count;
    }
}
