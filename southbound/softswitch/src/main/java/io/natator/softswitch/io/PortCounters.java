package io.natator.softswitch.io;

/**
 * Counters of one interface; each says where a frame was lost.
 *
 * @param rxPackets received and handed over
 * @param rxBytes of these, octets of Ethernet frames
 * @param txPackets taken by the interface
 * @param txBytes of these
 * @param rxRingFull lost by the kernel because the ring was full
 * @param rxTruncated longer than the ring's frames
 * @param txTooLong not queued: longer than the MTU and no GSO frame
 * @param txRefused queued, but the interface did not take it
 * @param txDown not queued: the port is down
 */
public record PortCounters(
        long rxPackets,
        long rxBytes,
        long txPackets,
        long txBytes,
        long rxRingFull,
        long rxTruncated,
        long txTooLong,
        long txRefused,
        long txDown) {}
