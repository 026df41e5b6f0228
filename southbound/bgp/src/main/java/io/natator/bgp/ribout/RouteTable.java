package io.natator.bgp.ribout;

import java.util.ArrayList;
import java.util.List;
import org.onlab.packet.IpPrefix;

/** All that is announced of one family, and what of it changed since {@link #settle}. */
final class RouteTable {
    private final RouteMap routes = new RouteMap();
    private final Slots<Route> routeSlots = new Slots<>();
    private final Slots<Candidate> candidateSlots = new Slots<>();
    private final List<Route> touched = new ArrayList<>();

    /** All prefixes, also those that are not announced any more but are still to be withdrawn somewhere. */
    Iterable<Route> routes() {
        return routes;
    }

    boolean isAnnounced(IpPrefix prefix) {
        Route route = routes.get(prefix);
        return route != null && isAnnounced(route);
    }

    private static boolean isAnnounced(Route route) {
        for (Candidate one = route.first(); one != null; one = one.next()) {
            if (one.isAnnounced()) {
                return true;
            }
        }
        return false;
    }

    /** Candidates where each is told by itself, else prefixes. */
    Slots<? extends Slot> slots(boolean addPath) {
        return addPath ? candidateSlots : routeSlots;
    }

    void add(IpPrefix prefix, Path path, Audience audience) {
        changed(candidate(prefix, path, audience), 1);
    }

    /** Nothing if it was not there. */
    void remove(IpPrefix prefix, Path path, Audience audience) {
        Route route = routes.get(prefix);
        Candidate candidate = route == null ? null : route.find(path, audience);
        if (candidate != null) {
            changed(candidate, -1);
        }
    }

    private void changed(Candidate candidate, int by) {
        if (candidate.count(by)) {
            touch(candidate.route());
        }
    }

    /** It is in the complete set of that number, once more. */
    void see(int set, IpPrefix prefix, Path path, Audience audience) {
        Candidate candidate = candidate(prefix, path, audience);
        candidate.see(set);
        if (!candidate.isAnnounced()) {
            touch(candidate.route()); // In the order of the set.
        }
    }

    /** The complete set of that number has been seen: the rest goes. */
    void seen(int set) {
        for (Route route : routes) {
            for (Candidate one = route.first(); one != null; one = one.next()) {
                if (one.settle(set)) {
                    touch(route);
                }
            }
        }
    }

    private Candidate candidate(IpPrefix prefix, Path path, Audience audience) {
        Route route = routes.get(prefix);
        if (route == null) {
            route = new Route(prefix);
            routeSlots.add(route);
            routes.add(route);
        }
        Candidate known = route.find(path, audience);
        if (known != null) {
            return known;
        }
        Candidate added = new Candidate(route, path, audience);
        candidateSlots.add(added);
        route.insert(added);
        return added;
    }

    private void touch(Route route) {
        if (route.touch()) {
            touched.add(route);
        }
    }

    List<Route> touched() {
        return touched;
    }

    /** All who hold something of the table know what changed. */
    void settle() {
        touched.forEach(Route::untouch);
        touched.forEach(this::sweep);
        touched.clear();
    }

    /** Forgets what is not announced, and to be withdrawn nowhere. */
    void sweep(Route route) {
        Candidate one = route.first();
        while (one != null) {
            Candidate next = one.next();
            if (!one.isAnnounced() && !one.isHeld()) {
                route.unlink(one);
                candidateSlots.remove(one);
            }
            one = next;
        }
        if (route.first() == null && !route.isHeld() && routes.remove(route)) {
            routeSlots.remove(route);
        }
    }
}
