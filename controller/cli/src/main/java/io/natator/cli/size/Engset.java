package io.natator.cli.size;

/**
 * Engset's loss formula: as {@link ErlangB}, but with few sources, each of which has at most one server at a time and begins anew
 * only when it has none. What an attempt meets is what one source less makes (V. B. Iversen, Teletraffic Engineering Handbook, on
 * Engset's loss system), so this is the share of attempts, not of time.
 */
public final class Engset {
    private Engset() {}

    /**
     * The blocking probability that an attempt meets.
     *
     * @param servers 0 or more
     * @param sources 1 or more
     * @param erlangs that a source which has no server offers: its rate times the mean time that it holds one
     */
    public static double blocking(long servers, long sources, double erlangs) {
        double blocking = 1;
        for (long n = 1; n <= servers; n++) {
            blocking = next(n, sources - 1, erlangs, blocking);
            if (blocking == 0) {
                break;
            }
        }
        return blocking;
    }

    /** The smallest number of servers with which blocking is at most {@code most}, above 0; never more than there are sources. */
    public static long servers(long sources, double erlangs, double most) {
        double blocking = 1;
        long servers = 0;
        while (blocking > most) {
            servers++;
            blocking = next(servers, sources - 1, erlangs, blocking);
        }
        return servers;
    }

    /** @param others sources besides the one that tries */
    private static double next(long server, long others, double erlangs, double before) {
        double load = Math.max(0, others - server + 1) * erlangs * before;
        return load / (server + load);
    }
}
