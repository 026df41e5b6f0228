package io.natator.softswitch.session;

/**
 * An explicit address mapping (RFC 7757): an IPv4 block, whose host part stands directly behind an IPv6 prefix (section 3.3.3). What
 * follows it is zero in addresses that are made, and ignored in those that are read.
 */
public final class AddressMapping {
    private static final int IPV6 = 128;
    private static final int HALF = 64;

    private final Block ipv6;
    private final Block ipv4;
    /** The host part. */
    private final long mask;
    /** Bits behind it in IPv6 addresses. */
    private final int shift;

    /**
     * One of the two prefixes.
     *
     * @param ipv6 with no fewer host bits than the other
     */
    public AddressMapping(Block ipv6, Block ipv4) {
        int bits = 32 - ipv4.length;
        this.ipv6 = ipv6;
        this.ipv4 = ipv4;
        mask = (1L << bits) - 1;
        shift = IPV6 - ipv6.length - bits;
    }

    /** True if an IPv4 address has an IPv6 one. */
    public boolean holds(int address) {
        return ipv4.holds(0, address & 0xFFFF_FFFFL);
    }

    /** True if an IPv6 address has an IPv4 one. */
    public boolean holds(long high, long low) {
        return ipv6.holds(high, low);
    }

    /** The IPv4 address of an IPv6 one that it {@link #holds}. */
    public int toIpv4(long high, long low) {
        long right =
                shift >= HALF ? high >>> (shift - HALF) : shift == 0 ? low : low >>> shift | high << (HALF - shift);
        return (int) (ipv4.low | (right & mask));
    }

    /** The upper half of the IPv6 address of an IPv4 one that it {@link #holds}. */
    public long high(int address) {
        long host = address & mask;
        return ipv6.high | (shift >= HALF ? host << (shift - HALF) : shift == 0 ? 0 : host >>> (HALF - shift));
    }

    /** As {@link #high}, the lower half. */
    public long low(int address) {
        return ipv6.low | (shift >= HALF ? 0 : (address & mask) << shift);
    }
}
