package io.natator.bgp.ribout;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.onlab.packet.IpPrefix;

/**
 * Routes by prefix, in one array. {@link IpPrefix#hashCode} gives the million addresses of a /12 some 20,000 values, so
 * this has a hash of its own; and a million entries of a {@link java.util.HashMap} would take 32 MB more.
 */
final class RouteMap implements Iterable<Route> {
    private static final int FIRST_ROOM = 16;
    private static final long MIX = 0x9e3779b97f4a7c15L;

    /** Open addressing, a power of two, at most half full. */
    private Route[] table = new Route[FIRST_ROOM];

    private int size;

    private static int hash(IpPrefix prefix) {
        ByteBuffer octets = ByteBuffer.wrap(prefix.address().toOctets());
        long mixed = prefix.prefixLength();
        while (octets.hasRemaining()) {
            mixed = (mixed + octets.getInt()) * MIX;
            mixed ^= mixed >>> 29;
        }
        return (int) (mixed ^ (mixed >>> 32));
    }

    int size() {
        return size;
    }

    /** Null if it is not there. */
    Route get(IpPrefix prefix) {
        return table[find(prefix)];
    }

    /** It must not be there yet. */
    void add(Route route) {
        if (2 * (size + 1) > table.length) {
            grow();
        }
        table[find(route.prefix())] = route;
        size++;
    }

    /** False if it is not there. */
    boolean remove(Route route) {
        int at = find(route.prefix());
        if (table[at] != route) {
            return false;
        }
        size--;
        // Those behind it that would no longer be found move up.
        int hole = at;
        for (int next = next(hole); table[next] != null; next = next(next)) {
            int home = hash(table[next].prefix()) & (table.length - 1);
            if (((next - home) & (table.length - 1)) >= ((next - hole) & (table.length - 1))) {
                table[hole] = table[next];
                hole = next;
            }
        }
        table[hole] = null;
        return true;
    }

    /** Where it is, or where it would be. */
    private int find(IpPrefix prefix) {
        int at = hash(prefix) & (table.length - 1);
        while (table[at] != null && !table[at].prefix().equals(prefix)) {
            at = next(at);
        }
        return at;
    }

    private int next(int at) {
        return (at + 1) & (table.length - 1);
    }

    private void grow() {
        Route[] old = table;
        table = new Route[2 * old.length];
        for (Route route : old) {
            if (route != null) {
                table[find(route.prefix())] = route;
            }
        }
    }

    /** In no order; must not be changed meanwhile. */
    @Override
    public Iterator<Route> iterator() {
        return new Iterator<>() {
            private int at = -1;
            private int left = size;

            @Override
            public boolean hasNext() {
                return left > 0;
            }

            @Override
            public Route next() {
                if (left == 0) {
                    throw new NoSuchElementException();
                }
                do {
                    at++;
                } while (table[at] == null);
                left--;
                return table[at];
            }
        };
    }
}
