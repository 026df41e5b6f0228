package io.natator.softswitch.io.memory;

import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Memory;
import io.natator.softswitch.io.Batch;
import io.natator.softswitch.io.Counting;
import io.natator.softswitch.io.LinkState;
import io.natator.softswitch.io.Oversize;
import io.natator.softswitch.io.PortCounters;
import io.natator.softswitch.io.PortIo;
import io.natator.softswitch.io.Slots;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A port whose frames a test puts in and takes out; the test may do so from another thread. What it sends is copied at
 * {@link #flush}, as an interface would do.
 */
public final class MemoryPort implements PortIo {
    /** Most frames that wait on either side. */
    public static final int CAPACITY = 4096;

    private static final int VNET_HEADER = 10;

    /**
     * A frame at rest.
     *
     * @param octets from the Ethernet header on
     * @param offloads its offload words; where it is in memory means nothing
     */
    public record Resting(byte[] octets, Frame offloads) {}

    private final BlockingQueue<Resting> arriving = new LinkedBlockingQueue<>(CAPACITY);
    private final BlockingQueue<Resting> left = new LinkedBlockingQueue<>(CAPACITY);
    private final List<Frame> queued = new ArrayList<>();
    private final Counting counting = new Counting();
    private final AtomicLong ringFull = new AtomicLong();
    private final Slots slots = new Slots();
    private volatile LinkState link;

    /** A port that is up, with an MTU of 1500. */
    public MemoryPort(String name) {
        link = new LinkState(
                name, true, 0x02_00_00_00_00_00L | (name.hashCode() & 0xFFFF), 1500, true, true, 10_000_000);
    }

    /** A frame without offloads arrives; one too many is counted as lost. */
    public void arrive(byte[] octets) {
        arrive(new Resting(octets.clone(), new Frame()));
    }

    /** A frame arrives; one too many is counted as lost, one too long as truncated. */
    public void arrive(Resting frame) {
        if (!arriving.offer(frame)) {
            ringFull.incrementAndGet();
        }
    }

    /** The next frame that was sent; null if there is none. */
    public Resting take() {
        return left.poll();
    }

    /** The octets of all frames that were sent since the last time. */
    public List<byte[]> takeAll() {
        List<Resting> all = new ArrayList<>();
        left.drainTo(all);
        return all.stream().map(Resting::octets).toList();
    }

    /** The interface changes. */
    public void link(LinkState changed) {
        link = changed;
    }

    @Override
    public LinkState link() {
        return link;
    }

    @Override
    public int receive(Batch batch) {
        batch.clear();
        long bytes = 0;
        while (batch.count() < Batch.CAPACITY && link.up()) {
            Resting next = arriving.poll();
            if (next == null) {
                break;
            }
            if (next.octets().length > Slots.LONGEST) {
                counting.truncated();
                continue;
            }
            Frame frame = slots.add(batch, next.octets());
            frame.offloadsOf(next.offloads());
            bytes += frame.length;
        }
        counting.received(batch.count(), bytes);
        return batch.count();
    }

    @Override
    public void release() {
        // Frames stay as they are until the next receive.
    }

    @Override
    public boolean queue(Frame frame) {
        if (!link.up()) {
            counting.down(1);
            return false;
        }
        if (Oversize.is(frame, link.mtu())) {
            counting.tooLong();
            return false;
        }
        if (queued.size() == Batch.CAPACITY) {
            flush();
        }
        // The same frame object may be queued elsewhere or hold another frame by the time of the flush.
        Frame copy = new Frame();
        copy.address = frame.address;
        copy.length = frame.length;
        copy.offloadsOf(frame);
        Memory.put64(frame.address - VNET_HEADER, 0xDEAD_DEAD_DEAD_DEADL);
        Memory.put16(frame.address - 2, 0xDEAD);
        queued.add(copy);
        return true;
    }

    @Override
    public void flush() {
        for (Frame frame : queued) {
            byte[] octets = Slots.octets(frame);
            if (left.offer(new Resting(octets, frame))) {
                counting.sent(1, octets.length);
            } else {
                counting.refused(1);
            }
        }
        queued.clear();
    }

    @Override
    public PortCounters counters() {
        return counting.snapshot(ringFull.get());
    }

    @Override
    public void close() {
        link = LinkState.absent(link.name());
        slots.close();
    }
}
