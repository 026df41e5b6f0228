package io.natator.lab.topology;

/** Who has which address in the demo network; the same in all variants. */
public final class Addresses {
    /** Inside hosts: their addresses never change. */
    public static final String H1 = "192.168.2.10";

    public static final String H2 = "192.168.2.11";
    public static final String H1_V6 = "2001:db8:2::10";
    public static final String H2_V6 = "2001:db8:2::11";

    /** The same hosts as the rest of the network sees them. */
    public static final String H1_OUTSIDE = "192.168.3.10";

    public static final String H2_OUTSIDE = "192.168.3.11";
    public static final String H1_OUTSIDE_V6 = "2001:db8:3::10";
    public static final String H2_OUTSIDE_V6 = "2001:db8:3::11";

    public static final String INSIDE_BLOCK = "192.168.2.0/24";
    public static final String OUTSIDE_BLOCK = "192.168.3.0/24";
    public static final String INSIDE_BLOCK_V6 = "2001:db8:2::/64";
    public static final String OUTSIDE_BLOCK_V6 = "2001:db8:3::/64";

    /** The many hosts of {@link io.natator.lab.traffic.Crowd}, the router before them, and the pool that they share. */
    public static final String CROWD = "10.1.0.0/22";

    public static final String CROWD_ROUTER = "192.168.2.254";

    public static final String POOL = "198.51.100.0/29";

    /** The gateway that hosts are configured with. */
    public static final String GATEWAY = "192.168.2.1";

    public static final String GATEWAY_V6 = "2001:db8:2::1";

    /** TRANSPARENT: what the router calls itself in the new block. */
    public static final String GATEWAY_OUTSIDE = "192.168.3.1";

    public static final String GATEWAY_OUTSIDE_V6 = "2001:db8:3::1";

    /** The link between switch and router, router's end and next hop. */
    public static final String LINK_ROUTER = "10.0.0.1";

    public static final String LINK_NEXT_HOP = "10.0.0.2";
    public static final String LINK_ROUTER_V6 = "2001:db8:ffff::1";
    public static final String LINK_NEXT_HOP_V6 = "2001:db8:ffff::2";

    /** A client somewhere beyond the router. */
    public static final String CLIENT = "203.0.113.10";

    public static final String CLIENT_V6 = "2001:db8:113::10";
    public static final String CLIENT_GATEWAY = "203.0.113.1";
    public static final String CLIENT_GATEWAY_V6 = "2001:db8:113::1";

    /** The management network: OpenFlow and BGP, no traffic of hosts. */
    public static final String CONTROLLER = "10.255.0.1";

    public static final String CONTROLLER_OF_SWITCH = "10.255.0.2";
    public static final String CONTROLLER_OF_ROUTER = "10.255.0.3";

    /** Natator's AS number; the router's is {@link io.natator.lab.net.Bird#AS}. */
    public static final long AS = 65000;

    private Addresses() {}
}
