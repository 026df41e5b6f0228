package io.natator.softswitch.agent.codec;

import io.natator.softswitch.flow.Reply;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** Writes what is told of rules and tables (sections 7.3.5.2 to 7.3.5.4). */
public final class FlowReplies {
    private FlowReplies() {}

    /** One part of a dump. */
    public static void flows(ByteBuf out, int xid, List<Reply.Flow> flows, boolean last) {
        Parts parts = new Parts(out, xid, MessageType.MP_FLOW);
        for (Reply.Flow flow : flows) {
            ByteBuf b = parts.entry();
            int start = b.writerIndex();
            b.writeShort(0).writeByte(flow.table()).writeByte(0);
            EventEncoder.duration(b, flow.ageNanos());
            b.writeShort(flow.priority()).writeShort(flow.idleTimeout()).writeShort(flow.hardTimeout());
            b.writeShort(flow.flags()).writeInt(0);
            b.writeLong(flow.cookie()).writeLong(flow.packets()).writeLong(flow.bytes());
            MatchEncoder.write(b, flow.match());
            InstructionEncoder.write(b, flow.instructions());
            b.setShort(start, b.writerIndex() - start);
            parts.done();
        }
        parts.end(!last);
    }

    public static void aggregate(ByteBuf out, int xid, Reply.Aggregate aggregate) {
        Parts parts = new Parts(out, xid, MessageType.MP_AGGREGATE);
        parts.entry()
                .writeLong(aggregate.packets())
                .writeLong(aggregate.bytes())
                .writeInt(aggregate.flows())
                .writeInt(0);
        parts.end(false);
    }

    public static void tables(ByteBuf out, int xid, Reply.Tables tables) {
        Parts parts = new Parts(out, xid, MessageType.MP_TABLE);
        for (Reply.Table table : tables.tables()) {
            parts.entry().writeByte(table.table()).writeZero(3).writeInt(table.active());
            out.writeLong(table.lookups()).writeLong(table.matched());
            parts.done();
        }
        parts.end(false);
    }
}
