package io.natator.openflow.reconcile;

import io.natator.openflow.codec.EncodedRule;
import io.natator.openflow.codec.ErrorMessage;
import io.natator.openflow.codec.FlowEntry;
import io.natator.openflow.codec.Multipart;
import io.natator.openflow.codec.Wire;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks, before rules are added in new places, whether somebody else's rule stands in one of them: a flow-mod ADD
 * would silently replace it. Tables that hold no more rules than ours are clear at once (table statistics are cheap);
 * others are dumped.
 */
final class ForeignCheck {
    /** Where the check stands. */
    sealed interface Progress {
        record Reading() implements Progress {}

        /** @param conflicts rules that must not be added, and why */
        record Done(Map<EncodedRule, String> conflicts) implements Progress {}

        record Failed(String reason) implements Progress {}
    }

    private static final Progress READING = new Progress.Reading();
    private static final int MAX_TABLES = 256;

    private final Outlet out;
    private final int firstXid;
    private final Set<EncodedRule> places;
    private final Map<Integer, Integer> ours;
    private final Map<EncodedRule, String> conflicts = new HashMap<>();
    private final Set<Integer> open = new HashSet<>();

    /**
     * @param places rules to be added where none of ours stands
     * @param held rules of ours on the device
     */
    ForeignCheck(Outlet out, Set<EncodedRule> places, Collection<EncodedRule> held) {
        this.out = out;
        this.places = places;
        this.firstXid = out.xids(MAX_TABLES + 1);
        this.ours = new HashMap<>();
        held.forEach(rule -> ours.merge(rule.table(), 1, Integer::sum));
        ByteBuf b = out.buffer();
        Multipart.emptyRequest(b, out.version(), firstXid + MAX_TABLES, Wire.MP_TABLE);
        out.send(b);
    }

    boolean concerns(int xid) {
        return xid - firstXid >= 0 && xid - firstXid <= MAX_TABLES;
    }

    Progress onReply(int xid, ByteBuf m) {
        return xid == firstXid + MAX_TABLES ? onTables(m) : onFlows(xid - firstXid, m);
    }

    /** A device without table statistics has all its tables dumped. */
    Progress onError(int xid, ErrorMessage error) {
        if (xid != firstXid + MAX_TABLES) {
            return new Progress.Failed("looking for rules of others: " + error);
        }
        places.forEach(rule -> open.add(rule.table()));
        return dumpOpen();
    }

    private Progress onTables(ByteBuf m) {
        Map<Integer, Long> active = new HashMap<>();
        if (!Multipart.readTableCounts(m, active)) {
            return new Progress.Failed("table statistics cut short");
        }
        Set<Integer> wanted = new TreeSet<>();
        places.forEach(rule -> wanted.add(rule.table()));
        for (int table : wanted) {
            if (active.getOrDefault(table, 0L) > ours.getOrDefault(table, 0)) {
                open.add(table);
            }
        }
        return Multipart.more(m) ? READING : dumpOpen();
    }

    private Progress dumpOpen() {
        if (open.isEmpty()) {
            return new Progress.Done(conflicts);
        }
        ByteBuf b = out.buffer();
        for (int table : open) {
            Multipart.flowRequest(b, out.version(), firstXid + table, table, 0, 0);
        }
        out.send(b);
        return READING;
    }

    private Progress onFlows(int table, ByteBuf m) {
        List<FlowEntry> entries = new ArrayList<>();
        String problem = Multipart.type(m) == Wire.MP_FLOW ? Multipart.readFlows(m, entries) : "not a flow dump";
        if (!problem.isEmpty()) {
            return new Progress.Failed("looking for rules of others: " + problem);
        }
        for (FlowEntry entry : entries) {
            EncodedRule rule = entry.rule();
            if (!rule.isOurs() && places.contains(rule)) {
                conflicts.put(
                        rule,
                        "a rule of somebody else (cookie 0x" + Long.toHexString(rule.cookie())
                                + ") has the same match and priority");
            }
        }
        if (!Multipart.more(m)) {
            open.remove(table);
        }
        return open.isEmpty() ? new Progress.Done(conflicts) : READING;
    }
}
