package io.natator.softswitch.datapath;

import io.natator.softswitch.count.Count;
import io.natator.softswitch.count.Counts;
import io.natator.softswitch.flow.Event;
import io.natator.softswitch.flow.Event.PacketInReason;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Memory;
import io.natator.softswitch.frame.PartialChecksum;
import io.natator.softswitch.table.Rule;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Consumer;

/** Packets for the controllers: no more than they and the way to them can bear, so that a flood costs nothing but itself. */
final class PacketIns {
    private static final int WHOLE_PACKET = 0xFFFF;
    private static final long SECOND = 1_000_000_000L;

    private final long rate;
    private final long burst;
    private final Counts counts;
    private final Consumer<Event> to;
    /** In packets × 10⁹. */
    private long level;

    private long filled;

    /**
     * @param rate packets a second, 1 to 10⁶
     * @param burst packets at once, 1 to 10⁶
     */
    PacketIns(long rate, long burst, Counts counts, Consumer<Event> to) {
        this.rate = rate;
        this.burst = burst;
        this.counts = counts;
        this.to = to;
        level = burst * SECOND;
    }

    void send(PacketInReason reason, Rule rule, int maxLength, Frame frame, long[] key, long now) {
        long elapsed = Math.max(0, Math.min(now - filled, burst * SECOND / rate + 1));
        filled = now;
        level = Math.min(burst * SECOND, level + elapsed * rate);
        if (level < SECOND) {
            counts.add(Count.PACKETS_IN_OVER_LIMIT);
            return;
        }
        level -= SECOND;
        counts.add(Count.PACKETS_IN);
        int length = maxLength == WHOLE_PACKET ? frame.length : Math.min(maxLength, frame.length);
        byte[] data = new byte[length];
        MemorySegment.copy(Memory.ALL, ValueLayout.JAVA_BYTE, frame.address, data, 0, length);
        PartialChecksum.complete(frame, data);
        int table = rule == null ? 0 : rule.table();
        long cookie = rule == null ? -1L : rule.cookie();
        to.accept(new Event.PacketIn(reason, table, cookie, frame.length, key.clone(), data));
    }
}
