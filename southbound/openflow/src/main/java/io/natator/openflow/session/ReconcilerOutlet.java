package io.natator.openflow.session;

import io.natator.openflow.reconcile.Outlet;
import io.netty.buffer.ByteBuf;
import java.util.function.BooleanSupplier;

/** A conversation as reconciling sees it. */
record ReconcilerOutlet(Conversation conversation, BooleanSupplier hasBundles) implements Outlet {
    @Override
    public int version() {
        return conversation.version();
    }

    @Override
    public boolean bundles() {
        return hasBundles.getAsBoolean();
    }

    @Override
    public int xids(int n) {
        return conversation.xids().take(n);
    }

    @Override
    public ByteBuf buffer() {
        return conversation.buffer();
    }

    @Override
    public void send(ByteBuf messages) {
        conversation.send(messages);
    }

    @Override
    public boolean writable() {
        return conversation.writable();
    }
}
