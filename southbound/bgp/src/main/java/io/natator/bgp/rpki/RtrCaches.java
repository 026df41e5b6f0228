package io.natator.bgp.rpki;

import io.natator.bgp.Counter;
import io.natator.bgp.Counters;
import io.natator.bgp.rpki.fsm.RtrAction;
import io.natator.model.rpki.Vrp;
import io.natator.model.rpki.VrpSet;
import io.natator.model.southbound.RoaEvent;
import io.natator.model.southbound.RoaSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * VRPs of one of several caches: the first one, in the order of preference, that has any that have not expired (RFC 8210,
 * section 10). All are kept in touch with, so that a change of caches takes no time. No two caches' VRPs are ever mixed.
 */
public final class RtrCaches implements RoaSource {
    private static final Logger LOG = LoggerFactory.getLogger(RtrCaches.class);

    private final List<Cache> caches;
    private final Counters counters;
    private final Map<Cache, Set<Vrp>> data = new HashMap<>();
    private final Set<Cache> answering = new HashSet<>();
    private List<Link> links = List.of();
    private Optional<Cache> chosen = Optional.empty();
    private Consumer<RoaEvent> events = event -> {};

    /** @param caches the preferred one first */
    public RtrCaches(List<Cache> caches, Counters counters) {
        this.caches = List.copyOf(caches);
        this.counters = counters;
    }

    @Override
    public synchronized void start(Consumer<RoaEvent> sink) {
        events = sink;
        links = caches.stream()
                .map(cache -> new Link(cache, counters, this::heard))
                .toList();
        links.forEach(Link::start);
    }

    /** {@code HOST:PORT} of all of them, the preferred one first. */
    @Override
    public String name() {
        return caches.stream().map(Cache::label).collect(Collectors.joining(", "));
    }

    private synchronized void heard(Cache cache, RtrAction news) {
        switch (news) {
            case RtrAction.Reached reached -> reached(cache, reached);
            case RtrAction.Publish publish -> {
                if (publish.has()) {
                    data.put(cache, publish.vrps());
                } else {
                    counters.add(Counter.RPKI_DATA_EXPIRED);
                    data.remove(cache);
                }
                choose(cache);
            }
            case RtrAction.Send send -> throw new IllegalStateException("a link keeps this to itself");
            case RtrAction.Close close -> throw new IllegalStateException("a link keeps this to itself");
        }
    }

    /** Reached as a whole is whoever reaches one of them. */
    private void reached(Cache cache, RtrAction.Reached news) {
        boolean before = !answering.isEmpty();
        if (news.up()) {
            answering.add(cache);
        } else {
            answering.remove(cache);
        }
        boolean now = !answering.isEmpty();
        if (now != before || !now) {
            tell(new RoaEvent.Reached(name(), now, now ? "" : news.reason()));
        }
    }

    private void choose(Cache changed) {
        Optional<Cache> best = caches.stream().filter(data::containsKey).findFirst();
        if (best.equals(chosen) && !best.equals(Optional.of(changed))) {
            return;
        }
        chosen = best;
        VrpSet vrps = best.map(data::get).map(VrpSet::of).orElse(VrpSet.EMPTY);
        LOG.info("{} from {}", vrps, best.map(Cache::label).orElse("no cache"));
        tell(new RoaEvent.Vrps(name(), vrps));
    }

    private void tell(RoaEvent event) {
        try {
            events.accept(event);
        } catch (RuntimeException broken) {
            counters.add(Counter.EVENTS_LOST);
            LOG.error("nobody took {}", event, broken);
        }
    }

    @Override
    public void close() {
        links.forEach(Link::close);
    }
}
