package io.natator.openflow.session;

import io.natator.model.rule.Cookie;
import io.natator.model.southbound.SwitchEvent;
import io.natator.openflow.Count;
import io.natator.openflow.codec.Multipart;
import io.natator.openflow.codec.Wire;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.Map;

/** Which owners' counters were asked for, and not yet answered. */
final class CounterReads {
    private static final int MAX = 65_536;

    private final Conversation conversation;
    private final long datapathId;
    private final Map<Integer, String> ownerByXid = new HashMap<>();

    CounterReads(Conversation conversation, long datapathId) {
        this.conversation = conversation;
        this.datapathId = datapathId;
    }

    void ask(String owner) {
        if (ownerByXid.size() >= MAX) {
            conversation.count(Count.CALLS_NOT_CONNECTED);
            return;
        }
        int xid = conversation.xids().take();
        ownerByXid.put(xid, owner);
        ByteBuf b = conversation.buffer();
        Multipart.aggregateRequest(
                b, conversation.version(), xid, Wire.TABLE_ALL, Cookie.ofOwner(owner), Cookie.OWNER_MASK);
        conversation.send(b);
    }

    /** False if it answers nothing that was asked here. */
    boolean onMultipart(ByteBuf m, int xid) {
        String owner = ownerByXid.remove(xid);
        if (owner == null) {
            return false;
        }
        Multipart.Aggregate a = Multipart.readAggregate(m);
        if (a == null) {
            conversation.undecodable(m, "aggregate, cut short");
        } else {
            conversation.tell(new SwitchEvent.Counters(datapathId, owner, a.packets(), a.bytes(), a.flows()));
        }
        return true;
    }

    /** False if it refuses nothing that was asked here. */
    boolean onError(int xid) {
        return ownerByXid.remove(xid) != null;
    }
}
