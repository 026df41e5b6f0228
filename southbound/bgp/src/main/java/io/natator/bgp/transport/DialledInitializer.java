package io.natator.bgp.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelInitializer;

/** Puts options and the connection in place before the first octet can go or come. */
final class DialledInitializer extends ChannelInitializer<Channel> {
    private final Session session;
    private final int number;
    private String problem = "";

    DialledInitializer(Session session, int number) {
        this.session = session;
        this.number = number;
    }

    /** Why it could not be dialled, in words; empty if that was tried. */
    String problem() {
        return problem;
    }

    @Override
    protected void initChannel(Channel channel) {
        try {
            // A bootstrap's own options are logged when they fail, and the session would be up without them.
            Tcp.prepare(channel, session.neighbor());
        } catch (ChannelException refused) {
            problem = "its socket options cannot be set: " + refused.getMessage();
            channel.close();
            return;
        }
        channel.pipeline().addLast(session.dialled(number, channel));
    }
}
