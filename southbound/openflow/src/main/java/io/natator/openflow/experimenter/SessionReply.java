package io.natator.openflow.experimenter;

import io.natator.model.session.Binding;
import io.natator.model.session.BindingRound;
import io.natator.model.session.PoolUse;
import io.natator.model.session.Session;
import io.natator.openflow.codec.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a switch answers to a {@link SessionRequest}: entries, each of a kind (16 bits) and a length (16 bits, of what
 * follows), in as many parts as it takes.
 */
public final class SessionReply {
    /** Most sessions, and most shares, of one answer. */
    public static final int MAX_ENTRIES = 65_536;

    private static final int SESSION = 1;
    /** The token of the next page. */
    private static final int NEXT = 2;
    /** Number of sessions that were ended. */
    private static final int ENDED = 3;

    private static final int POOL_USE = 4;
    private static final int BUSY = 5;
    private static final int GONE = 6;
    /** Which round of bindings is answered. */
    private static final int ROUND = 7;

    /** Octets of entries in one message. */
    private static final int LONGEST = 60_000;

    private static final int MAX_TEXT = 256;
    private static final int MAX_REASONS = 64;
    private static final int MAX_TOP = 64;

    private final List<Session> sessions = new ArrayList<>();
    private final List<PoolUse> use = new ArrayList<>();
    private String nextToken = "";
    private long ended;
    private final List<BindingRound.Busy> busy = new ArrayList<>();
    private final List<Binding> gone = new ArrayList<>();
    private long round;

    public List<Session> sessions() {
        return sessions;
    }

    public List<PoolUse> use() {
        return use;
    }

    /** Empty if there is no further page. */
    public String nextToken() {
        return nextToken;
    }

    public long ended() {
        return ended;
    }

    public BindingRound.Answer bindings() {
        return new BindingRound.Answer(round, gone, busy);
    }

    public static SessionReply of(BindingRound.Answer answer) {
        SessionReply reply = new SessionReply();
        reply.busy.addAll(answer.busy());
        reply.gone.addAll(answer.gone());
        reply.round = answer.number();
        return reply;
    }

    /** Sessions and, if there is a further page, its token. */
    public static SessionReply of(List<Session> sessions, String nextToken) {
        SessionReply reply = new SessionReply();
        reply.sessions.addAll(sessions);
        reply.nextToken = nextToken;
        return reply;
    }

    public static SessionReply of(List<PoolUse> use) {
        SessionReply reply = new SessionReply();
        reply.use.addAll(use);
        return reply;
    }

    public static SessionReply of(long ended) {
        SessionReply reply = new SessionReply();
        reply.ended = ended;
        return reply;
    }

    /** Writes all parts. */
    public void write(ByteBuf to, int version, int xid, int type) {
        List<byte[]> entries = new ArrayList<>();
        sessions.forEach(s -> entries.add(entry(SESSION, write(new Output(), s))));
        use.forEach(u -> entries.add(entry(POOL_USE, write(new Output(), u))));
        busy.forEach(b -> entries.add(entry(BUSY, BindingCodec.write(new Output(), b))));
        gone.forEach(b -> entries.add(entry(GONE, BindingCodec.write(new Output(), b))));
        if (round != 0) {
            entries.add(entry(ROUND, new Output().i64(round)));
        }
        if (!nextToken.isEmpty()) {
            entries.add(entry(NEXT, new Output().text(nextToken, MAX_TEXT)));
        }
        if (ended != 0) {
            entries.add(entry(ENDED, new Output().i64(ended)));
        }
        int from = 0;
        do {
            int octets = 0;
            int until = from;
            while (until < entries.size() && octets + entries.get(until).length <= LONGEST) {
                octets += entries.get(until++).length;
            }
            boolean more = until < entries.size();
            Experimenter.multipart(to, version, Wire.MULTIPART_REPLY, xid, more, type, octets);
            entries.subList(from, until).forEach(to::writeBytes);
            from = until;
        } while (from < entries.size());
    }

    private static byte[] entry(int kind, Output body) {
        byte[] octets = body.toArray();
        Output out = new Output().u16(kind).u16(octets.length);
        return out.octets(octets).toArray();
    }

    private static Output write(Output out, Session s) {
        out.text(s.translation(), MAX_TEXT).u8(s.protocol());
        out.address(s.inside()).u16(s.insidePort());
        out.address(s.outside()).u16(s.outsidePort());
        out.address(s.remote()).u16(s.remotePort());
        out.text(s.state(), MAX_TEXT).instant(s.since()).instant(s.until());
        return out.i64(s.packets()).i64(s.bytes());
    }

    private static Session session(Input in) {
        return new Session(
                in.text(MAX_TEXT),
                in.u8(),
                in.address(),
                in.u16(),
                in.address(),
                in.u16(),
                in.address(),
                in.u16(),
                in.text(MAX_TEXT),
                in.instant(),
                in.instant(),
                in.i64(),
                in.i64());
    }

    private static Output write(Output out, PoolUse u) {
        out.i32(u.share()).text(u.translation(), MAX_TEXT);
        out.i64(u.addresses()).i64(u.addressesUsed()).i64(u.ports()).i64(u.portsUsed());
        out.i64(u.sessions()).i64(u.created());
        out.list(
                u.refused().entrySet().stream().limit(MAX_REASONS).toList(),
                e -> out.text(e.getKey(), MAX_TEXT).i64(e.getValue()));
        out.i64(u.lost());
        return out.list(
                u.top().stream().limit(MAX_TOP).toList(),
                h -> out.address(h.inside()).i64(h.sessions()));
    }

    private static PoolUse poolUse(Input in) {
        return new PoolUse(
                in.i32(),
                in.text(MAX_TEXT),
                in.i64(),
                in.i64(),
                in.i64(),
                in.i64(),
                in.i64(),
                in.i64(),
                refused(in),
                in.i64(),
                in.list(MAX_TOP, () -> new PoolUse.Host(in.address(), in.i64())));
    }

    private static SortedMap<String, Long> refused(Input in) {
        SortedMap<String, Long> all = new TreeMap<>();
        in.list(MAX_REASONS, () -> all.put(in.text(MAX_TEXT), in.i64()));
        return all;
    }

    /** Adds what one part says; returns what is wrong with it, or an empty string. Entries of other kinds are passed over. */
    public String read(ByteBuf m) {
        byte[] b = ByteBufUtil.getBytes(m, m.readerIndex(), m.readableBytes(), true);
        if (!SessionRequest.is(b, b.length)) {
            return "no multipart message of ours";
        }
        Input in = new Input(b, Experimenter.MULTIPART_BODY, b.length);
        while (in.left() > 0) {
            int kind = in.u16();
            Input body = in.slice(in.u16());
            switch (kind) {
                case SESSION -> sessions.add(session(body));
                case POOL_USE -> use.add(poolUse(body));
                case BUSY -> busy.add(BindingCodec.busy(body));
                case GONE -> gone.add(BindingCodec.binding(body));
                case ROUND -> round = body.i64();
                case NEXT -> nextToken = body.text(MAX_TEXT);
                case ENDED -> ended = body.i64();
                default -> {
                    // of a later version
                }
            }
            in.refuse(body.wrong());
            if (sessions.size() > MAX_ENTRIES || busy.size() + gone.size() > MAX_ENTRIES || use.size() > MAX_ENTRIES) {
                in.refuse("more than " + MAX_ENTRIES + " entries");
            }
        }
        return in.wrong();
    }
}
