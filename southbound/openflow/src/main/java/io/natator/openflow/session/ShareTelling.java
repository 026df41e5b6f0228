package io.natator.openflow.session;

import io.natator.openflow.Count;
import io.natator.openflow.codec.ErrorMessage;
import io.natator.openflow.experimenter.ShareParts;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a software switch its shares, before the rules that name them. What it refuses is not told again until it changes: then
 * the rules are refused, too, and that is reported.
 */
final class ShareTelling {
    private static final Logger LOG = LoggerFactory.getLogger(ShareTelling.class);

    private final Conversation conversation;
    private final String name;
    private byte[] told;
    private int xid;

    ShareTelling(Conversation conversation, String name) {
        this.conversation = conversation;
        this.name = name;
    }

    /** The set as it should be, encoded. */
    void tell(byte[] set) {
        if (Arrays.equals(set, told)) {
            return;
        }
        told = set;
        xid = conversation.xids().take();
        conversation.count(Count.SHARE_SETS);
        ByteBuf b = conversation.buffer();
        ShareParts.write(b, conversation.version(), xid, set);
        conversation.send(b);
    }

    /** False if it refuses nothing that was told here. */
    boolean onError(int of, ErrorMessage error) {
        if (told == null || of != xid) {
            return false;
        }
        conversation.count(Count.SHARE_SETS_REFUSED);
        LOG.warn("{} refuses its shares: {}", name, error);
        return true;
    }
}
