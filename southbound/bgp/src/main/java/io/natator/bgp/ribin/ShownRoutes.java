package io.natator.bgp.ribin;

import io.natator.bgp.codec.AsSegment;
import io.natator.bgp.codec.PathAttributes;
import io.natator.bgp.codec.Update;
import io.natator.model.southbound.NeighborEvent.Heard;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.onlab.packet.IpPrefix;

/** What a neighbour announces, kept to be shown and for nothing else: the first of them in order of prefixes. */
public final class ShownRoutes {
    private final TreeMap<IpPrefix, Heard.Route> routes =
            new TreeMap<>(Comparator.comparing(IpPrefix::address).thenComparingInt(IpPrefix::prefixLength));
    private boolean changed;

    /** One that falls out for lack of room comes back only when the neighbour tells it again. */
    public void apply(Update update) {
        for (IpPrefix prefix : update.withdrawn()) {
            changed |= routes.remove(prefix) != null;
        }
        update.attributes().ifPresent(attributes -> update.announced().forEach(prefix -> put(prefix, attributes)));
    }

    private void put(IpPrefix prefix, PathAttributes attributes) {
        Heard.Route route = new Heard.Route(
                prefix,
                attributes.nextHop().orElseThrow(),
                attributes.asPath().stream().map(AsSegment::words).collect(Collectors.joining(" ")),
                attributes.communities().words());
        changed |= !route.equals(routes.put(prefix, route));
        if (routes.size() > Heard.MOST_HEARD) {
            Map.Entry<IpPrefix, Heard.Route> last = routes.pollLastEntry();
            changed |= last != null;
        }
    }

    public void clear() {
        changed |= !routes.isEmpty();
        routes.clear();
    }

    /** True if anything changed since this was asked last. */
    public boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    public List<Heard.Route> routes() {
        return List.copyOf(routes.values());
    }
}
