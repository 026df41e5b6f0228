package io.natator.openflow.reconcile;

import io.natator.openflow.codec.EncodedRule;
import io.natator.openflow.codec.ErrorMessage;
import io.natator.openflow.codec.FlowMods;
import io.natator.openflow.codec.Messages;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds, a barrier that is answered, deletes, a barrier: there is never less than the old or the new rule. If a rule is
 * refused for what it is, the deletes are left out: what it was to replace may be all there is. At most
 * {@value #OPEN_WINDOWS} windows of {@value #WINDOW} flow-mods are under way, so that neither side queues without bound.
 */
final class PlainInstall implements Install {
    static final int WINDOW = 1024;
    static final int OPEN_WINDOWS = 4;
    private static final int BATCH = 256;

    private final List<EncodedRule> adds;
    private final List<EncodedRule> deletes;
    private final int firstXid;
    private final int firstBarrier;
    private final Map<EncodedRule, ErrorMessage> refused = new LinkedHashMap<>();
    private int sent;
    private int sinceBarrier;
    private int barriersSent;
    private int barriersAnswered;
    private boolean heldBack;
    private long steps;

    PlainInstall(Outlet out, List<EncodedRule> adds, List<EncodedRule> deletes) {
        this.adds = adds;
        this.deletes = deletes;
        int total = adds.size() + deletes.size();
        firstXid = out.xids(total + total / WINDOW + 2);
        firstBarrier = firstXid + total;
    }

    @Override
    public Progress pump(Outlet out) {
        int total = adds.size() + deletes.size();
        while (out.writable() && sent < total && barriersSent - barriersAnswered < OPEN_WINDOWS) {
            boolean deleting = sent >= adds.size();
            if (deleting && sent == adds.size()) {
                if (barriersAnswered < barriersSent) {
                    break;
                }
                if (refusedForWhatItIs()) {
                    heldBack = true;
                    return Progress.DONE;
                }
            }
            batch(out, deleting ? total : adds.size(), total);
        }
        return sent == total && sinceBarrier == 0 && barriersAnswered == barriersSent
                ? Progress.DONE
                : Progress.RUNNING;
    }

    private boolean refusedForWhatItIs() {
        return refused.values().stream().anyMatch(error -> !error.isTableFull());
    }

    private void batch(Outlet out, int end, int total) {
        ByteBuf b = out.buffer();
        for (int i = 0; i < BATCH && sent < end && sinceBarrier < WINDOW; i++) {
            if (sent < adds.size()) {
                FlowMods.add(b, out.version(), firstXid + sent, adds.get(sent));
            } else {
                FlowMods.delete(b, out.version(), firstXid + sent, deletes.get(sent - adds.size()));
            }
            sent++;
            sinceBarrier++;
        }
        if (sinceBarrier == WINDOW || sent == adds.size() || sent == total) {
            Messages.barrierRequest(b, out.version(), firstBarrier + barriersSent);
            barriersSent++;
            sinceBarrier = 0;
        }
        steps++;
        out.send(b);
    }

    @Override
    public boolean onReply(int xid, ByteBuf m) {
        int barrier = xid - firstBarrier;
        if (barrier < 0 || barrier >= barriersSent) {
            return false;
        }
        barriersAnswered = Math.max(barriersAnswered, barrier + 1);
        steps++;
        return true;
    }

    @Override
    public boolean onError(int xid, ErrorMessage error) {
        int index = xid - firstXid;
        if (index < 0 || index >= sent) {
            return false;
        }
        steps++;
        refused.put(index < adds.size() ? adds.get(index) : deletes.get(index - adds.size()), error);
        return true;
    }

    @Override
    public boolean heldBack() {
        return heldBack;
    }

    @Override
    public Map<EncodedRule, ErrorMessage> refused() {
        return refused;
    }

    @Override
    public long steps() {
        return steps;
    }
}
