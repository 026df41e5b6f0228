package io.natator.openflow.reconcile;

import io.natator.openflow.Count;
import io.natator.openflow.Counts;
import io.natator.openflow.codec.EncodedRule;
import io.natator.openflow.codec.ErrorMessage;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One set of changes on its way to the device: as a bundle if it takes bundles, change by change if it does not or if it
 * did not apply the bundle, and once more what had no room before the deletes.
 */
final class Installation {
    private final Outlet out;
    private final Counts counts;
    private final Changes changes;
    private final Map<EncodedRule, ErrorMessage> refused = new LinkedHashMap<>();
    private Install install;
    private long stepsBefore;
    private boolean secondTry;
    private boolean heldBack;

    /** @param changes at least one */
    Installation(Outlet out, Counts counts, Changes changes) {
        this.out = out;
        this.counts = counts;
        this.changes = changes;
        this.install = out.bundles() ? new BundleInstall(out, changes.adds(), changes.deletes()) : plain();
    }

    private PlainInstall plain() {
        return new PlainInstall(out, changes.adds(), changes.deletes());
    }

    /** Grows whenever the device has answered something. */
    long steps() {
        return stepsBefore + install.steps();
    }

    boolean onReply(int xid, ByteBuf m) {
        return install.onReply(xid, m);
    }

    boolean onError(int xid, ErrorMessage error) {
        return install.onError(xid, error);
    }

    /** Sends what the connection takes; true once all is answered. */
    boolean pump() {
        while (true) {
            Install.Progress progress = install.pump(out);
            if (progress == Install.Progress.RUNNING) {
                return false;
            }
            Install next = after(progress);
            if (next == null) {
                return true;
            }
            stepsBefore += install.steps() + 1;
            install = next;
        }
    }

    private Install after(Install.Progress progress) {
        heldBack |= install.heldBack();
        if (progress == Install.Progress.NOT_APPLIED) {
            counts.add(Count.BUNDLES_FAILED);
            return plain();
        }
        refused.putAll(install.refused());
        List<EncodedRule> full = refused.entrySet().stream()
                .filter(e -> e.getValue().isTableFull())
                .map(Map.Entry::getKey)
                .toList();
        if (full.isEmpty() || changes.deletes().isEmpty() || heldBack || secondTry) {
            return null;
        }
        secondTry = true; // there was no room before the deletes
        full.forEach(refused::remove);
        return new PlainInstall(out, full, List.of());
    }

    /** What the device did not take, with its answers. */
    Map<EncodedRule, ErrorMessage> refused() {
        return refused;
    }

    /** Whether the deletes were not sent, since adds were refused. */
    boolean heldBack() {
        return heldBack;
    }
}
