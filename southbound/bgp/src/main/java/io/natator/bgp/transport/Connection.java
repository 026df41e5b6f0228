package io.natator.bgp.transport;

import io.natator.bgp.SessionObserver;
import io.natator.bgp.codec.Decoded;
import io.natator.bgp.codec.Decoder;
import io.natator.bgp.codec.Header;
import io.natator.bgp.codec.UpdateContext;
import io.natator.bgp.fsm.Event;
import io.natator.bgp.fsm.Negotiated;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One TCP connection: cuts the stream into messages and hands events to its session. */
final class Connection extends ByteToMessageDecoder {
    /** What a NOTIFICATION gets to leave before the connection is cut. */
    private static final long LAST_WORDS_SECONDS = 2;

    private final Session session;
    private final int number;
    private final Channel channel;
    private UpdateContext context = new UpdateContext(true, false);
    private final boolean accepted;
    private boolean over;

    Connection(Session session, int number, Channel channel, boolean accepted) {
        this.session = session;
        this.number = number;
        this.channel = channel;
        this.accepted = accepted;
    }

    /** The OPENs of this connection, whole; null before they were sent and received. */
    private byte[] sentOpen;

    private byte[] receivedOpen;

    int number() {
        return number;
    }

    void context(UpdateContext negotiated) {
        context = negotiated;
    }

    void sentOpen(byte[] message) {
        sentOpen = message;
    }

    void receivedOpen(byte[] message) {
        receivedOpen = message;
    }

    SessionObserver.Opened opened(String neighbor, long peerAs, Negotiated negotiated) {
        return new SessionObserver.Opened(
                neighbor,
                (InetSocketAddress) channel.localAddress(),
                (InetSocketAddress) channel.remoteAddress(),
                peerAs,
                negotiated.routerId(),
                negotiated.context().fourOctetAs(),
                sentOpen,
                receivedOpen);
    }

    boolean writable() {
        return channel.isWritable();
    }

    /** Queues {@code message}; {@code handed} runs when the kernel has it. */
    void write(byte[] message, Runnable handed) {
        channel.write(Unpooled.wrappedBuffer(message)).addListener(future -> {
            if (future.isSuccess()) {
                handed.run();
            }
        });
    }

    void flush() {
        channel.flush();
    }

    /** Nothing more is read; closed as soon as what was written has left. */
    void closeGently() {
        over = true;
        channel.config().setAutoRead(false);
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        channel.eventLoop().schedule(() -> channel.close(), LAST_WORDS_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (over) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (in.readableBytes() < Header.LENGTH) {
            return;
        }
        byte[] header = new byte[Header.LENGTH];
        in.getBytes(in.readerIndex(), header);
        Optional<Decoded.Malformed> wrong = Header.check(header, context);
        if (wrong.isPresent()) {
            malformed(wrong.get());
            return;
        }
        if (in.readableBytes() < Header.length(header)) {
            return;
        }
        byte[] message = new byte[Header.length(header)];
        in.readBytes(message);
        switch (Decoder.decode(message, context)) {
            case Decoded.Ok(var decoded) -> {
                session.saw(this, decoded, message);
                session.on(new Event.Received(number, decoded));
            }
            case Decoded.Malformed bad -> malformed(bad);
        }
    }

    private void malformed(Decoded.Malformed bad) {
        over = true;
        session.on(new Event.Malformed(number, bad));
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) throws Exception {
        super.channelActive(ctx);
        if (accepted) {
            session.on(new Event.Accepted(number));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        super.channelInactive(ctx);
        lost("the neighbour closed the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        lost(cause instanceof IOException ? "connection lost: " + cause.getMessage() : "internal error: " + cause);
        channel.close();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (channel.isWritable() && !over) {
            channel.eventLoop().execute(session::pump);
        }
    }

    private void lost(String reason) {
        if (!over) {
            over = true;
            session.on(new Event.Lost(number, reason));
        }
    }
}
