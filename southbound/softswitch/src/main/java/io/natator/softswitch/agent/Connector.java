package io.natator.softswitch.agent;

import io.natator.softswitch.config.Endpoint;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps up one connection to one controller. The agent's thread only. */
final class Connector {
    private static final Logger LOG = LoggerFactory.getLogger(Connector.class);

    private final Endpoint controller;
    private final Channels channels;
    private final EventLoop loop;
    private final AgentCounts counts;
    private final Supplier<OpenFlowHandler> handlers;
    private final Backoff backoff = new Backoff(RandomGenerator.getDefault());
    private OpenFlowHandler handler;
    private String failure = "";
    private boolean closed;

    Connector(
            Endpoint controller,
            Channels channels,
            EventLoop loop,
            AgentCounts counts,
            Supplier<OpenFlowHandler> handlers) {
        this.controller = controller;
        this.channels = channels;
        this.loop = loop;
        this.counts = counts;
        this.handlers = handlers;
    }

    Endpoint controller() {
        return controller;
    }

    /** True while it talks with the controller. */
    boolean isUp() {
        return session() != null && session().isUp();
    }

    /** Null while there is no connection. */
    Session session() {
        return handler == null ? null : handler.session();
    }

    /** Why the last attempt failed; empty if it did not. */
    String failure() {
        return failure;
    }

    void connect() {
        if (closed) {
            return;
        }
        OpenFlowHandler next = handlers.get();
        channels.connect(controller, () -> next).addListener(done -> {
            if (done.isSuccess()) {
                handler = next;
                failure = "";
                Channel channel = ((io.netty.channel.ChannelFuture) done).channel();
                long start = System.nanoTime();
                channel.closeFuture().addListener(_ -> {
                    if (isUp()) {
                        backoff.ended(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
                    }
                    handler = null;
                    again();
                });
            } else {
                counts.add(AgentCount.CONNECTIONS_FAILED);
                failed(String.valueOf(done.cause().getMessage()));
                again();
            }
        });
    }

    private void failed(String why) {
        if (!why.equals(failure)) {
            failure = why;
            LOG.warn("event=controller-unreachable controller={} reason=\"{}\"", controller, why);
        }
    }

    private void again() {
        if (!closed) {
            var _ = loop.schedule(this::connect, backoff.next(), TimeUnit.MILLISECONDS);
        }
    }

    void close() {
        closed = true;
        if (session() != null) {
            session().close("the switch ends");
        }
    }
}
