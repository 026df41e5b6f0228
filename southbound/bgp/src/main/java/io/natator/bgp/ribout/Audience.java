package io.natator.bgp.ribout;

import io.natator.bgp.codec.Family;
import java.util.List;

/** Neighbours that an announcement is meant for; few of them, whatever the number of announcements. */
final class Audience {
    private final int number;
    private final List<String> neighbors;
    private int ipv4;
    private int ipv6;

    /** @param neighbors ids; empty means all */
    Audience(int number, List<String> neighbors) {
        this.number = number;
        this.neighbors = List.copyOf(neighbors);
    }

    int number() {
        return number;
    }

    boolean includes(String neighbor) {
        return neighbors.isEmpty() || neighbors.contains(neighbor);
    }

    /** How many are announced to it in a family. */
    int announced(Family family) {
        return switch (family) {
            case IPV4_UNICAST -> ipv4;
            case IPV6_UNICAST -> ipv6;
        };
    }

    void count(Route route, int by) {
        switch (Family.of(route.prefix())) {
            case IPV4_UNICAST -> ipv4 += by;
            case IPV6_UNICAST -> ipv6 += by;
        }
    }
}
