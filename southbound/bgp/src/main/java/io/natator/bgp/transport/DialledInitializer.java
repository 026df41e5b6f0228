package io.natator.bgp.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;

/** Puts the connection in place before the first octet can come. */
final class DialledInitializer extends ChannelInitializer<Channel> {
    private final Session session;
    private final int number;

    DialledInitializer(Session session, int number) {
        this.session = session;
        this.number = number;
    }

    @Override
    protected void initChannel(Channel channel) {
        channel.pipeline().addLast(session.dialled(number, channel));
    }
}
