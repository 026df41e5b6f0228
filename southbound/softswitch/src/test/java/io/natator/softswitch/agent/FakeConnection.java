package io.natator.softswitch.agent;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** Keeps what was sent, message by message. */
final class FakeConnection implements Connection {
    private final List<ByteBuf> sent = new ArrayList<>();
    boolean writable = true;
    boolean closed;
    int resumed;

    @Override
    public ByteBuf buffer() {
        return Unpooled.buffer();
    }

    @Override
    public void send(ByteBuf messages) {
        while (messages.isReadable()) {
            sent.add(messages.readSlice(messages.getUnsignedShort(messages.readerIndex() + 2)));
        }
    }

    @Override
    public boolean writable() {
        return writable;
    }

    @Override
    public void resume() {
        resumed++;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public String peer() {
        return "controller";
    }

    @Override
    public boolean isVisit() {
        return false;
    }

    /** What was sent since the last call. */
    List<ByteBuf> take() {
        List<ByteBuf> all = List.copyOf(sent);
        sent.clear();
        return all;
    }
}
