package io.natator.openflow.session;

import io.natator.model.southbound.SwitchEvent;
import io.natator.openflow.Count;
import io.natator.openflow.Counts;
import io.natator.openflow.codec.ErrorMessage;
import io.natator.openflow.codec.Header;
import io.natator.openflow.codec.Wire;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection whose version is agreed: how to say something to the switch, and to whom to tell of it. */
final class Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

    private final Link link;
    private final int version;
    private final Xids xids;
    private final Counts counts;
    private final Consumer<SwitchEvent> events;
    private boolean undecodableLogged;

    Conversation(Link link, int version, Xids xids, Counts counts, Consumer<SwitchEvent> events) {
        this.link = link;
        this.version = version;
        this.xids = xids;
        this.counts = counts;
        this.events = events;
    }

    int version() {
        return version;
    }

    Xids xids() {
        return xids;
    }

    String peer() {
        return link.peer();
    }

    ByteBuf buffer() {
        return link.buffer();
    }

    void send(ByteBuf messages) {
        link.send(messages);
    }

    boolean writable() {
        return link.writable();
    }

    void tell(SwitchEvent event) {
        events.accept(event);
    }

    void count(Count count) {
        counts.add(count);
    }

    Counts counts() {
        return counts;
    }

    /** Counts a message that cannot be read, logs the first, and answers it if it is a request. */
    void undecodable(ByteBuf m, String reason) {
        counts.add(Count.MESSAGES_UNDECODABLE);
        if (!undecodableLogged) {
            undecodableLogged = true;
            LOG.warn(
                    "{}: message of type {} cannot be read ({}); further ones are only counted",
                    link.peer(),
                    Header.type(m),
                    reason);
        }
        if (isRequest(Header.type(m))) {
            ByteBuf b = link.buffer();
            ErrorMessage.write(b, version, Wire.BAD_REQUEST, Wire.BAD_TYPE, m);
            link.send(b);
        }
    }

    private static boolean isRequest(int type) {
        return type == Wire.FEATURES_REQUEST
                || type == Wire.MULTIPART_REQUEST
                || type == Wire.BARRIER_REQUEST
                || type > Wire.BUNDLE_ADD;
    }
}
