package io.natator.softswitch.session;

import java.util.SplittableRandom;

/** Gives outside ports of NAPT to inside hosts, and takes them back. */
final class Allocator {
    /** Nothing is free. */
    static final long NOTHING = -1;
    /** The host has as many blocks as it may. */
    static final long LIMIT = -2;

    /** Addresses that are looked at by chance, before all are. */
    private static final int TRIES = 4;

    private final HostTable hosts;
    private final SplittableRandom random;
    private final Holds holds;
    private final Moment moment;
    private final PortPicker picker;
    private final PortBlocks blocks;

    Allocator(HostTable hosts, SessionLog log, SplittableRandom random, Holds holds, Moment moment) {
        this.hosts = hosts;
        this.random = random;
        this.holds = holds;
        this.moment = moment;
        picker = new PortPicker(random);
        blocks = new PortBlocks(hosts, log, random, picker);
    }

    /**
     * A port for a host.
     *
     * @param space 0 TCP, 1 UDP, 2 ICMP
     * @return {@link PortPicker#place}, {@link #NOTHING} or {@link #LIMIT}
     */
    long port(ShareState share, int host, int space, int insidePort, long now) {
        if (share.deterministic != null) {
            Deterministic formula = share.deterministic;
            long number = (hosts.inside(host) & 0xFFFF_FFFFL) - share.inside.low;
            int begin = formula.first(number);
            OutsideAddress address = share.addresses.get(formula.address(number));
            return picker.pick(share, address, space, begin, begin + formula.ports() - 1, insidePort);
        }
        OutsideAddress own = share.isPaired() ? own(share, host) : null;
        if (own != null) {
            return of(share, host, own, space, insidePort, now);
        }
        OutsideAddress chosen = choose(share, space);
        long place = chosen == null ? NOTHING : of(share, host, chosen, space, insidePort, now);
        // Where forwards fill whole blocks, an address may have less room than it seems.
        for (int i = 0; chosen != null && place == NOTHING && i < share.addresses.size(); i++) {
            OutsideAddress one = share.addresses.get(i);
            place = room(share, one, space) > 0 ? of(share, host, one, space, insidePort, now) : NOTHING;
        }
        return place;
    }

    private long of(ShareState share, int host, OutsideAddress address, int space, int insidePort, long now) {
        if (share.isPaired()) {
            pair(share, host, address);
        }
        long place = share.pool.portBlock() > 0
                ? blocks.port(share, host, address, space, insidePort, now)
                : picker.pick(share, address, space, share.pool.firstPort(), share.pool.lastPort(), insidePort);
        if (place < 0) {
            portless(share, host);
        }
        return place;
    }

    /** The address that a host must have all its ports of (RFC 4787, REQ-2); null if it is still free to choose. */
    private OutsideAddress own(ShareState share, int host) {
        OutsideAddress address = hosts.isPaired(host) ? share.addresses.of(hosts.outside(host)) : null;
        if (address == null && !share.forwarded.isEmpty()) {
            Integer forwarded = share.forwarded.get(hosts.inside(host));
            address = forwarded == null ? null : share.addresses.of(forwarded);
        }
        return address;
    }

    private void pair(ShareState share, int host, OutsideAddress address) {
        if (!hosts.isPaired(host) || hosts.outside(host) != address.address) {
            unpair(share, host);
            hosts.pair(host, address.address);
            hosts.block(host, -1);
            address.join();
        }
    }

    /** If a host has no port, it may have the next ones of another address. */
    void portless(ShareState share, int host) {
        if (!hosts.hasPorts(host)) {
            unpair(share, host);
        }
    }

    /** The host goes, or has no ports any more. */
    void unpair(ShareState share, int host) {
        if (hosts.isPaired(host)) {
            OutsideAddress address = share.addresses == null ? null : share.addresses.stateOf(hosts.outside(host));
            if (address != null) {
                address.leave();
            }
            hosts.unpair(host);
        }
    }

    /** An address with room: of some by chance the one with most; null if there is none. */
    private OutsideAddress choose(ShareState share, int space) {
        int size = share.addresses.size();
        OutsideAddress best = null;
        for (int i = 0; i < TRIES; i++) {
            OutsideAddress one = share.addresses.get(random.nextInt(size));
            if (room(share, one, space) > 0 && (best == null || load(one) < load(best))) {
                best = one;
            }
        }
        int start = best == null ? random.nextInt(size) : 0;
        for (int i = 0; i < size && best == null; i++) {
            OutsideAddress one = share.addresses.get((start + i) % size);
            best = room(share, one, space) > 0 ? one : null;
        }
        return best;
    }

    private static long load(OutsideAddress address) {
        return (long) address.taken() + address.users();
    }

    private int room(ShareState share, OutsideAddress address, int space) {
        if (holds.isHeld(address.address, moment.tick)) {
            return 0; // until a moment ago it was of a DYNAMIC pool
        }
        int block = share.pool.portBlock();
        int first = share.pool.firstPort();
        int last = share.pool.lastPort();
        return block > 0 ? (last - first + 1) / block - address.blocksTaken() : address.free(space, first, last);
    }

    /** A port comes back, maybe of an address that the pool no longer has. */
    void free(ShareState share, int host, int space, int outside, int port, long now, End why) {
        OutsideAddress address = share.addresses.stateOf(outside);
        if (address != null) {
            address.free(space, port);
            if (share.pool.portBlock() > 0 && share.deterministic == null) {
                blocks.free(share, host, address, port, now, why);
            }
        }
    }

    /** An address of which no other host uses this protocol, which has no ports; in the place of {@link #port}. */
    long address(ShareState share, int host, int protocol, MappingTable mappings) {
        if (share.deterministic != null) {
            long number = (hosts.inside(host) & 0xFFFF_FFFFL) - share.inside.low;
            return alone(share.addresses.get(share.deterministic.address(number)), protocol, mappings);
        }
        OutsideAddress own = share.isPaired() ? own(share, host) : null;
        int size = own == null ? share.addresses.size() : 1;
        int start = random.nextInt(size);
        for (int i = 0; i < size; i++) {
            OutsideAddress address = own == null ? share.addresses.get((start + i) % size) : own;
            if (alone(address, protocol, mappings) != NOTHING) {
                if (share.isPaired()) {
                    pair(share, host, address);
                }
                return PortPicker.place(address, 0);
            }
        }
        return NOTHING;
    }

    private static long alone(OutsideAddress address, int protocol, MappingTable mappings) {
        return mappings.findOutside(protocol, address.address, 0) == 0 ? PortPicker.place(address, 0) : NOTHING;
    }
}
