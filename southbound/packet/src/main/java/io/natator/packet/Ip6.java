package io.natator.packet;

/** An IPv6 address as two 64-bit halves in network order (RFC 4291). */
public record Ip6(long high, long low) {
    /** All nodes on the link, ff02::1 (RFC 4291, section 2.7.1). */
    public static final Ip6 ALL_NODES = new Ip6(0xFF02L << 48, 1);

    /** The unspecified address, {@code ::}. */
    public static final Ip6 UNSPECIFIED = new Ip6(0, 0);

    /** Octets of an address. */
    public static final int LENGTH = 16;

    /** Reads 16 octets at {@code at}. */
    public static Ip6 read(byte[] b, int at) {
        return new Ip6(Bytes.i64(b, at), Bytes.i64(b, at + 8));
    }

    /** Writes 16 octets at {@code at}. */
    public void write(byte[] b, int at) {
        Bytes.put64(b, at, high);
        Bytes.put64(b, at + 8, low);
    }

    /** The 16 octets. */
    public byte[] octets() {
        byte[] b = new byte[LENGTH];
        write(b, 0);
        return b;
    }

    /** True for ff00::/8. */
    public boolean isMulticast() {
        return high >>> 56 == 0xFF;
    }

    /** ff02::1:ffXX:XXXX (RFC 4291, section 2.7.1). */
    public Ip6 solicitedNode() {
        return new Ip6(0xFF02L << 48, 0x1_FF00_0000L | (low & 0xFF_FFFFL));
    }

    /** The MAC that a multicast address is sent to (RFC 2464, section 7). */
    public long multicastMac() {
        return 0x3333_0000_0000L | (low & 0xFFFF_FFFFL);
    }

    /** Link-local address with the interface identifier of {@code mac} (RFC 4291, appendix A). */
    public static Ip6 linkLocal(long mac) {
        long id = (mac ^ 0x0200_0000_0000L) >>> 24 << 40 | 0xFF_FE00_0000L | (mac & 0xFF_FFFFL);
        return new Ip6(0xFE80L << 48, id);
    }

    /** Unfolded one's-complement sum. */
    long sum() {
        return (high >>> 32) + (high & 0xFFFF_FFFFL) + (low >>> 32) + (low & 0xFFFF_FFFFL);
    }
}
