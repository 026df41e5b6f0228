package io.natator.openflow.reconcile;

import io.natator.openflow.codec.ErrorMessage;
import io.natator.openflow.codec.FlowEntry;
import io.natator.openflow.codec.Multipart;
import io.natator.openflow.codec.Wire;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads back the rules of a cookie and then asks how many there are: a dump that was cut short without saying so has
 * another number, and nothing is concluded from it.
 */
public final class Dump {
    /** More entries than that are not held. */
    static final int MAX_ENTRIES = 4_000_000;

    /** Where the dump stands. */
    public sealed interface Progress {
        record Reading() implements Progress {}

        record Done(List<FlowEntry> entries) implements Progress {}

        record Failed(String reason) implements Progress {}
    }

    private static final Progress READING = new Progress.Reading();

    private final int flowsXid;
    private final int countXid;
    private final List<FlowEntry> entries = new ArrayList<>();
    private boolean flowsComplete;

    private Dump(int flowsXid) {
        this.flowsXid = flowsXid;
        this.countXid = flowsXid + 1;
    }

    /** Sends the requests. */
    public static Dump start(Outlet out, int table, long cookie, long mask) {
        Dump dump = new Dump(out.xids(2));
        ByteBuf b = out.buffer();
        Multipart.flowRequest(b, out.version(), dump.flowsXid, table, cookie, mask);
        Multipart.aggregateRequest(b, out.version(), dump.countXid, table, cookie, mask);
        out.send(b);
        return dump;
    }

    /** True if a reply or error of this transaction belongs to it. */
    public boolean concerns(int xid) {
        return xid == flowsXid || xid == countXid;
    }

    /** A part of an answer. */
    public Progress onReply(int xid, ByteBuf m) {
        int type = Multipart.type(m);
        if (xid == flowsXid && type == Wire.MP_FLOW && !flowsComplete) {
            String problem = Multipart.readFlows(m, entries);
            if (!problem.isEmpty()) {
                return new Progress.Failed("dump not readable: " + problem);
            }
            if (entries.size() > MAX_ENTRIES) {
                return new Progress.Failed("dump of more than " + MAX_ENTRIES + " entries");
            }
            flowsComplete = !Multipart.more(m);
            return READING;
        }
        if (xid == countXid && type == Wire.MP_AGGREGATE) {
            Multipart.Aggregate count = Multipart.readAggregate(m);
            return count == null ? new Progress.Failed("aggregate cut short") : counted(count.flows());
        }
        return new Progress.Failed("unexpected multipart type " + type + " in answer to a dump");
    }

    private Progress counted(long flows) {
        if (!flowsComplete) {
            return new Progress.Failed("dump cut short: the last part did not come");
        }
        if (flows != entries.size()) {
            return new Progress.Failed("dump cut short: " + entries.size() + " rules, the device counts " + flows);
        }
        return new Progress.Done(entries);
    }

    /** A device that cannot count is believed. */
    public Progress onError(int xid, ErrorMessage error) {
        if (xid == countXid && flowsComplete) {
            return new Progress.Done(entries);
        }
        return new Progress.Failed("dump refused: " + error);
    }
}
