package io.natator.softswitch.session;

import io.natator.model.intent.Pool.Filtering;
import java.util.SplittableRandom;

/**
 * Mappings with the hosts ({@link InsideHosts}) and ports that they stand on: how they begin and how they end. The last session that goes takes its
 * mapping along, unless the port must rest; the last mapping its host.
 */
final class MappingStore implements AutoCloseable {
    /** A port that others may have answers for is not given to another host for so long (RFC 6888, REQ-8). */
    private static final int QUARANTINE = Wheel.ticks(120_000_000_000L);

    final HostTable hosts;
    final MappingTable mappings;
    final Ahead ahead;
    final Allocator allocator;
    final Holds holds = new Holds();
    final AddressAllocator bindings;
    final InsideHosts known;
    final Forwards forwards;
    private final RestQueue resting;
    final Leftovers leftovers;
    private final Shares shares;
    private final Moment moment;
    private Refusal refusal = Refusal.TABLE_FULL;

    MappingStore(
            Limits limits,
            SessionTable sessions,
            Permissions permissions,
            Shares shares,
            SessionLog log,
            Moment moment,
            SplittableRandom random) {
        this.shares = shares;
        this.moment = moment;
        mappings = new MappingTable(limits.mappings(), random.nextLong());
        ahead = new Ahead(sessions, mappings, permissions);
        hosts = new HostTable(limits.hosts(), random.nextLong());
        allocator = new Allocator(hosts, log, random.split(), holds, moment);
        bindings = new AddressAllocator(hosts, random.split(), holds);
        known = new InsideHosts(hosts, allocator, bindings, shares, moment);
        forwards = new Forwards(this, mappings, known);
        resting = new RestQueue(mappings);
        leftovers = new Leftovers(this, resting, hosts, shares);
    }

    /** Why the last thing that was asked for was refused. */
    Refusal refusal() {
        return refusal;
    }

    /** Notes why something is refused; 0. */
    int refuse(Refusal why) {
        refusal = why;
        return 0;
    }

    /**
     * The mapping of an inside port that sends to a remote; made if there is none.
     *
     * @return 0 if it is refused
     */
    int mapping(ShareState share, int protocol, int inside, int port, int remote, int remotePort) {
        int m = find(share, protocol, inside, port, remote, remotePort);
        if (m != 0 && (mappings.isForward(m) || isLegal(share, m))) {
            return m;
        }
        if (m != 0) {
            known.pin(share, inside, 1); // lest the number becomes another host's
            detach(m);
            known.pin(share, inside, -1);
        }
        return newMapping(share, protocol, inside, port, remote, remotePort);
    }

    /** As {@link #mapping}, but none is made; 0 if there is none. */
    int knownMapping(ShareState share, int protocol, int inside, int port, int remote, int remotePort) {
        int m = find(share, protocol, inside, port, remote, remotePort);
        return m != 0 && isLegal(share, m) ? m : 0;
    }

    /** That of a forward, or else one that depends on the remote as far as the share's do. */
    private int find(ShareState share, int protocol, int inside, int port, int remote, int remotePort) {
        int m = share.forwarded.isEmpty() ? 0 : mappings.findInside(share.slot, protocol, inside, port, 0, 0);
        if (m != 0 && mappings.isForward(m)) {
            return m;
        }
        return mappings.findInside(
                share.slot, protocol, inside, port, share.mappedRemote(remote), share.mappedPort(remotePort));
    }

    private int newMapping(ShareState share, int protocol, int inside, int port, int remote, int remotePort) {
        if (mappings.isFull()) {
            return refuse(Refusal.TABLE_FULL);
        }
        int host = known.host(share, inside);
        if (host == 0) {
            return refuse(Refusal.TABLE_FULL);
        }
        if (hasAllSessions(share, host)) {
            return refuse(Refusal.HOST_SESSIONS); // before a port, or a block, is taken for nothing
        }
        int space = space(protocol);
        int most = share.pool.portsPerHost();
        if (most > 0 && hosts.ports(host, space) >= most) {
            return refuse(Refusal.HOST_PORTS);
        }
        boolean withPorts = hasPorts(protocol);
        long place = withPorts
                ? allocator.port(share, host, space, port, moment.now)
                : allocator.address(share, host, protocol, mappings);
        if (place < 0) {
            known.idle(host, share);
            return refuse(place == Allocator.LIMIT ? Refusal.HOST_PORTS : Refusal.POOL_EMPTY);
        }
        int outside = (int) (place >>> 16);
        int outsidePort = (int) place & 0xFFFF;
        ahead.begin(protocol, outside, outsidePort, remote, remotePort);
        int m = mappings.add(
                share.slot,
                protocol,
                inside,
                port,
                outside,
                outsidePort,
                share.mappedRemote(remote),
                share.mappedPort(remotePort),
                host);
        hosts.addPorts(host, space, 1);
        return m;
    }

    /** True if a host may have no more sessions (RFC 6888, REQ-4). */
    boolean hasAllSessions(ShareState share, int host) {
        int most = share.pool.sessionsPerHost();
        return most > 0 && hosts.sessions(host) >= most;
    }

    /** True if the protocol's packets have ports or query ids that can be shared out. */
    static boolean hasPorts(int protocol) {
        return protocol == 6 || protocol == 17 || protocol == 1;
    }

    /** Which of the spaces of ports a protocol has: TCP, UDP, ICMP and all others. */
    static int space(int protocol) {
        return protocol == 6 ? 0 : protocol == 17 ? 1 : 2;
    }

