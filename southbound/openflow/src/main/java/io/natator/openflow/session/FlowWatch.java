package io.natator.openflow.session;

import io.natator.openflow.codec.EncodedRule;
import io.natator.openflow.codec.FlowMonitor;
import io.natator.openflow.codec.Multipart;
import io.natator.openflow.codec.Wire;
import io.natator.openflow.reconcile.Reconciler;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** Has the device tell of rules that others alter, where it can. Where it cannot, the regular dump finds them. */
final class FlowWatch {
    private final Conversation conversation;
    private final Reconciler reconciler;
    private int xid;

    FlowWatch(Conversation conversation, Reconciler reconciler) {
        this.conversation = conversation;
        this.reconciler = reconciler;
    }

    void start() {
        if (conversation.version() < Wire.VERSION_14) {
            return;
        }
        xid = conversation.xids().take();
        ByteBuf b = conversation.buffer();
        FlowMonitor.request(b, conversation.version(), xid);
        conversation.send(b);
    }

    /** False if it is no flow update. Only the first of them carries the request's transaction id. */
    boolean onMultipart(ByteBuf m, long now) {
        if (Multipart.type(m) != Wire.MP_FLOW_MONITOR) {
            return false;
        }
        List<EncodedRule> changed = new ArrayList<>();
        String problem = FlowMonitor.read(m, changed);
        if (!problem.isEmpty()) {
            conversation.undecodable(m, problem);
        }
        changed.forEach(rule -> reconciler.onChangedByOthers(rule, now));
        return true;
    }

    /** True if the device refused to tell. */
    boolean onError(int refused) {
        return xid != 0 && refused == xid;
    }
}
