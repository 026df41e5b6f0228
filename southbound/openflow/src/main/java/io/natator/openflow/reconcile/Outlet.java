package io.natator.openflow.reconcile;

import io.netty.buffer.ByteBuf;

/** How reconciling reaches the device. */
public interface Outlet {
    /** Wire version. */
    int version();

    /** True if the device has bundles. */
    boolean bundles();

    /** Reserves {@code n} consecutive transaction ids and returns the first. */
    int xids(int n);

    /** A buffer to write messages to. */
    ByteBuf buffer();

    /** Sends what {@code messages} holds. */
    void send(ByteBuf messages);

    /** False while bulk senders must wait. */
    boolean writable();
}
