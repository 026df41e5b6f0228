package io.natator.cli.size;

/**
 * Erlang's loss formula: the share of attempts that find all servers taken, where attempts come at random from very many sources
 * (ITU-T E.501). The recursion from one server to the next only adds and divides positive numbers, so it stays exact to some units of
 * the last place however many servers there are; the closed formula overflows at 170.
 */
public final class ErlangB {
    private ErlangB() {}

    /**
     * The blocking probability.
     *
     * @param servers 0 or more
     * @param erlangs offered traffic, 0 or more
     */
    public static double blocking(long servers, double erlangs) {
        double blocking = 1;
        for (long n = 1; n <= servers; n++) {
            blocking = next(n, erlangs, blocking);
            if (blocking == 0) {
                break; // less than a double can say
            }
        }
        return blocking;
    }

    /** The smallest number of servers with which blocking is at most {@code most}, above 0. */
    public static long servers(double erlangs, double most) {
        double blocking = 1;
        long servers = 0;
        while (blocking > most) {
            servers++;
            blocking = next(servers, erlangs, blocking);
        }
        return servers;
    }

    private static double next(long server, double erlangs, double before) {
        double load = erlangs * before;
        return load / (server + load);
    }
}
