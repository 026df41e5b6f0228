package io.natator.model.peering;

import org.onlab.packet.IpPrefix;

/**
 * Prefixes within a prefix.
 *
 * @param prefix that holds them
 * @param ge shortest length, at least that of {@code prefix}
 * @param le longest length, at least {@code ge}
 */
public record PrefixRange(IpPrefix prefix, int ge, int le) {
    public boolean matches(IpPrefix candidate) {
        return candidate.isIp4() == prefix.isIp4()
                && candidate.prefixLength() >= ge
                && candidate.prefixLength() <= le
                && prefix.contains(candidate);
    }

    @Override
    public String toString() {
        return prefix + " ge " + ge + " le " + le;
    }
}
