package io.natator.softswitch.agent;

import io.natator.model.session.Share;
import io.natator.openflow.experimenter.SessionReply;
import io.natator.openflow.experimenter.SessionRequest;
import io.natator.openflow.experimenter.ShareCodec;
import io.natator.openflow.experimenter.ShareParts;
import io.natator.packet.Bytes;
import io.natator.softswitch.agent.codec.ErrorCode;
import io.natator.softswitch.agent.codec.Message;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.flow.Request;
import io.netty.buffer.ByteBuf;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Natator's own messages of one connection: shares come in, and sessions are told of. */
final class Sessions {
    private final Connection connection;
    private final Requests requests;
    private final Errors errors;
    private final AgentCounts counts;
    private final InstantSource wall;
    private final ShareParts parts = new ShareParts();

    Sessions(Connection connection, Requests requests, Errors errors, AgentCounts counts, InstantSource wall) {
        this.connection = connection;
        this.requests = requests;
        this.errors = errors;
        this.counts = counts;
        this.wall = wall;
    }

    /** A part of a set of shares; with the last one the set counts. */
    void shares(byte[] b, int length) {
        byte[] head = Errors.head(b, 0, length);
        switch (parts.take(b, length)) {
            case ShareParts.Progress.Incomplete() -> {}
            case ShareParts.Progress.Wrong(String why) -> errors.refused(ErrorCode.SHARES_REFUSED.because(why), head);
            case ShareParts.Progress.Complete(byte[] set) -> {
                List<Share> shares = new ArrayList<>();
                String wrong = ShareCodec.read(set, shares);
                if (wrong.isEmpty()) {
                    counts.add(AgentCount.SHARE_SETS);
                    requests.askOnce(new Request.Shares(shares), reply -> errors.refusedBy(reply, head));
                } else {
                    errors.refused(ErrorCode.SHARES_REFUSED.because(wrong), head);
                }
            }
        }
    }

    /** A multipart request of ours. */
    void onRequest(byte[] b, int length, boolean slave) {
        int xid = Bytes.i32(b, 4);
        byte[] head = Errors.head(b, 0, length);
        switch (SessionRequest.read(b, length)) {
            case SessionRequest.Read.Wrong(String why) ->
                errors.refused(ErrorCode.REQUEST_BAD_EXP_TYPE.because(why), head);
            case SessionRequest.Read.Ok(SessionRequest asked)
            when slave && asked.changes() -> errors.refused(ErrorCode.REQUEST_IS_SLAVE.because("a slave"), head);
            case SessionRequest.Read.Ok(SessionRequest request) -> {
                counts.add(AgentCount.SESSION_REQUESTS);
                requests.askOnce(toDatapath(request), reply -> answer(reply, xid, request.type()));
            }
        }
    }

    private Request toDatapath(SessionRequest request) {
        return switch (request) {
            case SessionRequest.Page page ->
                new Request.Sessions(page.query(), page.token(), page.most(), wall.instant());
            case SessionRequest.Lookup ask ->
                new Request.Lookup(ask.outside(), ask.protocol(), ask.port(), ask.at(), wall.instant());
            case SessionRequest.Clear clear -> new Request.ClearSessions(clear.query());
            case SessionRequest.Bindings told -> new Request.Bindings(told.round());
            case SessionRequest.Use _ -> new Request.PoolsUse();
        };
    }

    private void answer(Reply reply, int xid, int type) {
        SessionReply answer = switch (reply) {
            case Reply.Sessions sessions -> SessionReply.of(sessions.sessions(), sessions.nextToken());
            case Reply.Cleared cleared -> SessionReply.of(cleared.sessions());
            case Reply.Bindings bindings -> SessionReply.of(bindings.answer());
            case Reply.Pools pools -> SessionReply.of(pools.pools());
            default -> throw new IllegalStateException("not an answer about sessions: " + reply);
        };
        ByteBuf out = connection.buffer();
        answer.write(out, Message.VERSION, xid, type);
        connection.send(out);
    }
}
