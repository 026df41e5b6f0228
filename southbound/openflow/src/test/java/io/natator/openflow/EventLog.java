package io.natator.openflow;

import static org.assertj.core.api.Assertions.fail;

import io.natator.model.southbound.SwitchEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Everything that was told, in order, and a way to wait for what comes next. */
final class EventLog implements Consumer<SwitchEvent> {
    private final List<SwitchEvent> events = new ArrayList<>();
    private int read;

    @Override
    public synchronized void accept(SwitchEvent event) {
        events.add(event);
        notifyAll();
    }

    /** The next event of this type after those already taken; earlier ones of other types are passed over. */
    <T extends SwitchEvent> T next(Class<T> type) {
        return next(type, _ -> true);
    }

    synchronized <T extends SwitchEvent> T next(Class<T> type, Predicate<T> wanted) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            while (read < events.size()) {
                SwitchEvent event = events.get(read++);
                if (type.isInstance(event) && wanted.test(type.cast(event))) {
                    return type.cast(event);
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                return fail("no " + type.getSimpleName() + " within 20 s; told so far: " + summary());
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return fail("interrupted");
            }
        }
    }

    synchronized List<SwitchEvent> all() {
        return List.copyOf(events);
    }

    synchronized <T extends SwitchEvent> List<T> all(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private String summary() {
        String text = events.toString();
        return text.length() > 3000 ? text.substring(text.length() - 3000) : text;
    }
}
