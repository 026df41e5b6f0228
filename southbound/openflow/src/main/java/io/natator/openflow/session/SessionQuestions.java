package io.natator.openflow.session;

import io.natator.openflow.Count;
import io.natator.openflow.codec.ErrorMessage;
import io.natator.openflow.codec.Multipart;
import io.natator.openflow.experimenter.SessionReply;
import io.natator.openflow.experimenter.SessionRequest;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What was asked of a software switch about its sessions, and not yet answered. */
final class SessionQuestions {
    private static final int MOST = 256;
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final Conversation conversation;
    private final String name;
    private final Map<Integer, Open> byXid = new HashMap<>();

    SessionQuestions(Conversation conversation, String name) {
        this.conversation = conversation;
        this.name = name;
    }

    private record Open(SessionReply reply, Answer<?> answer, long asked) {}

    private record Answer<T>(CompletableFuture<T> future, Function<SessionReply, T> meaning) {
        void give(SessionReply reply) {
            future.completeAsync(() -> meaning.apply(reply)); // who waits must not hold up this thread
        }

        void fail(String why) {
            IOException cause = new IOException(why);
            CompletableFuture.runAsync(() -> future.completeExceptionally(cause));
        }
    }

    <T> void ask(SessionRequest request, CompletableFuture<T> future, Function<SessionReply, T> meaning, long now) {
        conversation.count(Count.SESSION_REQUESTS);
        Answer<T> answer = new Answer<>(future, meaning);
        if (byXid.size() >= MOST) {
            fail(answer, "is asked too much at once");
            return;
        }
        int xid = conversation.xids().take();
        byXid.put(xid, new Open(new SessionReply(), answer, now));
        ByteBuf b = conversation.buffer();
        request.write(b, conversation.version(), xid);
        conversation.send(b);
    }

    /** False if it answers nothing that was asked here. */
    boolean onMultipart(ByteBuf m, int xid) {
        Open open = byXid.get(xid);
        if (open == null) {
            return false;
        }
        String wrong = open.reply.read(m);
        if (!wrong.isEmpty()) {
            byXid.remove(xid);
            conversation.undecodable(m, wrong);
            fail(open.answer, "sent an answer that cannot be read: " + wrong);
        } else if (!Multipart.more(m)) {
            byXid.remove(xid);
            open.answer.give(open.reply);
        }
        return true;
    }

    /** False if it refuses nothing that was asked here. */
    boolean onError(int xid, ErrorMessage error) {
        Open open = byXid.remove(xid);
        if (open != null) {
            fail(open.answer, "refuses: " + error);
        }
        return open != null;
    }

    void tick(long now) {
        if (byXid.isEmpty()) {
            return;
        }
        for (Map.Entry<Integer, Open> e : List.copyOf(byXid.entrySet())) {
            if (now - e.getValue().asked() >= PATIENCE_NANOS) {
                byXid.remove(e.getKey());
                fail(e.getValue().answer(), "does not answer within 10 s");
            }
        }
    }

    void closed() {
        byXid.values().forEach(open -> fail(open.answer, "has disconnected"));
        byXid.clear();
    }

    private void fail(Answer<?> answer, String why) {
        conversation.count(Count.SESSION_REQUESTS_FAILED);
        answer.fail(name + " " + why);
    }
}
