package io.natator.softswitch.session;

import org.onlab.packet.IpPrefix;

/** {@link io.natator.model.intent.Embedding} in numbers: IPv4 addresses within IPv6 ones (RFC 6052, section 2.2), without making objects. */
public final class Pref64 {
    private static final int WHOLE = 32;
    /** Bits behind the octet of zeroes. */
    private static final int BEHIND = 56;

    private final Block block;
    private final boolean last;
    /** Bits of the IPv4 address in the upper half, and behind the octet of zeroes. */
    private final int before;

    private final int behind;

    public Pref64(IpPrefix prefix) {
        block = new Block(prefix);
        last = prefix.prefixLength() == 96;
        before = last ? 0 : 64 - prefix.prefixLength();
        behind = WHOLE - before;
    }

    /** True if an IPv6 address holds an IPv4 one. */
    public boolean holds(long high, long low) {
        return block.holds(high, low);
    }

    /** The IPv4 address in an IPv6 one. */
    public int ipv4(long high, long low) {
        if (last) {
            return (int) low;
        }
        long upper = high & ((1L << before) - 1);
        long lower = low >>> (BEHIND - behind) & ((1L << behind) - 1);
        return (int) (upper << behind | lower);
    }

    /** Upper half of the IPv6 address that holds an IPv4 one. */
    public long high(int ipv4) {
        return block.high | (last ? 0 : (ipv4 & 0xFFFF_FFFFL) >>> behind);
    }

    /** Lower half of the IPv6 address that holds an IPv4 one. */
    public long low(int ipv4) {
        return last ? block.low | (ipv4 & 0xFFFF_FFFFL) : (ipv4 & ((1L << behind) - 1)) << (BEHIND - behind);
    }
}
