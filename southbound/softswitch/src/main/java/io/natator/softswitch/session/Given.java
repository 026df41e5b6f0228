package io.natator.softswitch.session;

/** How much of a pool is given away, all its addresses together: kept up to date, so that nobody has to look at each of them. */
final class Given {
    /** Addresses of which anything is given away. */
    int addresses;
    /** Ports of all protocols. */
    long ports;
}
