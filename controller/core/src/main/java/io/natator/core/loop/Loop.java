package io.natator.core.loop;

import io.natator.core.Core;
import io.natator.core.Effect;
import io.natator.core.Event;
import io.natator.model.southbound.SwitchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that owns the {@link Core}. What comes in a burst is handled in one step. */
public final class Loop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final int QUEUE = 65_536;
    private static final int BATCH = 4_096;

    private sealed interface Item {
        record Told(Event event) implements Item {}

        record Asked<T>(Function<Core, T> question, CompletableFuture<T> answer) implements Item {
            void answer(Core core) {
                try {
                    answer.complete(question.apply(core));
                } catch (RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            }
        }
    }

    private final Core core;
    private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>(QUEUE);
    private final LongAdder dropped = new LongAdder();
    private final Journal journal = new Journal(10_000);
    private final Instant epoch = Instant.now();
    private final long epochNanos = System.nanoTime();
    private Consumer<List<Effect>> effects;
    private Thread thread;
    private volatile boolean closed;

    public Loop(Core core) {
        this.core = core;
    }

    /**
     * Starts the thread. What was told before is handled after {@code started}.
     *
     * @param carryOut carries out the effects of one step in their order; must not block for long
     */
    public void start(Event.Started started, Consumer<List<Effect>> carryOut) {
        effects = carryOut;
        thread = Thread.ofPlatform().name("natator-core").daemon(true).start(() -> run(started));
    }

    /**
     * Hands an event to the loop. When the queue is full, events that will come again are dropped and counted, and
     * others wait for room.
     */
    public void tell(Event event) {
        Item item = new Item.Told(event);
        if (queue.offer(item)) {
            return;
        }
        if (isRepeated(event)) {
            dropped.increment();
            return;
        }
        boolean interrupted = false;
        while (!closed) {
            try {
                queue.put(item);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isRepeated(Event event) {
        return event instanceof Event.FromSwitch(SwitchEvent told)
                && (told instanceof SwitchEvent.NeighborSeen
                        || told instanceof SwitchEvent.NeighborWanted
                        || told instanceof SwitchEvent.Counters
                        || told instanceof SwitchEvent.SharesUsed
                        || told instanceof SwitchEvent.ProbeReturned);
    }

    /** Asks a question of the state, answered on the loop's thread between two steps. */
    public <T> CompletableFuture<T> ask(Function<Core, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (closed || !queue.offer(new Item.Asked<>(question, answer))) {
            answer.completeExceptionally(new IllegalStateException("the controller is overloaded or stopping"));
        }
        return answer;
    }

    /** Events that found the queue full. */
    public long dropped() {
        return dropped.sum();
    }

    /** Events that wait. */
    public int waiting() {
        return queue.size();
    }

    /** The most recent events, oldest first. */
    public Journal journal() {
        return journal;
    }

    private void run(Event.Started started) {
        List<Item> items = new ArrayList<>();
        step(List.of(new Item.Told(started)));
        while (!closed) {
            try {
                items.clear();
                Item first = queue.poll(untilWake(), TimeUnit.NANOSECONDS);
                if (first != null) {
                    items.add(first);
                    queue.drainTo(items, BATCH - 1);
                }
                step(items);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("event=step-failed", e);
            }
        }
    }

    private void step(List<Item> items) {
        List<Event> events = new ArrayList<>();
        Instant now = now();
        for (Item item : items) {
            if (item instanceof Item.Told(Event event)) {
                events.add(event);
                journal.add(now, event);
            }
        }
        if (!events.isEmpty() || !now.isBefore(core.wakeAt())) {
            effects.accept(core.step(events, now));
        }
        for (Item item : items) {
            if (item instanceof Item.Asked<?> asked) {
                asked.answer(core);
            }
        }
    }

    private long untilWake() {
        Instant wake = core.wakeAt();
        Instant now = now();
        if (!wake.isAfter(now)) {
            return 0;
        }
        Duration wait = Duration.between(now, wake.isBefore(now.plusSeconds(60)) ? wake : now.plusSeconds(60));
        return wait.toNanos();
    }

    /** Wall-clock time at the start plus time elapsed: never jumps. */
    private Instant now() {
        return epoch.plusNanos(System.nanoTime() - epochNanos);
    }

    /** Stops the thread. Switches and neighbours are told nothing. */
    @Override
    public void close() {
        closed = true;
        if (thread == null) {
            return;
        }
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
