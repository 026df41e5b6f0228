package io.natator.softswitch.datapath;

import io.natator.softswitch.count.Count;
import io.natator.softswitch.count.Counts;
import io.natator.softswitch.flow.ErrorType;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.flow.Refused;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.flow.Request;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Headers;
import io.natator.softswitch.frame.Memory;
import io.natator.softswitch.frame.Parser;
import io.natator.softswitch.frame.Reason;
import io.natator.softswitch.pipeline.CopyRoom;
import io.natator.softswitch.pipeline.Executor;
import io.natator.softswitch.program.Compiler;
import io.natator.softswitch.table.ActionCheck;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Packets that controllers send (OpenFlow 1.3.5, section 7.3.7). */
final class PacketOuts {
    private static final int ROOM = 128;
    private static final int LONGEST = 0xFFFF;

    private final ActionCheck check;
    private final Executor executor;
    private final CopyRoom room;
    private final Counts counts;
    private final Frame frame = new Frame();
    private final Headers headers = new Headers();
    private final long[] key = new long[Key.WORDS];

    PacketOuts(ActionCheck check, Executor executor, CopyRoom room, Counts counts) {
        this.check = check;
        this.executor = executor;
        this.room = room;
        this.counts = counts;
    }

    Reply.Done send(Request.PacketOut out, long now) {
        try {
            check.loose(out.actions(), true);
            place(out);
        } catch (Refused e) {
            return new Reply.Done(List.of(new Reply.Refused(0, e.refusal())));
        }
        executor.begin(frame, headers, key, now);
        executor.run(Compiler.inOrder(out.actions()).code(), 0);
        counts.add(Count.PACKETS_OUT);
        return new Reply.Done(List.of());
    }

    private void place(Request.PacketOut out) throws Refused {
        int length = out.frame().length;
        long at = length > LONGEST ? 0 : room.take(length + 2 * ROOM);
        if (at == 0) {
            throw new Refused(ErrorType.BAD_PACKET, "no room for a packet of " + length + " octets");
        }
        MemorySegment.copy(out.frame(), 0, Memory.ALL, ValueLayout.JAVA_BYTE, at + ROOM, length);
        frame.address = at + ROOM;
        frame.length = length;
        frame.headroom = ROOM / 2;
        frame.tailroom = ROOM / 2;
        frame.inPort = out.inPort();
        frame.plain();
        if (Parser.parse(frame, headers, key) == Reason.RUNT) {
            throw new Refused(ErrorType.BAD_PACKET, "a packet of " + length + " octets has no Ethernet header");
        }
    }
}
