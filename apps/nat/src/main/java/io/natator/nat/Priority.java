package io.natator.nat;

import io.natator.model.intent.SharedInside;

/** Priorities within a table. Those of one class never overlap with different effect. */
final class Priority {
    /**
     * FORWARD, TRANSPARENT: what is told of hosts that are shared, before anything else. Plus {@link #RANKS} + 1 times the rank; plus
     * up to {@link #RANKS}, more if its target is in a longer block of the same hosts.
     */
    static final int COPIES = 700;

    /** As many ranks are there. */
    static final int RANKS = SharedInside.MOST;

    /** FORWARD: probes come back to us. */
    static final int PROBE = 500;

    /** FORWARD, on a software switch: back to the device that is served, be it a probe of its own. */
    static final int SERVED = 600;

    /** Packets for ourselves; TRANSPARENT: what a software switch sends back where it came from. */
    static final int OWN = 400;

    /** ADMISSION, routed: neighbour discovery that is not for us. */
    static final int STRAY = 390;

    /** ADMISSION: our own addresses, whatever the TTL. */
    static final int OWN_ADDRESS = 380;

    /** FORWARD, routed: to the pool of a translation, whose sessions are asked; one more for what comes from there. */
    static final int POOL = 380;

    /** TTL too small to go on. */
    static final int TTL = 360;

    /** Not translated for their peer's sake. */
    static final int EXEMPT = 340;

    /** TO_OUTSIDE, routed, on a software switch: from hosts whose flows another one remembers. */
    static final int REMEMBERED = 330;

    /**
     * TO_INSIDE, TRANSPARENT: ARP and ND, which may look like packets to gateways; from inside plus the rank of a translation that
     * shares hosts, and {@link #RANKS} more for ARP between hosts of one block that are.
     */
    static final int LINK = 320;

    /** From IPv6 hosts to IPv4 ones; plus the length of their prefix. */
    static final int CROSSING = LINK;

    /**
     * Routed, on a software switch. TO_INSIDE: from hosts of pools to outside addresses; TO_OUTSIDE: from hosts with outside
     * addresses to pools, plus the rank of a translation that shares hosts.
     */
    static final int POOLED = LINK;

    /**
     * Before {@link #SPECIAL} and {@link #BLOCK}: ICMP errors, which quote addresses. TO_OUTSIDE: plus the rank of a
     * translation that shares hosts.
     */
    static final int ERROR = 310;

    /**
     * Before {@link #BLOCK}: gateways, hairpins; one more for hosts that are shared. ADMISSION: plus twice the rank of a translation that
     * shares hosts, with one more for what is sent to a group.
     */
    static final int SPECIAL = 300;

    /** What a degraded translation leaves untranslated of ARP and ND. */
    static final int LEFTOVER_LINK = 270;

    /** ND that no rule of {@link #LINK} rewrites. */
    static final int ND = 250;

    /** Before {@link #BINDING}: what needs the software switch all the same. */
    static final int UNBOUND = 220;

    /** The work of one binding of a pool. */
    static final int BINDING = 210;

    /**
     * The blocks of translations. TO_OUTSIDE: plus twice the rank of a translation that shares hosts; one more for those hosts,
     * TO_INSIDE as well.
     */
    static final int BLOCK = 200;

    /** What a degraded translation leaves untranslated. TO_OUTSIDE: plus the rank of a translation that shares hosts. */
    static final int LEFTOVER = 150;

    /** FORWARD, routed: plus twice the prefix length. Else: what is let in. */
    static final int BASE = 100;

    /** TO_INSIDE, routed: there is a route; plus the prefix length. */
    static final int ROUTABLE = 20;

    /** TO_OUTSIDE: ICMP errors to IPv4 hosts, from routers that no translation knows. */
    static final int QUOTING = 20;

    /** What is left. */
    static final int REST = 10;

    private Priority() {}
}
