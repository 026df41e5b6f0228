package io.natator.softswitch.session;

import java.util.SplittableRandom;

/** Gives outside ports of NAPT to inside hosts, and takes them back. */
final class Allocator {
    /** Nothing is free. */
    static final long NOTHING = -1;
    /** The host has as many blocks as it may. */
    static final long LIMIT = -2;

    /** Addresses of which the one with most room is taken; and how many are, if what seemed to have room has not. */
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
        long place = NOTHING;
        for (int i = 0; i < TRIES && place == NOTHING; i++) {
            OutsideAddress chosen = choose(share, space);
            if (chosen == null) {
                return NOTHING;
            }
            place = of(share, host, chosen, space, insidePort, now);
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
        // Where forwards fill whole blocks, an address may have less room than it seems.
        if (place == NOTHING || room(share, address, space) <= 0) {
            address.shut(space);
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

    /** An address with room: of some by chance the one with most; null if none of those that were looked at has any. */
    private OutsideAddress choose(ShareState share, int space) {
        OutsidePool pool = share.addresses;
        Candidates some = pool.withRoom(space);
        if (some.anyWaits()) {
            some.lookAgain(place -> !isHeld(pool.get(place)));
        }
        OutsideAddress best = null;
        for (int i = 0; i < (best == null ? Candidates.LOOKS : TRIES); i++) {
            int place = some.any(random);
            if (place < 0) {
                return best;
            }
            OutsideAddress one = pool.get(place);
            if (isHeld(one)) {
                some.defer(place);
            } else if (room(share, one, space) <= 0) {
                some.set(place, false);
            } else if (best == null || load(one) < load(best)) {
                best = one;
            }
        }
        return best;
    }

    /** Until a moment ago it was of a DYNAMIC pool. */
    private boolean isHeld(OutsideAddress address) {
        return holds.isHeld(address.address, moment.tick);
    }

    private static long load(OutsideAddress address) {
        return (long) address.taken() + address.users();
    }

    private static int room(ShareState share, OutsideAddress address, int space) {
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
        OutsideAddress one = own == null ? unused(share.addresses, protocol, mappings) : own;
        long place = one == null ? NOTHING : alone(one, protocol, mappings);
        if (place != NOTHING && share.isPaired()) {
            pair(share, host, one);
        }
        return place;
    }

    /** Null also if all that were looked at are used: there may be one, which the next packet may find. */
    private OutsideAddress unused(OutsidePool pool, int protocol, MappingTable mappings) {
        Candidates some = pool.unused(protocol);
        OutsideAddress one = unused(some, pool, protocol, mappings);
        if (one == null) {
            some.lookAgain(place -> isUnused(pool.get(place), protocol, mappings));
            one = unused(some, pool, protocol, mappings);
        }
        return one;
    }

    private OutsideAddress unused(Candidates some, OutsidePool pool, int protocol, MappingTable mappings) {
        for (int i = 0; i < Candidates.LOOKS; i++) {
            int place = some.any(random);
            if (place < 0) {
                return null;
            }
            some.defer(place); // nobody will say when it is not used any more
            OutsideAddress one = pool.get(place);
            if (isUnused(one, protocol, mappings)) {
                return one;
            }
        }
        return null;
    }

    private boolean isUnused(OutsideAddress address, int protocol, MappingTable mappings) {
        return !isHeld(address) && alone(address, protocol, mappings) != NOTHING;
    }

    private static long alone(OutsideAddress address, int protocol, MappingTable mappings) {
        return mappings.findOutside(protocol, address.address, 0) == 0 ? PortPicker.place(address, 0) : NOTHING;
    }
}
