package io.natator.softswitch.agent;

import io.natator.softswitch.flow.Datapath;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.flow.Request;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * What one connection asks of the datapath, in order. The datapath answers in the order asked, so "everything before
 * the barrier is done" means that all that was asked before has been answered.
 */
final class Requests {
    /** Takes replies; true with the last one. */
    interface Answer {
        boolean take(Reply reply);
    }

    private static final int MOST = 64;

    private final Datapath datapath;
    private final Handover handover;
    private final AgentCounts counts;
    private final Consumer<Runnable> soon;
    private final Runnable room;
    private final Deque<Entry> open = new ArrayDeque<>();
    private final Deque<Entry> unsent = new ArrayDeque<>();
    private boolean closed;
    private boolean retrying;

    /**
     * @param soon runs a task on this thread a millisecond later
     * @param room called when fewer requests are open than before
     */
    Requests(Datapath datapath, Handover handover, AgentCounts counts, Consumer<Runnable> soon, Runnable room) {
        this.datapath = datapath;
        this.handover = handover;
        this.counts = counts;
        this.soon = soon;
        this.room = room;
    }

    private static final class Entry {
        private final Request request;
        private final Answer answer;
        private boolean done;

        Entry(Request request, Answer answer) {
            this.request = request;
            this.answer = answer;
        }
    }

    /** Asks, now or as soon as the datapath takes it. */
    void ask(Request request, Answer answer) {
        Entry entry = new Entry(request, answer);
        open.add(entry);
        unsent.add(entry);
        send();
    }

    /** Asks what has one reply. */
    void askOnce(Request request, Consumer<Reply> answer) {
        ask(request, reply -> {
            answer.accept(reply);
            return true;
        });
    }

    /** Runs {@code task} when all that was asked before has been answered. */
    void then(Runnable task) {
        if (open.isEmpty()) {
            task.run();
            return;
        }
        Entry entry = new Entry(null, _ -> {
            task.run();
            return true;
        });
        entry.done = true;
        open.add(entry);
    }

    /** True if no more may be asked for now. */
    boolean full() {
        return !unsent.isEmpty() || open.size() >= MOST;
    }

    private void send() {
        while (!unsent.isEmpty()) {
            Entry entry = unsent.peek();
            if (!datapath.ask(entry.request, reply -> handover.give(() -> answered(entry, reply)))) {
                counts.add(AgentCount.DATAPATH_BUSY);
                retry();
                return;
            }
            unsent.remove();
        }
    }

    private void retry() {
        if (!retrying && !closed) {
            retrying = true;
            soon.accept(() -> {
                retrying = false;
                send();
                room.run();
            });
        }
    }

    private void answered(Entry entry, Reply reply) {
        if (closed || !entry.answer.take(reply)) {
            return;
        }
        entry.done = true;
        while (!open.isEmpty() && open.peek().done) {
            Entry first = open.remove();
            if (first.request == null) {
                boolean _ = first.answer.take(null);
            }
        }
        room.run();
    }

    /** What is asked is done all the same, but nobody is told. */
    void close() {
        closed = true;
        open.clear();
    }
}
