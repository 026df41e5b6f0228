package io.natator.openflow.reconcile;

import io.natator.openflow.codec.EncodedRule;
import io.natator.openflow.codec.ErrorMessage;
import io.netty.buffer.ByteBuf;
import java.util.Map;

/** Sends {@link Changes} to a device and learns what became of each. */
sealed interface Install permits BundleInstall, PlainInstall {
    /** Where it stands. */
    enum Progress {
        RUNNING,
        /** The device answered the last barrier. */
        DONE,
        /** Nothing was applied, because the device could not do it in this way. */
        NOT_APPLIED
    }

    /** Sends as much as the connection takes. */
    Progress pump(Outlet out);

    /** A barrier or bundle reply came; false if it is none of ours. */
    boolean onReply(int xid, ByteBuf m);

    /** An error came; false if it is none of ours. */
    boolean onError(int xid, ErrorMessage error);

    /** True if the deletes were left out, because rules were refused that may have been meant to take their place. */
    boolean heldBack();

    /** Rules that were refused, and why. */
    Map<EncodedRule, ErrorMessage> refused();

    /** Grows with whatever the device answers and with what it takes: an install that does not get on is late. */
    long steps();
}
