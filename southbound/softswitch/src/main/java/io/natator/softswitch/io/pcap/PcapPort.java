package io.natator.softswitch.io.pcap;

import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.io.Batch;
import io.natator.softswitch.io.Counting;
import io.natator.softswitch.io.LinkState;
import io.natator.softswitch.io.PortCounters;
import io.natator.softswitch.io.PortIo;
import io.natator.softswitch.io.Slots;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** A port where recorded frames come in, as fast as they are taken, and what goes out is recorded. */
public final class PcapPort implements PortIo {
    private static final int JUMBO = 9000;

    private final PcapReader arriving;
    private final PcapWriter leaving;
    private final LongSupplier clock;
    private final LinkState link;
    private final Slots slots = new Slots();
    private final List<byte[]> queued = new ArrayList<>();
    private final Counting counting = new Counting();

    /** @param clock nanoseconds since 1970-01-01 UTC */
    public PcapPort(String name, PcapReader arriving, PcapWriter leaving, LongSupplier clock) {
        this.arriving = arriving;
        this.leaving = leaving;
        this.clock = clock;
        this.link = new LinkState(name, true, 0x02_00_00_00_00_01L, JUMBO, true, true, 0);
    }

    @Override
    public int receive(Batch batch) {
        batch.clear();
        long bytes = 0;
        while (batch.count() < Batch.CAPACITY) {
            Optional<PcapRecord> next = arriving.next();
            if (next.isEmpty()) {
                break;
            }
            byte[] octets = next.get().octets();
            if (next.get().isTruncated() || octets.length > Slots.LONGEST) {
                counting.truncated();
                continue;
            }
            bytes += slots.add(batch, octets).length;
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
        queued.add(Slots.octets(frame));
        if (queued.size() == Batch.CAPACITY) {
            flush();
        }
        return true;
    }

    @Override
    public void flush() {
        for (byte[] octets : queued) {
            long omitted = leaving.omitted();
            leaving.record(clock.getAsLong(), octets);
            if (leaving.omitted() == omitted) {
                counting.sent(1, octets.length);
            } else {
                counting.refused(1);
            }
        }
        queued.clear();
    }

    @Override
    public PortCounters counters() {
        return counting.snapshot(0);
    }

    @Override
    public LinkState link() {
        return link;
    }

    @Override
    public void close() {
        arriving.close();
        leaving.close();
        slots.close();
    }
}
