package io.natator.softswitch.agent;

import io.netty.buffer.ByteBuf;

/** The way back to a controller. Used by the agent's thread only. */
interface Connection {
    /** A buffer to write messages to. */
    ByteBuf buffer();

    /** Queues what {@code messages} holds, and owns it from now on. */
    void send(ByteBuf messages);

    /** False while so much is queued that no more may be asked for. */
    boolean writable();

    /** The session takes messages again. */
    void resume();

    /** Sends what is queued and ends the connection. */
    void close();

    /** Address and port of the controller. */
    String peer();

    /** True if the other side called: it may as well be somebody who only wants to look, and leaves. */
    boolean isVisit();
}
