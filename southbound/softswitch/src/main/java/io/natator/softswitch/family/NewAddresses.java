package io.natator.softswitch.family;

/**
 * The addresses that a packet is to have in the other family: its own, and those of the packet that it quotes if it is an ICMP error.
 * Of IPv4 addresses {@code high} is ignored and {@code low} is 32 bits, unsigned. Mutable and reused: what is not told again is as it was.
 */
public final class NewAddresses {
    long sourceHigh;
    long source;
    long destinationHigh;
    long destination;
    long quotedSourceHigh;
    long quotedSource;
    long quotedDestinationHigh;
    long quotedDestination;

    int mtu = Integer.MAX_VALUE;

    /** Octets of the largest packet that the links to IPv6 hosts take: errors that tell of an MTU tell of none that is larger. */
    public void ipv6Mtu(int octets) {
        mtu = octets;
    }

    /** Source (else destination) of the packet itself. */
    public void outer(boolean isSource, long high, long low) {
        if (isSource) {
            sourceHigh = high;
            source = low;
        } else {
            destinationHigh = high;
            destination = low;
        }
    }

    /** Source (else destination) of the packet that an ICMP error quotes. */
    public void quoted(boolean isSource, long high, long low) {
        if (isSource) {
            quotedSourceHigh = high;
            quotedSource = low;
        } else {
            quotedDestinationHigh = high;
            quotedDestination = low;
        }
    }

    /** Sum of the packet's own addresses, for its pseudo-header. */
    long sumIpv6() {
        return Octets.of(sourceHigh) + Octets.of(source) + Octets.of(destinationHigh) + Octets.of(destination);
    }

    /** As {@link #sumIpv6}, of the quoted packet. */
    long sumQuotedIpv6() {
        return Octets.of(quotedSourceHigh)
                + Octets.of(quotedSource)
                + Octets.of(quotedDestinationHigh)
                + Octets.of(quotedDestination);
    }

    /** As {@link #sumIpv6}, of the quoted packet's IPv4 addresses. */
    long sumQuotedIpv4() {
        return (quotedSource & 0xFFFF_FFFFL) + (quotedDestination & 0xFFFF_FFFFL);
    }

    /** As {@link #sumIpv6}, of IPv4 addresses. */
    long sumIpv4() {
        return (source & 0xFFFF_FFFFL) + (destination & 0xFFFF_FFFFL);
    }
}
