package io.natator.openflow.session;

import io.netty.buffer.ByteBuf;

/** The way back to a switch. Used by the one thread that owns the session. */
public interface Link {
    /** A buffer to write messages to. */
    ByteBuf buffer();

    /** Queues what {@code messages} holds, and owns it from now on. */
    void send(ByteBuf messages);

    /** False while so much is queued that bulk senders must wait. */
    boolean writable();

    /** Sends what is queued and ends the connection. */
    void close();

    /** Address and port of the switch. */
    String peer();
}
