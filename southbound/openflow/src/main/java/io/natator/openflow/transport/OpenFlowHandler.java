package io.natator.openflow.transport;

import io.natator.openflow.Count;
import io.natator.openflow.Counts;
import io.natator.openflow.codec.Framing;
import io.natator.openflow.session.SwitchSession;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.function.Function;

/** Cuts the stream into messages and hands them to the session of the channel. */
final class OpenFlowHandler extends ByteToMessageDecoder {
    private final Function<ChannelLink, SwitchSession> sessions;
    private final Counts counts;
    private SwitchSession session;

    OpenFlowHandler(Function<ChannelLink, SwitchSession> sessions, Counts counts) {
        this.sessions = sessions;
        this.counts = counts;
    }

    SwitchSession session() {
        return session;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) throws Exception {
        counts.add(Count.CONNECTIONS);
        session = sessions.apply(new ChannelLink(ctx.channel()));
        super.channelActive(ctx);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        while (ctx.channel().isActive()) {
            int length = Framing.next(in);
            if (length == Framing.INCOMPLETE) {
                return;
            }
            if (length == Framing.BROKEN) {
                counts.add(Count.CONNECTIONS_BROKEN_FRAMING);
                session.close("message length below 8: framing is lost");
                in.skipBytes(in.readableBytes());
                return;
            }
            session.onMessage(in.readSlice(length), System.nanoTime());
        }
        in.skipBytes(in.readableBytes());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        ctx.flush();
        super.channelReadComplete(ctx);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
        if (ctx.channel().isWritable()) {
            session.onWritable(System.nanoTime());
        }
        super.channelWritabilityChanged(ctx);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        super.channelInactive(ctx);
        session.closed("connection closed by the switch");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        counts.add(Count.CONNECTIONS_IO_ERROR);
        session.close(String.valueOf(cause.getMessage()));
    }
}
