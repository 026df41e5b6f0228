package io.natator.softswitch.session;

import java.util.SplittableRandom;

/** Gives outside addresses and ports to inside hosts, and takes them back. */
final class Allocator {
    /** Nothing is free. */
    static final long NOTHING = -1;

    /** Addresses that are looked at by chance, before all are. */
    private static final int TRIES = 4;

    private final HostTable hosts;
    private final SessionLog log;
    private final SplittableRandom random;
    private final IntQueue kept = new IntQueue();
    private final Holds holds;
    private final Moment moment;

    Allocator(HostTable hosts, SessionLog log, SplittableRandom random, Holds holds, Moment moment) {
        this.hosts = hosts;
        this.log = log;
        this.random = random;
        this.holds = holds;
        this.moment = moment;
    }

    private static long place(OutsideAddress address, int port) {
        return (address.address & 0xFFFF_FFFFL) << 16 | port;
    }

    /**
     * A port for a host.
     *
     * @param space 0 TCP, 1 UDP, 2 ICMP
     * @return address and, in the low 16 bits, port; or {@link #NOTHING}
     */
    long port(ShareState share, int host, int space, int insidePort, long now) {
        int first = share.pool.firstPort();
        int last = share.pool.lastPort();
        if (share.deterministic != null) {
            Deterministic formula = share.deterministic;
            long number = (hosts.inside(host) & 0xFFFF_FFFFL) - share.inside.low;
            int begin = formula.first(number);
            OutsideAddress address = share.addresses.get(formula.address(number));
            return pick(share, address, space, begin, begin + formula.ports() - 1, insidePort);
        }
        if (share.isPaired()) {
            OutsideAddress address = paired(share, host, space);
            if (address == null) {
                return NOTHING;
            }
            return share.pool.portBlock() > 0
                    ? inBlock(share, host, address, space, insidePort, now)
                    : pick(share, address, space, first, last, insidePort);
        }
        OutsideAddress address = choose(share, space);
        return address == null ? NOTHING : pick(share, address, space, first, last, insidePort);
    }

    private long pick(ShareState share, OutsideAddress address, int space, int first, int last, int insidePort) {
        Ports ports = address.ports(space);
        if (share.pool.preservePort() && insidePort >= first && insidePort <= last && !ports.isTaken(insidePort)) {
            ports.take(insidePort);
            return place(address, insidePort);
        }
        int start = first + random.nextInt(last - first + 1); // RFC 6056, section 3.3.1
        int parity = share.pool.preserveParity() && space != 2 ? insidePort & 1 : Ports.ANY;
        int port = ports.free(first, last, start, parity);
        if (port < 0 && parity != Ports.ANY) {
            port = ports.free(first, last, start, Ports.ANY);
        }
        if (port < 0) {
            return NOTHING;
        }
        ports.take(port);
        return place(address, port);
    }

    /** The address that a host has all its ports of; null if it has none, and none has room. */
    private OutsideAddress paired(ShareState share, int host, int space) {
        OutsideAddress address = hosts.isPaired(host) ? share.addresses.of(hosts.outside(host)) : null;
        if (address != null) {
            return address;
        }
        Integer forwarded = share.forwarded.isEmpty() ? null : share.forwarded.get(hosts.inside(host));
        address = forwarded == null ? choose(share, space) : share.addresses.of(forwarded);
        if (address != null) {
            pair(host, address);
        }
        return address;
    }

    private void pair(int host, OutsideAddress address) {
        hosts.pair(host, address.address);
        hosts.block(host, -1);
        address.users++;
    }

    /** The host goes. */
    void unpair(ShareState share, int host) {
        if (hosts.isPaired(host)) {
            OutsideAddress address = share.addresses == null ? null : share.addresses.of(hosts.outside(host));
            if (address != null && address.users > 0) {
                address.users--;
            }
            hosts.unpair(host);
        }
    }

