package io.natator.softswitch.io;

import java.util.concurrent.atomic.AtomicLong;

/** Counters of one port: written by one thread, without the cost of atomic additions, and read by any. */
public final class Counting {
    private final AtomicLong rxPackets = new AtomicLong();
    private final AtomicLong rxBytes = new AtomicLong();
    private final AtomicLong txPackets = new AtomicLong();
    private final AtomicLong txBytes = new AtomicLong();
    private final AtomicLong rxTruncated = new AtomicLong();
    private final AtomicLong txTooLong = new AtomicLong();
    private final AtomicLong txRefused = new AtomicLong();
    private final AtomicLong txDown = new AtomicLong();

    public void received(long packets, long bytes) {
        add(rxPackets, packets);
        add(rxBytes, bytes);
    }

    public void sent(long packets, long bytes) {
        add(txPackets, packets);
        add(txBytes, bytes);
    }

    public void truncated() {
        add(rxTruncated, 1);
    }

    public void tooLong() {
        add(txTooLong, 1);
    }

    public void refused(long packets) {
        add(txRefused, packets);
    }

    public void down(long packets) {
        add(txDown, packets);
    }

    /** @param rxRingFull is counted elsewhere */
    public PortCounters snapshot(long rxRingFull) {
        return new PortCounters(
                rxPackets.getOpaque(),
                rxBytes.getOpaque(),
                txPackets.getOpaque(),
                txBytes.getOpaque(),
                rxRingFull,
                rxTruncated.getOpaque(),
                txTooLong.getOpaque(),
                txRefused.getOpaque(),
                txDown.getOpaque());
    }

    private static void add(AtomicLong counter, long count) {
        counter.setOpaque(counter.getPlain() + count);
    }
}
