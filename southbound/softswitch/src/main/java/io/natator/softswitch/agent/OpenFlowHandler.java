package io.natator.softswitch.agent;

import io.natator.openflow.codec.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.unix.DomainSocketAddress;
import java.util.Optional;
import java.util.function.Function;

/** Cuts the stream into messages and gives them to the session, no faster than that takes them. */
final class OpenFlowHandler extends ChannelInboundHandlerAdapter implements Connection {
    private final Function<Connection, Optional<Session>> sessions;
    private final AgentCounts counts;
    private final byte[] scratch;
    private Channel channel;
    private Session session;
    private ByteBuf waiting;
    private boolean draining;
    private boolean flushing;

    /**
     * @param sessions makes the session, once the connection stands; none: turned away
     * @param scratch 65,536 octets, shared by all handlers of the thread
     */
    OpenFlowHandler(Function<Connection, Optional<Session>> sessions, AgentCounts counts, byte[] scratch) {
        this.sessions = sessions;
        this.counts = counts;
        this.scratch = scratch;
    }

    /** Null until the connection stands. */
    Session session() {
        return session;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        channel = ctx.channel();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) throws Exception {
        counts.add(AgentCount.CONNECTIONS);
        Optional<Session> admitted = sessions.apply(this);
        if (admitted.isPresent()) {
            session = admitted.get();
            session.open();
        } else {
            ctx.close();
        }
        super.channelActive(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (session == null) {
            in.release();
            return;
        }
        if (waiting == null) {
            waiting = in;
        } else {
            waiting = waiting.discardSomeReadBytes().writeBytes(in);
            in.release();
        }
        drain();
    }

    private void drain() {
        if (draining || waiting == null) {
            return;
        }
        draining = true;
        int length = 0;
        while (session.ready()) {
            length = Framing.next(waiting);
            if (length <= 0) {
                break;
            }
            waiting.readBytes(scratch, 0, length);
            session.onMessage(scratch, length, System.nanoTime());
        }
        draining = false;
        if (length == Framing.BROKEN) {
            counts.add(AgentCount.CONNECTIONS_BROKEN_FRAMING);
            waiting.skipBytes(waiting.readableBytes());
            session.close("message length below 8: framing is lost");
        }
        if (!waiting.isReadable()) {
            waiting.release();
            waiting = null;
        }
        channel.config().setAutoRead(session.ready());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (session != null) {
            session.onReadComplete();
            channel.config().setAutoRead(session.ready());
        }
    }

    @Override
    public void resume() {
        drain();
        session.onReadComplete();
        channel.config().setAutoRead(session.ready());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
        if (channel.isWritable() && session != null) {
            resume();
        }
        super.channelWritabilityChanged(ctx);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        super.channelInactive(ctx);
        if (waiting != null) {
            waiting.release();
            waiting = null;
        }
        if (session != null) {
            session.closed("connection closed by the controller");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        counts.add(AgentCount.CONNECTIONS_IO_ERROR);
        if (session != null) {
            session.close(String.valueOf(cause.getMessage()));
        } else {
            ctx.close();
        }
    }

    @Override
    public ByteBuf buffer() {
        return channel.alloc().buffer(256);
    }

    /** What is sent in one turn of the loop goes out together. */
    @Override
    public void send(ByteBuf messages) {
        channel.write(messages, channel.voidPromise());
        if (!flushing) {
            flushing = true;
            channel.eventLoop().execute(() -> {
                flushing = false;
                channel.flush();
            });
        }
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
        return channel.remoteAddress() instanceof DomainSocketAddress
                ? "unix"
                : String.valueOf(channel.remoteAddress()).replaceFirst("^.*/", "");
    }

    @Override
    public boolean isVisit() {
        return channel.parent() != null; // the channel that listens
    }
}
