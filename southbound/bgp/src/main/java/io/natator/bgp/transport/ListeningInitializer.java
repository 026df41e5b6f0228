package io.natator.bgp.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelInitializer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts options in place before the socket is bound; one that cannot have them is closed. */
final class ListeningInitializer extends ChannelInitializer<Channel> {
    private static final Logger LOG = LoggerFactory.getLogger(ListeningInitializer.class);

    private final Optional<String> device;

    ListeningInitializer(Optional<String> device) {
        this.device = device;
    }

    @Override
    protected void initChannel(Channel channel) {
        try {
            Tcp.prepare(channel, device);
        } catch (ChannelException refused) {
            LOG.warn("cannot listen for BGP on {}: {}", device.orElse("any device"), refused.getMessage());
            channel.close();
        }
    }
}
