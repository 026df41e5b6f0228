package io.natator.openflow.session;

import io.natator.model.rule.Cookie;
import io.natator.model.rule.Rule;
import io.natator.model.southbound.SwitchEvent;
import io.natator.openflow.Count;
import io.natator.openflow.codec.ErrorMessage;
import io.natator.openflow.codec.FlowEntry;
import io.natator.openflow.codec.FlowMods;
import io.natator.openflow.codec.Messages;
import io.natator.openflow.codec.RuleEncoder;
import io.natator.openflow.codec.Wire;
import io.natator.openflow.reconcile.Dump;
import io.natator.openflow.reconcile.Outlet;
import io.netty.buffer.ByteBuf;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rules that go by themselves: beside those that are reconciled, which have another mark. What became of them is seen when they
 * are read; a refusal is only counted.
 */
final class Leases {
    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);
    private static final int MOST_SENT = 65_536;

    private final Conversation conversation;
    private final long datapathId;
    private final RuleEncoder encoder = new RuleEncoder();
    private final Set<Integer> sent = new HashSet<>();
    private final Outlet outlet;
    private Dump clearing;
    private boolean clear;
    private Dump reading;
    private long readingNumber;

    Leases(Conversation conversation, long datapathId, Outlet outlet) {
        this.outlet = outlet;
        this.conversation = conversation;
        this.datapathId = datapathId;
    }

    /** Those of an earlier connection, whoever's it was, go. A device that has none is sent no change. */
    void start() {
        clearing = dump();
    }

    private Dump dump() {
        return Dump.start(outlet, Wire.TABLE_ALL, Cookie.LEASE_MARK, Cookie.MARK_MASK);
    }

    private void onClearing(Dump.Progress progress) {
        boolean none = progress instanceof Dump.Progress.Done(var entries) && entries.isEmpty();
        if (progress instanceof Dump.Progress.Reading) {
            return;
        }
        clearing = null;
        clear = true;
        if (!none) {
            remove(Cookie.LEASE_MARK, Cookie.MARK_MASK);
        }
    }

    /** Refused until it is known that the device has none of an earlier connection, which would be taken for it. */
    void lease(long id, List<Rule> rules, int seconds) {
        if (!clear) {
            conversation.count(Count.LEASES_REFUSED);
            return;
        }
        ByteBuf b = conversation.buffer();
        for (Rule rule : rules) {
            if (encoder.encode(rule) instanceof RuleEncoder.Encoding.Encoded(var encoded)) {
                FlowMods.lease(b, conversation.version(), xid(), encoded, Cookie.ofLease(id), seconds);
            } else {
                conversation.count(Count.RULES_UNSUPPORTED);
            }
        }
        conversation.count(Count.LEASES);
        conversation.send(b);
    }

    void release(Collection<Long> ids) {
        ids.forEach(id -> remove(Cookie.ofLease(id), -1L));
    }

    private void remove(long cookie, long mask) {
        ByteBuf b = conversation.buffer();
        FlowMods.deleteAll(b, conversation.version(), xid(), cookie, mask);
        // What is added next may need the room, or match the same packets.
        Messages.barrierRequest(b, conversation.version(), xid());
        conversation.send(b);
    }

    private int xid() {
        int xid = conversation.xids().take();
        if (sent.size() >= MOST_SENT) {
            sent.clear(); // their errors are counted as unexpected ones
        }
        sent.add(xid);
        return xid;
    }

    /** A reading that is under way is given up. */
    void read(long number) {
        ByteBuf b = conversation.buffer();
        Messages.barrierRequest(b, conversation.version(), xid());
        conversation.send(b);
        reading = dump();
        readingNumber = number;
    }

    /** False if it answers nothing that was asked here. */
    boolean onMultipart(ByteBuf m, int xid) {
        if (clearing != null && clearing.concerns(xid)) {
            onClearing(clearing.onReply(xid, m));
            return true;
        }
        if (reading == null || !reading.concerns(xid)) {
            return false;
        }
        on(reading.onReply(xid, m));
        return true;
    }

    private void on(Dump.Progress progress) {
        switch (progress) {
            case Dump.Progress.Reading() -> {}
            case Dump.Progress.Failed(String reason) -> {
                LOG.debug("bindings in hardware of datapath {}: {}", datapathId, reason);
                conversation.count(Count.DUMPS_FAILED);
                reading = null;
            }
            case Dump.Progress.Done(var entries) -> {
                reading = null;
                tell(entries);
            }
        }
    }

    private void tell(List<FlowEntry> entries) {
        Map<Long, SwitchEvent.Lease> byId = new HashMap<>();
        for (FlowEntry entry : entries) {
            byId.merge(
                    Cookie.leaseId(entry.rule().cookie()),
                    new SwitchEvent.Lease(1, Math.max(0, entry.packets()), Math.max(0, entry.bytes())),
                    (a, b) -> new SwitchEvent.Lease(
                            a.rules() + b.rules(), a.packets() + b.packets(), a.bytes() + b.bytes()));
        }
        conversation.tell(new SwitchEvent.Leases(datapathId, readingNumber, byId));
    }

    /** False if it answers nothing that was sent here. */
    boolean onBarrier(int xid) {
        return sent.remove(xid);
    }

    /** False if it refuses nothing that was sent here. */
    boolean onError(int xid, ErrorMessage error) {
        if (sent.remove(xid)) {
            conversation.count(Count.LEASES_REFUSED);
            return true;
        }
        if (clearing != null && clearing.concerns(xid)) {
            onClearing(clearing.onError(xid, error));
            return true;
        }
        if (reading != null && reading.concerns(xid)) {
            on(reading.onError(xid, error));
            return true;
        }
        return false;
    }
}
