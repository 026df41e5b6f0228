package io.natator.lab.topology;

/** How the switch stands between hosts and router. */
public enum Variant {
    /** The switch is the hosts' gateway and the router's next hop. */
    ROUTED,
    /** The switch is a bump in the wire; the router owns a gateway address in the new block. */
    TRANSPARENT,
    /** The switch forwards by itself, between the hosts' own gateway and the router. */
    NORMAL
}
