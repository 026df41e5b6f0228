package io.natator.softswitch.agent;

import io.natator.softswitch.agent.codec.Message;
import io.natator.softswitch.flow.Refusal;
import io.natator.softswitch.flow.Reply;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a controller what was refused, and counts it. */
final class Errors {
    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

    private final Connection connection;
    private final AgentCounts counts;

    Errors(Connection connection, AgentCounts counts) {
        this.connection = connection;
        this.counts = counts;
    }

    /** What an error about a message sends back. */
    static byte[] head(byte[] b, int from, int to) {
        return Arrays.copyOfRange(b, from, Math.min(to, from + Message.OFFENDING));
    }

    /** The message was not understood, or not allowed. */
    void refused(Refusal refusal, byte[] head) {
        counts.add(AgentCount.MESSAGES_REFUSED);
        send(refusal, head);
    }

    /** The datapath did not make a change. */
    void changeRefused(Refusal refusal, byte[] head) {
        counts.add(AgentCount.CHANGES_REFUSED);
        send(refusal, head);
    }

    /** The only change of a request, or a packet-out, was answered. */
    void refusedBy(Reply reply, byte[] head) {
        if (reply instanceof Reply.Done(List<Reply.Refused> refused) && !refused.isEmpty()) {
            changeRefused(refused.getFirst().refusal(), head);
        }
    }

    private void send(Refusal refusal, byte[] head) {
        LOG.debug("{}: type {} refused: {}", connection.peer(), head[1], refusal.text());
        ByteBuf b = connection.buffer();
        Message.error(b, refusal, head, head.length);
        connection.send(b);
    }
}
