package io.natator.bgp.transport;

import io.natator.bgp.Counter;
import io.natator.bgp.Counters;
import io.natator.bgp.SessionObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who look on; whatever they do, sessions live on. */
final class Observers {
    private static final Logger LOG = LoggerFactory.getLogger(Observers.class);

    private final Counters counters;
    private final List<SessionObserver> observers = new ArrayList<>();

    Observers(Counters counters) {
        this.counters = counters;
    }

    void add(SessionObserver observer) {
        observers.add(observer);
    }

    void remove(SessionObserver observer) {
        observers.remove(observer);
    }

    void all(Consumer<SessionObserver> call) {
        for (SessionObserver observer : observers) {
            one(observer, call);
        }
    }

    void one(SessionObserver observer, Consumer<SessionObserver> call) {
        try {
            call.accept(observer);
        } catch (RuntimeException broken) {
            counters.add(Counter.OBSERVERS_FAILED);
            LOG.error("an observer of sessions failed", broken);
        }
    }
}
