package io.natator.lab.e2e;

import io.natator.lab.topology.Addresses;

/** The demo network's addresses of one family. */
enum Family {
    IPV4(
            "office",
            Addresses.H1,
            Addresses.H2,
            Addresses.H1_OUTSIDE,
            Addresses.H2_OUTSIDE,
            Addresses.GATEWAY,
            Addresses.GATEWAY_OUTSIDE,
            Addresses.CLIENT,
            "203.0.113.20",
            Addresses.INSIDE_BLOCK,
            Addresses.OUTSIDE_BLOCK,
            Addresses.LINK_NEXT_HOP),
    IPV6(
            "office-v6",
            Addresses.H1_V6,
            Addresses.H2_V6,
            Addresses.H1_OUTSIDE_V6,
            Addresses.H2_OUTSIDE_V6,
            Addresses.GATEWAY_V6,
            Addresses.GATEWAY_OUTSIDE_V6,
            Addresses.CLIENT_V6,
            "2001:db8:113::20",
            Addresses.INSIDE_BLOCK_V6,
            Addresses.OUTSIDE_BLOCK_V6,
            Addresses.LINK_NEXT_HOP_V6);

    final String translation;
    final String h1;
    final String h2;
    final String h1Outside;
    final String h2Outside;
    final String gateway;
    final String gatewayOutside;
    final String client;
    /** A second address of the client, which tests exempt. */
    final String exempt;

    final String insideBlock;
    final String outsideBlock;
    final String linkNextHop;

    Family(
            String translation,
            String h1,
            String h2,
            String h1Outside,
            String h2Outside,
            String gateway,
            String gatewayOutside,
            String client,
            String exempt,
            String insideBlock,
            String outsideBlock,
            String linkNextHop) {
        this.translation = translation;
        this.h1 = h1;
        this.h2 = h2;
        this.h1Outside = h1Outside;
        this.h2Outside = h2Outside;
        this.gateway = gateway;
        this.gatewayOutside = gatewayOutside;
        this.client = client;
        this.exempt = exempt;
        this.insideBlock = insideBlock;
        this.outsideBlock = outsideBlock;
        this.linkNextHop = linkNextHop;
    }

    /** Length of a host prefix. */
    int bits() {
        return this == IPV4 ? 32 : 128;
    }
}
