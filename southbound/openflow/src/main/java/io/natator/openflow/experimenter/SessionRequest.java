package io.natator.openflow.experimenter;

import io.natator.model.session.BindingRound;
import io.natator.model.session.SessionQuery;
import io.natator.openflow.codec.Wire;
import io.natator.packet.Bytes;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.onlab.packet.IpAddress;

/** What the controller asks about sessions: OFPMP_EXPERIMENTER with one of five types. */
public sealed interface SessionRequest {
    /** Octets of the longest token of a page. */
    int MAX_TOKEN = 256;

    /** Most sessions of a page. */
    int MAX_PAGE = 1000;

    /** @param most 1 to {@link #MAX_PAGE} */
    record Page(SessionQuery query, String token, int most) implements SessionRequest {}

    /**
     * @param protocol 0: any
     * @param port 0: any
     */
    record Lookup(IpAddress outside, int protocol, int port, Instant at) implements SessionRequest {}

    record Clear(SessionQuery query) implements SessionRequest {}

    record Use() implements SessionRequest {}

    /** Tells which bindings rules of devices do the work of, and asks which others are used most. */
    record Bindings(BindingRound round) implements SessionRequest {}

    /** True if it is not for slaves. */
    default boolean changes() {
        return this instanceof Clear || this instanceof Bindings;
    }

    /** ofp_experimenter_multipart_header.exp_type. */
    default int type() {
        return switch (this) {
            case Page _ -> Experimenter.SESSIONS;
            case Lookup _ -> Experimenter.LOOKUP;
            case Clear _ -> Experimenter.CLEAR;
            case Use _ -> Experimenter.USE;
            case Bindings _ -> Experimenter.BINDINGS;
        };
    }

    /** Writes the message. */
    default void write(ByteBuf to, int version, int xid) {
        Output out = new Output();
        switch (this) {
            case Page(SessionQuery query, String token, int most) -> {
                write(out, query);
                out.text(token, MAX_TOKEN).i32(most);
            }
            case Lookup(IpAddress outside, int protocol, int port, Instant at) ->
                out.address(outside).u8(protocol).u16(port).instant(at);
            case Clear(SessionQuery query) -> write(out, query);
            case Use() -> {}
            case Bindings(BindingRound round) -> BindingCodec.write(out, round);
        }
        byte[] body = out.toArray();
        Experimenter.multipart(to, version, Wire.MULTIPART_REQUEST, xid, false, type(), body.length);
        to.writeBytes(body);
    }

    /** A request, or what is wrong with it. */
    sealed interface Read {
        record Ok(SessionRequest request) implements Read {}

        record Wrong(String why) implements Read {}
    }

    /** True if a multipart request of at least 16 octets is one of these. */
    static boolean is(byte[] b, int length) {
        return length >= Experimenter.MULTIPART_BODY
                && Bytes.u16(b, 8) == Wire.MP_EXPERIMENTER
                && Bytes.i32(b, 16) == Wire.NATATOR;
    }

    /** Reads a message for which {@link #is} is true. */
    static Read read(byte[] b, int length) {
        Input in = new Input(b, Experimenter.MULTIPART_BODY, length);
        int type = Bytes.i32(b, Experimenter.MULTIPART_BODY - 4);
        SessionRequest request = switch (type) {
            case Experimenter.SESSIONS ->
                new Page(query(in), in.text(MAX_TOKEN), in.number(1, MAX_PAGE, "the length of a page"));
            case Experimenter.LOOKUP -> new Lookup(in.address(), in.u8(), in.u16(), in.instant());
            case Experimenter.CLEAR -> new Clear(query(in));
            case Experimenter.USE -> new Use();
            case Experimenter.BINDINGS -> new Bindings(BindingCodec.round(in));
            default -> {
                in.refuse("type " + Integer.toUnsignedString(type));
                yield new Use();
            }
        };
        in.end();
        return in.wrong().isEmpty() ? new Read.Ok(request) : new Read.Wrong(in.wrong());
    }

    private static void write(Output out, SessionQuery q) {
        out.flag(q.translation().isPresent());
        q.translation().ifPresent(t -> out.text(t, MAX_TOKEN));
        out.flag(q.protocol().isPresent());
        q.protocol().ifPresent(out::u8);
        out.flag(q.inside().isPresent());
        q.inside().ifPresent(out::prefix);
        out.flag(q.outside().isPresent());
        q.outside().ifPresent(out::address);
        out.flag(q.outsidePort().isPresent());
        q.outsidePort().ifPresent(out::u16);
        out.flag(q.remote().isPresent());
        q.remote().ifPresent(out::prefix);
    }

    private static SessionQuery query(Input in) {
        return new SessionQuery(
                in.flag() ? Optional.of(in.text(MAX_TOKEN)) : Optional.empty(),
                in.flag() ? OptionalInt.of(in.u8()) : OptionalInt.empty(),
                in.flag() ? Optional.of(in.prefix()) : Optional.empty(),
                in.flag() ? Optional.of(in.address()) : Optional.empty(),
                in.flag() ? OptionalInt.of(in.u16()) : OptionalInt.empty(),
                in.flag() ? Optional.of(in.prefix()) : Optional.empty());
    }
}
