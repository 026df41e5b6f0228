package io.natator.softswitch.session;

/** Inside hosts: how they become known, and how they are forgotten when nothing is left of them, with the addresses that are kept for them. */
final class InsideHosts {
    /** Of those whose addresses are kept, how many are looked at for one that can go. */
    private static final int KEPT_AT_ONCE = 64;

    private final HostTable hosts;
    private final Allocator allocator;
    private final AddressAllocator bindings;
    private final Shares shares;
    private final Moment moment;

    InsideHosts(HostTable hosts, Allocator allocator, AddressAllocator bindings, Shares shares, Moment moment) {
        this.hosts = hosts;
        this.allocator = allocator;
        this.bindings = bindings;
        this.shares = shares;
        this.moment = moment;
    }

    /** The host; made if it is not there, unless its number is what it is known by; 0 if there is no room. */
    int host(ShareState share, int inside) {
        int host = find(share, inside);
        if (host == 0) {
            makeRoom();
            host = hosts.add(share.slot, inside);
        }
        return host;
    }

    /** The IPv6 host; made if it is not there; 0 if there is no room. */
    int host(ShareState share, long high, long low) {
        int host = hosts.find(share.slot, high, low);
        if (host == 0) {
            makeRoom();
            host = hosts.add(share.slot, high, low);
        }
        return host;
    }

    /** The host; 0 if it is not there. */
    int find(ShareState share, int inside) {
        return share.hasIpv6Hosts ? inside : hosts.find(share.slot, inside);
    }

    /** Keeps the number of an IPv6 host, and gives it up with −1. */
    void pin(ShareState share, int inside, int by) {
        if (share.hasIpv6Hosts) {
            hosts.pin(inside, by);
        }
    }

    /** Gives the number of an IPv6 host up, and the host if nothing is left of it. */
    void unpin(ShareState share, int inside) {
        if (share.hasIpv6Hosts) {
            hosts.pin(inside, -1);
            idle(inside, share);
        }
    }

    /** If there is none, an address is no longer kept. */
    private void makeRoom() {
        if (hosts.isFull()) {
            forgetAny();
        }
    }

    private void forgetAny() {
        int host = 0;
        for (int i = 0; i < KEPT_AT_ONCE && host == 0; i++) {
            host = bindings.forgotten(moment.tick, true);
        }
        if (host > 0) {
            forget(host);
        }
    }

    /** A host's address is no longer kept for it. */
    void forget(int host) {
        ShareState share = shares.get(hosts.share(host));
        OutsideAddress address = share.addresses.stateOf(hosts.outside(host));
        if (address != null && address.keptFor() == host) {
            address.keptFor(0);
        }
        hosts.unkeep(host);
        idle(host, share);
    }

    /** Nothing more is known of a host if nothing is left of it. */
    void idle(int host, ShareState share) {
        if (host != 0 && hosts.isLive(host) && hosts.isIdle(host)) {
            allocator.unpair(share, host);
            hosts.remove(host);
        }
    }

    /** Looks at so many hosts whose addresses are kept, whether their time is over. Returns at how many there were. */
    int forgetDue(int most) {
        for (int done = 0; done < most; done++) {
            int host = bindings.forgotten(moment.tick, false);
            if (host < 0) {
                return done;
            }
            if (host > 0) {
                forget(host);
            }
        }
        return most;
    }

    /** If all free addresses seem to be kept, those come first whose time is over. */
    void forgetDue(ShareState share) {
        if (share.addresses.nobodys.isEmpty()) {
            int _ = forgetDue(KEPT_AT_ONCE);
        }
    }
}
