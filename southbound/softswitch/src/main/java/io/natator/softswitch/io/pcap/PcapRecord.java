package io.natator.softswitch.io.pcap;

/**
 * One recorded frame.
 *
 * @param nanos since 1970-01-01 UTC
 * @param octets what was recorded, from the Ethernet header on
 * @param originalLength octets that it had
 */
public record PcapRecord(long nanos, byte[] octets, long originalLength) {
    /** True if only the beginning was recorded. */
    public boolean isTruncated() {
        return octets.length < originalLength;
    }
}
