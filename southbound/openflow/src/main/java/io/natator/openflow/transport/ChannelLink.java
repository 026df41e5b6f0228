package io.natator.openflow.transport;

import io.natator.openflow.session.Link;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;

/** A netty channel as the session sees it. */
final class ChannelLink implements Link {
    private final Channel channel;
    private final String peer;

    ChannelLink(Channel channel) {
        this.channel = channel;
        this.peer = String.valueOf(channel.remoteAddress()).replaceFirst("^/", "");
    }

    @Override
    public ByteBuf buffer() {
        return channel.alloc().buffer(256);
    }

    @Override
    public void send(ByteBuf messages) {
        channel.writeAndFlush(messages, channel.voidPromise());
    }

    @Override
    public boolean writable() {
        return channel.isWritable();
    }

    @Override
    public void close() {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public String peer() {
        return peer;
    }
}
