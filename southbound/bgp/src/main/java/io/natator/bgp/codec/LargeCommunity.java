package io.natator.bgp.codec;

/** RFC 8092: three unsigned 32-bit numbers. */
public record LargeCommunity(long global, long local1, long local2) implements Comparable<LargeCommunity> {
    static final int OCTETS = 12;

    @Override
    public int compareTo(LargeCommunity other) {
        int order = Long.compare(global, other.global);
        if (order == 0) {
            order = Long.compare(local1, other.local1);
        }
        return order == 0 ? Long.compare(local2, other.local2) : order;
    }

    @Override
    public String toString() {
        return global + ":" + local1 + ":" + local2;
    }
}
