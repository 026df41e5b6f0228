package io.natator.model.rule;

/**
 * Layout of the 64-bit cookie: 12 bits that mark a rule as Natator's, 16 bits that name its owner,
 * 36 bits of a hash of its content. Owner tags may collide (counters are then shared); the content hash
 * is only ever compared between rules of the same identity.
 */
public final class Cookie {
    /** Marks rules of ours. */
    public static final long MARK = 0x4E4L << 52;

    /** Mask of {@link #MARK}. */
    public static final long MARK_MASK = 0xFFFL << 52;

    /** Mask of mark and owner tag: selects all rules of one owner. */
    public static final long OWNER_MASK = MARK_MASK | (0xFFFFL << 36);

    /** Marks rules of ours that go by themselves; the other bits are their id. Under {@link #MARK_MASK}. */
    public static final long LEASE_MARK = 0x4E6L << 52;

    private static final long CONTENT_MASK = (1L << 36) - 1;

    private Cookie() {}

    /** The cookie of a rule of {@code owner} whose encoded content hashes to {@code contentHash}. */
    public static long of(String owner, long contentHash) {
        return ofOwner(owner) | (contentHash & CONTENT_MASK);
    }

    /** Mark and owner tag alone, to be used with {@link #OWNER_MASK}. String.hashCode is specified, so it is stable. */
    public static long ofOwner(String owner) {
        int h = owner.hashCode();
        return MARK | (((h ^ (h >>> 16)) & 0xFFFFL) << 36);
    }

    /** The cookie of the rules of a lease. */
    public static long ofLease(long id) {
        return LEASE_MARK | (id & ~MARK_MASK);
    }

    /** The id of a cookie of {@link #ofLease}. */
    public static long leaseId(long cookie) {
        return cookie & ~MARK_MASK;
    }

    /** True if a rule with this cookie is ours. */
    public static boolean isOurs(long cookie) {
        return (cookie & MARK_MASK) == MARK;
    }
}
