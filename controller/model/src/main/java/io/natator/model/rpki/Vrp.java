package io.natator.model.rpki;

import org.onlab.packet.IpPrefix;

/**
 * A validated ROA payload (RFC 6811, section 2): {@code origin} may announce {@code prefix}, and what lies in it.
 *
 * @param maxLength longest prefix that it may announce, from the length of {@code prefix} to 32 or 128
 * @param origin AS number; 0: nobody may (RFC 6483, section 4)
 */
public record Vrp(IpPrefix prefix, int maxLength, long origin) {
    /** True if it speaks about {@code route} at all. */
    public boolean covers(IpPrefix route) {
        return route.isIp4() == prefix.isIp4() && prefix.contains(route);
    }

    /** True if it allows {@code origin} to announce {@code route}, which it {@link #covers}. */
    public boolean matches(IpPrefix route, long by) {
        return origin != 0 && origin == by && route.prefixLength() <= maxLength;
    }

    @Override
    public String toString() {
        return prefix + " up to /" + maxLength + " by AS " + origin;
    }
}