    /** An address with room: of two by chance the one with more; null if there is none. */
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
        return (long) address.taken() + address.users;
    }

    private int room(ShareState share, OutsideAddress address, int space) {
        if (holds.isHeld(address.address, moment.tick)) {
            return 0; // until a moment ago it was of a DYNAMIC pool
        }
        int block = share.pool.portBlock();
        int ports = share.pool.lastPort() - share.pool.firstPort() + 1;
        return block > 0 ? ports / block - address.blocksTaken() : ports - address.taken(space) + address.beyond[space];
    }

    private long inBlock(ShareState share, int host, OutsideAddress address, int space, int insidePort, long now) {
        int size = share.pool.portBlock();
        int first = share.pool.firstPort();
        int blocks = 0;
        for (int block = hosts.block(host); block >= 0; block = address.nextBlock(block)) {
            int begin = first + block * size;
            long place = pick(share, address, space, begin, begin + size - 1, insidePort);
            if (place != NOTHING) {
                address.use(block, 1);
                return place;
            }
            blocks++;
        }
        int most = share.pool.portsPerHost();
        if (most > 0 && blocks >= (most + size - 1) / size) {
            return NOTHING;
        }
        return inNewBlock(share, host, address, space, insidePort, now);
    }

    private long inNewBlock(ShareState share, int host, OutsideAddress address, int space, int insidePort, long now) {
        int size = share.pool.portBlock();
        int first = share.pool.firstPort();
        int count = (share.pool.lastPort() - first + 1) / size;
        int start = random.nextInt(count);
        for (int tries = 0; tries < count; tries++) {
            int block = address.takeBlock(count, start, hosts.block(host));
            if (block < 0) {
                return NOTHING;
            }
            int begin = first + block * size;
            long place = pick(share, address, space, begin, begin + size - 1, insidePort);
            if (place != NOTHING) {
                hosts.block(host, block);
                address.use(block, 1);
                log.blockTaken(share.share.id(), hosts.inside(host), address.address, begin, begin + size - 1, now);
                return place;
            }
            address.freeBlock(block); // all of it are static forwards
            start = (block + 1) % count;
        }
        return NOTHING;
    }

    /** A port comes back. */
    void free(ShareState share, int host, int space, int outside, int port, long now, End why) {
        OutsideAddress address = share.addresses.of(outside);
        if (address == null) {
            return; // the pool no longer has it
        }
        address.ports(space).free(port);
        int size = share.pool.portBlock();
        if (size == 0 || share.deterministic != null) {
            return;
        }
        int block = (port - share.pool.firstPort()) / size;
        address.use(block, -1);
        if (address.use(block) > 0) {
            return;
        }
        int next = address.nextBlock(block);
        if (hosts.block(host) == block) {
            hosts.block(host, next);
        } else {
            int before = hosts.block(host);
            while (address.nextBlock(before) != block) {
                before = address.nextBlock(before);
            }
            address.nextBlock(before, next);
        }
        address.freeBlock(block);
        int begin = share.pool.firstPort() + block * size;
        log.blockFreed(share.share.id(), hosts.inside(host), outside, begin, begin + size - 1, now, why);
    }

    /** An address of which no other host uses this protocol, which has no ports; in the place of {@link #port}. */
    long address(ShareState share, int host, int protocol, MappingTable mappings) {
        if (share.deterministic != null) {
            long number = (hosts.inside(host) & 0xFFFF_FFFFL) - share.inside.low;
            return alone(share.addresses.get(share.deterministic.address(number)), protocol, mappings);
        }
        if (share.isPaired() && hosts.isPaired(host)) {
            OutsideAddress address = share.addresses.of(hosts.outside(host));
            return address == null ? NOTHING : alone(address, protocol, mappings);
        }
        int size = share.addresses.size();
        int start = random.nextInt(size);
        for (int i = 0; i < size; i++) {
            OutsideAddress address = share.addresses.get((start + i) % size);
            if (alone(address, protocol, mappings) != NOTHING) {
                if (share.isPaired()) {
                    pair(host, address);
                }
                return place(address, 0);
            }
        }
        return NOTHING;
    }

    private static long alone(OutsideAddress address, int protocol, MappingTable mappings) {
        return mappings.findOutside(protocol, address.address, 0) == 0 ? place(address, 0) : NOTHING;
    }

    /** False if a reservation gives the address to another host, or the host another address. */
    static boolean mayHave(ShareState share, int inside, int outside) {
        Integer reserved = share.reservations.isEmpty() ? null : share.reservations.get(inside);
        return reserved == null ? !share.addresses.of(outside).isReserved : reserved == outside;
    }

    /**
     * DYNAMIC: an address for a host; null if there is none. Only a reserved one may still have a binding, which then is
     * another host's from before it was reserved.
     */
    OutsideAddress binding(ShareState share, int host) {
        OutsideAddress address = find(share, host);
        if (address != null) {
            address.keptFor = 0;
            hosts.unkeep(host);
            hosts.pair(host, address.address);
        }
        return address;
    }

    private OutsideAddress find(ShareState share, int host) {
        Integer reserved = share.reservations.isEmpty() ? null : share.reservations.get(hosts.inside(host));
        if (reserved != null) {
            return free(host, share.addresses.of(reserved));
        }
        OutsideAddress before = hosts.isPaired(host) ? share.addresses.of(hosts.outside(host)) : null;
        if (before != null
                && before.keptFor == host
                && before.binding == 0
                && !before.isReserved
                && free(host, before) != null) {
            return before;
        }
        int size = share.addresses.size();
        if (share.live >= size) {
            return null;
        }
        int start = random.nextInt(size);
        OutsideAddress others = null;
        for (int i = 0; i < size; i++) {
            int index = (start + i) % size;
            OutsideAddress one = free(host, share.addresses.get(index));
            if (one == null || one.binding != 0 || one.isReserved) {
                continue;
            }
            if (one.keptFor == 0) {
                return one;
            }
            others = others == null ? one : others;
        }
        return others;
    }

    /** The address, or null if rules of a device may still give it to another host. */
    private OutsideAddress free(int host, OutsideAddress address) {
        return holds.isForAnother(address.address, hosts.inside(host), moment.tick) ? null : address;
    }

    /** A binding went: the host is given the same address if it comes back in time. */
    void keep(ShareState share, int host, OutsideAddress address, int tick) {
        if (share.sticky > 0 && address != null && share.isThere) {
            address.keptFor = host;
            hosts.keep(host, tick + share.sticky);
            kept.add(host);
        } else {
            hosts.unpair(host);
        }
    }

    /**
     * The next host whose address need not be kept any more; 0 if there is none.
     *
     * @param all also those that have time yet
     */
    int forgotten(int tick, boolean all) {
        while (!kept.isEmpty()) {
            int host = kept.peek();
            boolean isKept = hosts.isLive(host) && hosts.isKept(host);
            if (isKept && !all && hosts.keptUntil(host) - tick > 0) {
                return 0;
            }
            kept.take();
            if (isKept) {
                return host;
            }
        }
        return 0;
    }
}
