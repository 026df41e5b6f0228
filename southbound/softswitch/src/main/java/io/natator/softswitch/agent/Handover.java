package io.natator.softswitch.agent;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * From the datapath thread to the agent's: gives tasks without waiting, and wakes the agent once for many. Not bounded
 * itself: answers are as many as were asked, and events are counted before they are given.
 */
final class Handover {
    private static final int AT_ONCE = 1024;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Executor agent;

    Handover(Executor agent) {
        this.agent = agent;
    }

    /** Any thread: {@code task} runs on the agent's thread, after what was given before. */
    void give(Runnable task) {
        tasks.add(task);
        wake();
    }

    private void wake() {
        if (woken.compareAndSet(false, true)) {
            agent.execute(this::run);
        }
    }

    private void run() {
        woken.set(false);
        Runnable task = tasks.poll();
        for (int i = 1; task != null; i++) {
            task.run();
            if (i == AT_ONCE) {
                wake(); // let sockets have their turn
                return;
            }
            task = tasks.poll();
        }
    }
}
