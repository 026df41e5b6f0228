package io.natator.openflow.reconcile;

import io.natator.openflow.codec.EncodedRule;
import io.natator.openflow.codec.ErrorMessage;
import io.natator.openflow.codec.FlowMods;
import io.natator.openflow.codec.Messages;
import io.netty.buffer.ByteBuf;
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

    private final FlowModQueue mods;
    private final int firstXid;
    private final int firstBarrier;
    private int sinceBarrier;
    private int barriersSent;
    private int barriersAnswered;
    private boolean heldBack;
    private long steps;

    PlainInstall(Outlet out, List<EncodedRule> adds, List<EncodedRule> deletes) {
        mods = new FlowModQueue(adds, deletes);
        int total = mods.total();
        firstXid = out.xids(total + total / WINDOW + 2);
        firstBarrier = firstXid + total;
    }

    @Override
    public Progress pump(Outlet out) {
        int total = mods.total();
        while (out.writable() && mods.sent() < total && barriersSent - barriersAnswered < OPEN_WINDOWS) {
            boolean deleting = mods.sent() >= mods.adds();
            if (deleting && mods.sent() == mods.adds()) {
                if (barriersAnswered < barriersSent) {
                    break;
                }
                if (refusedForWhatItIs()) {
                    heldBack = true;
                    return Progress.DONE;
                }
            }
            batch(out, deleting ? total : mods.adds());
        }
        return mods.sent() == total && sinceBarrier == 0 && barriersAnswered == barriersSent
                ? Progress.DONE
                : Progress.RUNNING;
    }

    private boolean refusedForWhatItIs() {
        return mods.refused().values().stream().anyMatch(error -> !error.isTableFull());
    }

    private void batch(Outlet out, int end) {
        ByteBuf b = out.buffer();
        int before = mods.sent();
        mods.send(
                Math.min(BATCH, WINDOW - sinceBarrier),
                end,
                (i, rule) -> FlowMods.add(b, out.version(), firstXid + i, rule),
                (i, rule) -> FlowMods.delete(b, out.version(), firstXid + i, rule));
        sinceBarrier += mods.sent() - before;
        if (sinceBarrier == WINDOW || mods.sent() == end) {
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
        boolean ours = mods.refuse(xid - firstXid, error);
        steps += ours ? 1 : 0;
        return ours;
    }

    @Override
    public boolean heldBack() {
        return heldBack;
    }

    @Override
    public Map<EncodedRule, ErrorMessage> refused() {
        return mods.refused();
    }

    @Override
    public long steps() {
        return steps;
    }
}