    /** The mapping of an outside port; 0 if there is none that is still legal. */
    int mappingOf(int protocol, int outside, int port) {
        int m = legalMappingOf(protocol, outside, port);
        return m != 0 && mappings.is(m, MappingTable.QUARANTINED) ? 0 : m;
    }

    /** Also if its port is at rest. */
    int legalMappingOf(int protocol, int outside, int port) {
        int m = mappings.findOutside(protocol, outside, port);
        while (m != 0 && !isLegal(shares.get(mappings.share(m)), m)) {
            detach(m);
            m = mappings.findOutside(protocol, outside, port);
        }
        return m;
    }

    boolean isLegal(ShareState share, int m) {
        boolean forward = mappings.isForward(m);
        int port = mappings.outsidePort(m);
        boolean inRange =
                !hasPorts(mappings.protocol(m)) || (port >= share.pool.firstPort() && port <= share.pool.lastPort());
        return share.isThere
                && mappings.is(m, MappingTable.BY_OUTSIDE)
                && share.hasOutside(mappings.outside(m))
                && isInside(share, mappings.inside(m))
                && (forward || inRange);
    }

    private boolean isInside(ShareState share, int inside) {
        return share.hasIpv6Hosts
                ? share.inside.holds(hosts.high(inside), hosts.low(inside))
                : share.inside.holds(0, inside & 0xFFFF_FFFFL);
    }

    /** A mapping was made for a session that did not come. */
    void unused(int m) {
        if (mappings.sessions(m) == 0 && !mappings.isForward(m) && !mappings.is(m, MappingTable.QUARANTINED)) {
            release(m, End.IDLE);
        }
    }

    void revive(int m) {
        if (mappings.is(m, MappingTable.QUARANTINED)) {
            mappings.unset(m, MappingTable.QUARANTINED);
            mappings.sessions(m, 0);
        }
    }

    /** RFC 6888, REQ-8: not with TCP, whose end is seen; nor where the filter or the formula keeps others' packets away. */
    private static boolean mustRest(ShareState share, int protocol) {
        return share.isThere
                && protocol != 6
                && share.filters(Filtering.ENDPOINT_INDEPENDENT)
                && share.deterministic == null;
    }

    /** A mapping is found no more and its port is free; sessions that have it are no longer legal. */
    void detach(int m) {
        free(m, End.SHARE_CHANGED);
        mappings.detach(m);
        boolean rests = mappings.is(m, MappingTable.QUARANTINED);
        if (rests || mappings.sessions(m) == 0) {
            drop(m);
        }
    }

    private void drop(int m) {
        if (mappings.queued(m) > 0) {
            mappings.set(m, MappingTable.GONE); // the queue still names it
        } else {
            mappings.remove(m);
        }
    }

    private void release(int m, End why) {
        free(m, why);
        mappings.detach(m);
        drop(m);
    }

    /** Gives the port back, and what the host had of it. */
    private void free(int m, End why) {
        ShareState share = shares.get(mappings.share(m));
        int space = space(mappings.protocol(m));
        if (mappings.isForward(m)) {
            forwards.ended(share, m, space);
            return;
        }
        int host = mappings.host(m);
        if (hasPorts(mappings.protocol(m))) {
            allocator.free(share, host, space, mappings.outside(m), mappings.outsidePort(m), moment.now, why);
        }
        hosts.addPorts(host, space, -1);
        allocator.portless(share, host);
        known.idle(host, share);
    }

    /** A session of a mapping ended. */
    void left(ShareState share, int m, int inside, End why) {
        int host = known.find(share, inside);
        hosts.addSessions(host, -1);
        int left = mappings.sessions(m) - 1;
        mappings.sessions(m, left);
        if (left > 0) {
            return;
        }
        if (!mappings.isForward(m)) {
            abandoned(share, m, why);
        }
        known.idle(host, share);
    }

    private void abandoned(ShareState share, int m, End why) {
        if (!mappings.is(m, MappingTable.BY_OUTSIDE)) {
            drop(m);
        } else if (mustRest(share, mappings.protocol(m)) && isLegal(share, m)) {
            mappings.set(m, MappingTable.QUARANTINED);
            mappings.sessions(m, moment.tick + QUARANTINE);
            resting.add(m, moment.tick + QUARANTINE);
        } else {
            release(m, why);
        }
    }

    /**
     * Gives ports away that have rested.
     *
     * @param most mappings and hosts that are looked at
     * @return how many were
     */
    int wake(int most) {
        int done = 0;
        for (; done < most && resting.isDue(moment.tick); done++) {
            int until = resting.until();
            int m = resting.take();
            if (m == 0) {
                continue;
            }
            // Else it was in use meanwhile, and comes once more.
            boolean ends = mappings.is(m, MappingTable.QUARANTINED) && mappings.sessions(m) == until;
            woken(m, ends);
        }
        return done + known.forgetDue(most - done);
    }

    private void woken(int m, boolean ends) {
        if (mappings.is(m, MappingTable.GONE)) {
            drop(m);
        } else if (ends) {
            mappings.unset(m, MappingTable.QUARANTINED);
            mappings.sessions(m, 0);
            release(m, End.IDLE);
        }
    }

    /** Gives the port at a place of the queue back if its share is gone, or no longer has it. */
    void forgetResting(long place) {
        int m = resting.at(place);
        if (m != 0 && mappings.is(m, MappingTable.QUARANTINED) && !isLegal(shares.get(mappings.share(m)), m)) {
            resting.leaveOut(place);
            woken(m, true);
        }
    }

    long octets() {
        return mappings.octets() + hosts.octets();
    }

    @Override
    public void close() {
        mappings.close();
        hosts.close();
    }
}
