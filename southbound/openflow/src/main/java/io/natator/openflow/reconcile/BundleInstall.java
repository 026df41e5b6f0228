package io.natator.openflow.reconcile;

import io.natator.openflow.codec.Bundles;
import io.natator.openflow.codec.EncodedRule;
import io.natator.openflow.codec.ErrorMessage;
import io.natator.openflow.codec.FlowMods;
import io.natator.openflow.codec.Messages;
import io.natator.openflow.codec.Wire;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Map;

/** All changes in one bundle: a packet meets either all old rules or all new ones. It is committed only if nothing in it was refused. */
final class BundleInstall implements Install {
    private static final int BATCH = 512;

    private final FlowModQueue mods;
    private final int openXid;
    private final int total;
    private boolean openSent;
    private boolean opened;
    private boolean allSent;
    private boolean allTaken;
    private boolean commitSent;
    private boolean committed;
    private boolean failed;
    private boolean barrierAnswered;
    private long steps;

    BundleInstall(Outlet out, List<EncodedRule> adds, List<EncodedRule> deletes) {
        mods = new FlowModQueue(adds, deletes);
        total = mods.total();
        openXid = out.xids(total + 4);
    }

    @Override
    public Progress pump(Outlet out) {
        if (!openSent) {
            ByteBuf b = out.buffer();
            FlowMods.bundleControl(b, out.version(), openXid, openXid, Wire.BUNDLE_OPEN);
            out.send(b);
            openSent = true;
        }
        while (opened && !failed && !allSent && out.writable()) {
            batch(out);
        }
        if (allTaken && !commitSent && !failed) {
            commitSent = true;
            failed = !mods.refused().isEmpty();
            ByteBuf b = out.buffer();
            int type = failed ? Wire.BUNDLE_DISCARD : Wire.BUNDLE_COMMIT;
            FlowMods.bundleControl(b, out.version(), openXid + 2 + total, openXid, type);
            Messages.barrierRequest(b, out.version(), openXid + 3 + total);
            out.send(b);
        }
        if (failed) {
            return Progress.NOT_APPLIED;
        }
        return committed && barrierAnswered ? Progress.DONE : Progress.RUNNING;
    }

    private void batch(Outlet out) {
        ByteBuf b = out.buffer();
        mods.send(
                BATCH,
                total,
                (i, rule) -> FlowMods.bundleAdd(b, out.version(), openXid + 1 + i, openXid, rule),
                (i, rule) -> FlowMods.bundleDelete(b, out.version(), openXid + 1 + i, openXid, rule));
        if (mods.sent() == total) {
            Messages.barrierRequest(b, out.version(), openXid + 1 + total);
            allSent = true;
        }
        steps++;
        out.send(b);
    }

    @Override
    public boolean onReply(int xid, ByteBuf m) {
        int index = xid - openXid;
        if (index == 0 && Bundles.controlType(m) == Wire.BUNDLE_OPENED) {
            opened = true;
        } else if (index == total + 1) {
            allTaken = true;
        } else if (index == total + 2 && Bundles.controlType(m) == Wire.BUNDLE_COMMITTED) {
            committed = true;
        } else if (index == total + 3) {
            barrierAnswered = true;
            failed |= !committed; // the device went on without ever saying that it applied the bundle
        } else {
            return false;
        }
        steps++;
        return true;
    }

    @Override
    public boolean onError(int xid, ErrorMessage error) {
        int index = xid - openXid;
        if (index < 0 || index > total + 3) {
            return false;
        }
        steps++;
        if (!mods.refuse(index - 1, error)) {
            failed = true;
        }
        return true;
    }

    @Override
    public boolean heldBack() {
        return false;
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
