package io.natator.softswitch.session;

import io.natator.model.intent.Pool.Filtering;
import io.natator.model.intent.Pool.Mapping;
import io.natator.softswitch.count.Count;
import io.natator.softswitch.count.Counts;
import io.natator.softswitch.table.Hash;
import java.util.SplittableRandom;

/**
 * Sessions with all that belongs to them: how they begin and how they end. A session of NAPT stands on a mapping, a mapping
 * on a host and a port; the last one that goes takes what it stood on with it.
 */
public final class SessionStore implements AutoCloseable {
    /** On sessions: {@link #permissions} counts it. */
    private static final int PERMITTED = 0x10;
    /** A port that others may have answers for is not given to another host for so long (RFC 6888, REQ-8). */
    private static final int QUARANTINE = Wheel.ticks(120_000_000_000L);
    /** Of an affine flow: so many may be there of all sessions, and of one inside host. */
    private static final int AFFINE_PART = 2;

    public final SessionTable sessions;
    public final HostTable hosts;
    final MappingTable mappings;
    private final Permissions permissions;
    private final Wheel wheel;
    private final Allocator allocator;
    private final Shares shares;
    private final Counts counts;
    private final SessionLog log;
    private final long seed;
    /** Mappings whose ports rest, and until when. */
    private final IntQueue resting = new IntQueue();

    private final IntQueue restUntil = new IntQueue();
    private int affine;
    private Refusal refusal = Refusal.TABLE_FULL;
    private int tick;
    private long now;
    private int swept;
    private boolean sweeping;

    public SessionStore(Limits limits, Shares shares, Counts counts, SessionLog log, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        this.seed = random.nextLong();
        this.shares = shares;
        this.counts = counts;
        this.log = log;
        sessions = new SessionTable(limits.sessions(), random.nextLong());
        mappings = new MappingTable(limits.mappings(), random.nextLong());
        hosts = new HostTable(limits.hosts(), random.nextLong());
        permissions = new Permissions(limits.sessions());
        wheel = new Wheel(sessions);
        allocator = new Allocator(hosts, log, random.split());
    }

    /** The time of all that follows. */
    public void time(long nanos) {
        now = nanos;
        tick = Wheel.tick(nanos);
        wheel.start(tick);
    }

    /** The time as sessions note it. */
    public int tick() {
        return tick;
    }

    /** Why the last thing that was asked for was refused. */
    public Refusal refusal() {
        return refusal;
    }

    private int refuse(Refusal why) {
        refusal = why;
        return 0;
    }

    /**
     * The mapping of an inside port that sends to a remote; made if there is none.
     *
     * @return 0 if it is refused
     */
    public int mapping(ShareState share, int protocol, int inside, int port, int remote, int remotePort) {
        int m = share.forwarded.isEmpty() ? 0 : mappings.findInside(share.slot, protocol, inside, port, 0, 0);
        if (m != 0 && mappings.isForward(m)) {
            return m;
        }
        int address = share.maps(Mapping.ENDPOINT_INDEPENDENT) ? 0 : remote;
        int remotesPort = share.maps(Mapping.ADDRESS_AND_PORT_DEPENDENT) ? remotePort : 0;
        m = mappings.findInside(share.slot, protocol, inside, port, address, remotesPort);
        if (m != 0 && isLegal(share, m)) {
            return m;
        }
        if (m != 0) {
            detach(m);
        }
        return newMapping(share, protocol, inside, port, address, remotesPort);
    }

    private int newMapping(ShareState share, int protocol, int inside, int port, int remote, int remotePort) {
        if (mappings.isFull()) {
            return refuse(Refusal.TABLE_FULL);
        }
        int host = host(share, inside);
        if (host == 0) {
            return refuse(Refusal.TABLE_FULL);
        }
        int space = space(protocol);
        int most = share.pool.portsPerHost();
        if (most > 0 && hosts.ports(host, space) >= most) {
            return refuse(Refusal.HOST_PORTS);
        }
        boolean withPorts = hasPorts(protocol);
        long place = withPorts
                ? allocator.port(share, host, space, port, now)
                : allocator.address(share, host, protocol, mappings);
        if (place < 0) {
            hostIdle(host, share);
            return refuse(Refusal.POOL_EMPTY);
        }
        int outside = (int) (place >>> 16);
        int m = mappings.add(
                share.slot, protocol, inside, port, outside, (int) place & 0xFFFF, remote, remotePort, host);
        hosts.addPorts(host, space, 1);
        return m;
    }

    /** True if the protocol's packets have ports or query ids that can be shared out. */
    public static boolean hasPorts(int protocol) {
        return protocol == 6 || protocol == 17 || protocol == 1;
    }

    /** Which of the spaces of ports a protocol has: TCP, UDP, ICMP and all others. */
    private static int space(int protocol) {
        return protocol == 6 ? 0 : protocol == 17 ? 1 : 2;
    }

    /** The host; made if it is not there; 0 if there is no room. */
    private int host(ShareState share, int inside) {
        int host = hosts.find(share.slot, inside);
        if (host == 0) {
            host = hosts.add(share.slot, inside);
        }
        if (host == 0) {
            forget(allocator.forgotten(tick, true)); // an address is no longer kept, lest there be no room
            host = hosts.add(share.slot, inside);
        }
        return host;
    }

    private boolean forget(int host) {
        if (host != 0) {
            ShareState share = shares.get(hosts.share(host));
            OutsideAddress address = share.addresses.of(hosts.outside(host));
            if (address != null && address.keptFor == host) {
                address.keptFor = 0;
            }
            hosts.unkeep(host);
            hostIdle(host, share);
        }
        return host != 0;
    }

    private void hostIdle(int host, ShareState share) {
        if (host != 0 && hosts.isLive(host) && hosts.isIdle(host)) {
            allocator.unpair(share, host);
            hosts.remove(host);
        }
    }

    /** The mapping of an outside port; 0 if there is none that is still legal. */
    public int mappingOf(int protocol, int outside, int port) {
        int m = mappings.findOutside(protocol, outside, port);
        while (m != 0 && !isLegal(shares.get(mappings.share(m)), m)) {
            detach(m);
            m = mappings.findOutside(protocol, outside, port);
        }
        return m != 0 && mappings.is(m, MappingTable.QUARANTINED) ? 0 : m;
    }

    private boolean isLegal(ShareState share, int m) {
        boolean forward = mappings.isForward(m);
        int port = mappings.outsidePort(m);
        boolean inRange =
                !hasPorts(mappings.protocol(m)) || (port >= share.pool.firstPort() && port <= share.pool.lastPort());
        return share.isThere
                && mappings.is(m, MappingTable.BY_OUTSIDE)
                && share.hasOutside(mappings.outside(m))
                && share.inside.holds(0, mappings.inside(m) & 0xFFFF_FFFFL)
                && (forward || inRange);
    }

    /** Whether a remote that has no session with a mapping may send to it (RFC 4787, section 5). */
    public boolean lets(ShareState share, int m, int remote) {
        return mappings.isForward(m)
                || share.filters(Filtering.ENDPOINT_INDEPENDENT)
                || (share.filters(Filtering.ADDRESS_DEPENDENT) && permissions.has(permission(m, remote)));
    }

    private long permission(int m, int remote) {
        long outside = (long) mappings.outside(m) << 32 | (remote & 0xFFFF_FFFFL);
        return Hash.finish(Hash.mix(Hash.mix(seed, outside), mappings.protocol(m) << 16 | mappings.outsidePort(m)));
    }

    /** A mapping's inside address. */
    public int insideOf(int m) {
        return mappings.inside(m);
    }

    /** A mapping's inside port. */
    public int insidePortOf(int m) {
        return mappings.insidePort(m);
    }

    /** The share that a mapping belongs to. */
    public ShareState shareOf(int m) {
        return shares.get(mappings.share(m));
    }

    /**
     * Begins a session between a mapping and a remote.
     *
     * @param m from {@link #mapping} or {@link #mappingOf}, and nothing was asked since
     * @return 0 if it is refused
     */
    public int begin(ShareState share, int m, int remote, int remotePort, int state) {
        int host = mappings.isForward(m) ? host(share, mappings.inside(m)) : mappings.host(m);
        int most = share.pool.sessionsPerHost();
        boolean full = host == 0 || sessions.isFull();
        if (full || (most > 0 && hosts.sessions(host) >= most)) {
            unused(m);
            hostIdle(host, share);
            return refuse(full ? Refusal.TABLE_FULL : Refusal.HOST_SESSIONS);
        }
        revive(m);
        int s = sessions.add(
                SessionTable.NAPT,
                share.slot,
                mappings.protocol(m),
                mappings.inside(m),
                mappings.insidePort(m),
                mappings.outside(m),
                mappings.outsidePort(m),
                remote,
                remotePort,
                m,
                tick);
        sessions.state(s, state);
        sessions.generation(s, shares.generation());
        permit(share, s);
        hairpin(s);
        mappings.sessions(m, mappings.sessions(m) + 1);
        hosts.addSessions(host, 1);
        begun(share, s);
        return s;
    }

    private void begun(ShareState share, int s) {
        share.live++;
        share.created++;
        counts.add(Count.SESSIONS_CREATED);
        wheel.add(s, tick + timeout(share, s));
        log.created(
                share.share.id(),
                sessions.protocol(s),
                sessions.inside(s),
                sessions.insidePort(s),
                sessions.outside(s),
                sessions.outsidePort(s),
                sessions.kind(s) == SessionTable.BINDING ? sessions.outside(s) : sessions.remote(s),
                sessions.remotePort(s),
                now);
    }

    private int timeout(ShareState share, int s) {
        return share.timeout(sessions.kind(s), sessions.protocol(s), sessions.state(s));
    }

    private void hairpin(int s) {
        if (shares.byOutside(sessions.remote(s)) == null) {
            sessions.unset(s, SessionTable.HAIRPIN);
        } else {
            sessions.set(s, SessionTable.HAIRPIN);
        }
    }

    private void permit(ShareState share, int s) {
        if (share.filters(Filtering.ADDRESS_DEPENDENT) && !sessions.is(s, PERMITTED)) {
            permissions.add(permission(sessions.mapping(s), sessions.remote(s)));
            sessions.set(s, PERMITTED);
        }
    }

    /** A mapping was made for a session that did not come. */
    private void unused(int m) {
        if (mappings.sessions(m) == 0 && !mappings.isForward(m) && !mappings.is(m, MappingTable.QUARANTINED)) {
            release(m, End.IDLE);
        }
    }

    private void revive(int m) {
        if (mappings.is(m, MappingTable.QUARANTINED)) {
            mappings.unset(m, MappingTable.QUARANTINED);
            mappings.sessions(m, 0);
        }
    }

    /** The state of a session changed: its timer may end earlier than before. */
    public void rearm(ShareState share, int s) {
        wheel.remove(s);
        wheel.add(s, tick + timeout(share, s));
    }

    /**
     * The binding of an inside host of DYNAMIC; made if there is none.
     *
     * @return 0 if it is refused
     */
    public int bind(ShareState share, int inside) {
        int host = host(share, inside);
        if (host == 0 || sessions.isFull()) {
            return refuse(Refusal.TABLE_FULL);
        }
        OutsideAddress address = allocator.binding(share, host);
        if (address == null || (address.binding != 0 && check(address.binding))) {
            hostIdle(host, share);
            return refuse(Refusal.POOL_EMPTY);
        }
        int s = sessions.add(SessionTable.BINDING, share.slot, 0, inside, 0, address.address, 0, 0, 0, host, tick);
        sessions.generation(s, shares.generation());
        address.binding = s;
        hosts.addSessions(host, 1);
        begun(share, s);
        return s;
    }

    /** Notes that a flow came in by an affine share. Returns 0 if there is no room for it. */
    public int note(
            ShareState share,
            int protocol,
            long high,
            long low,
            int port,
            long remoteHigh,
            long remoteLow,
            int remotePort,
            int state) {
        if (affine >= sessions.most() / AFFINE_PART) {
            return refuse(Refusal.TABLE_FULL);
        }
        int s = sessions.addFlow(share.slot, protocol, high, low, port, remoteHigh, remoteLow, remotePort, tick);
        if (s == 0) {
            return refuse(Refusal.TABLE_FULL);
        }
        sessions.state(s, state);
        sessions.generation(s, shares.generation());
        affine++;
        share.live++;
        share.created++;
        counts.add(Count.SESSIONS_CREATED);
        wheel.add(s, tick + timeout(share, s));
        return s;
    }

    /** An affine flow came in by another share than before. */
    public void move(int s, ShareState to) {
        shares.get(sessions.share(s)).live--;
        sessions.share(s, to.slot);
        to.live++;
    }

    /** False, and the session has ended, if shares changed so that it has no place any more. To be asked before it is used. */
    public boolean check(int s) {
        int generation = shares.generation();
        if (sessions.generation(s) == generation) {
            return true;
        }
        ShareState share = shares.get(sessions.share(s));
        if (!isLegal(share, sessions.kind(s), s)) {
            end(s, End.SHARE_CHANGED);
            return false;
        }
        sessions.generation(s, generation);
        if (sessions.kind(s) == SessionTable.NAPT) {
            permit(share, s);
            hairpin(s);
        }
        rearmFrom(share, s, sessions.lastSeen(s));
        return true;
    }

    private void rearmFrom(ShareState share, int s, int from) {
        wheel.remove(s);
        wheel.add(s, from + timeout(share, s));
    }

    private boolean isLegal(ShareState share, int kind, int s) {
        if (!share.isThere) {
            return false;
        }
        return switch (kind) {
            case SessionTable.NAPT ->
                isLegal(share, sessions.mapping(s))
                        && !Block.anyHolds(share.exempt, 0, sessions.remote(s) & 0xFFFF_FFFFL);
            case SessionTable.BINDING ->
                share.inside.holds(0, sessions.inside(s) & 0xFFFF_FFFFL)
                        && share.hasOutside(sessions.outside(s))
                        && Allocator.mayHave(share, sessions.inside(s), sessions.outside(s));
            default -> share.inside.holds(sessions.word(s, 0), sessions.word(s, 1)) && share.share.affine();
        };
    }

    /** Ends a session, and what stands on it alone. */
    public void end(int s, End why) {
        ShareState share = shares.get(sessions.share(s));
        int kind = sessions.kind(s);
        if (kind == SessionTable.AFFINE) {
            affine--;
        } else {
            tell(share, s, why);
        }
        share.live--;
        if (why == End.SHARE_CHANGED) {
            share.lost++;
            counts.add(Count.SESSIONS_LOST);
        }
        counts.add(Count.SESSIONS_ENDED);
        wheel.remove(s);
        int stands = sessions.mapping(s);
        if (kind == SessionTable.NAPT && sessions.is(s, PERMITTED)) {
            permissions.remove(permission(stands, sessions.remote(s)));
        }
        int inside = sessions.inside(s);
        int outside = sessions.outside(s);
        sessions.remove(s);
        if (kind == SessionTable.NAPT) {
            ended(share, stands, inside, why);
        } else if (kind == SessionTable.BINDING) {
            unbound(share, stands, outside);
        }
    }

    private void tell(ShareState share, int s, End why) {
        log.ended(
                share.share.id(),
                sessions.protocol(s),
                sessions.inside(s),
                sessions.insidePort(s),
                sessions.outside(s),
                sessions.outsidePort(s),
                sessions.kind(s) == SessionTable.BINDING ? sessions.outside(s) : sessions.remote(s),
                sessions.remotePort(s),
                since(sessions.since(s)),
                now,
                sessions.packets(s),
                sessions.bytes(s),
                why);
    }

    /** Nanoseconds of the datapath's clock at a tick not later than now. */
    public long since(int then) {
        return now - ((long) (tick - then) << Wheel.TICK_BITS);
    }

    private void unbound(ShareState share, int host, int outside) {
        hosts.addSessions(host, -1);
        OutsideAddress address = share.addresses.of(outside);
        if (address != null) {
            address.binding = 0;
        }
        allocator.keep(share, host, address, tick);
        hostIdle(host, share);
    }

    private void ended(ShareState share, int m, int inside, End why) {
        int host = hosts.find(share.slot, inside);
        hosts.addSessions(host, -1);
        int left = mappings.sessions(m) - 1;
        mappings.sessions(m, left);
        if (left > 0) {
            return;
        }
        if (mappings.isForward(m)) {
            hostIdle(host, share);
            return;
        }
        if (!mappings.is(m, MappingTable.BY_OUTSIDE)) {
            drop(m);
        } else if (mustRest(share, mappings.protocol(m))) {
            mappings.set(m, MappingTable.QUARANTINED);
            mappings.sessions(m, tick + QUARANTINE);
            rest(m, tick + QUARANTINE);
        } else {
            release(m, why);
        }
        hostIdle(host, share);
    }

    /** RFC 6888, REQ-8: not with TCP, whose end is seen; nor where the filter or the formula keeps others' packets away. */
    private static boolean mustRest(ShareState share, int protocol) {
        return share.isThere
                && protocol != 6
                && share.filters(Filtering.ENDPOINT_INDEPENDENT)
                && share.deterministic == null;
    }

    /** A mapping is found no more and its port is free; sessions that have it are no longer legal. */
    private void detach(int m) {
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
            unforward(share, m, space);
            return;
        }
        int host = mappings.host(m);
        if (hasPorts(mappings.protocol(m))) {
            allocator.free(share, host, space, mappings.outside(m), mappings.outsidePort(m), now, why);
        }
        hosts.addPorts(host, space, -1);
        hostIdle(host, share);
    }

    private void unforward(ShareState share, int m, int space) {
        OutsideAddress address = share.addresses.of(mappings.outside(m));
        if (address != null) {
            address.ports(space).free(mappings.outsidePort(m));
        }
        mappings.unset(m, MappingTable.FORWARD);
    }

    /** Sets up a static forward in the place of whoever has the port. False if there is no room. */
    boolean forward(ShareState share, int protocol, int inside, int insidePort, int outside, int outsidePort) {
        int before = mappings.findOutside(protocol, outside, outsidePort);
        if (before != 0 && isForward(before, share, inside, insidePort)) {
            mappings.attach(before);
            return true;
        }
        if (before != 0) {
            detach(before);
        }
        int other = mappings.findInside(share.slot, protocol, inside, insidePort, 0, 0);
        if (other != 0 && !mappings.isForward(other)) {
            detach(other); // the inside port is seen at the forward's from now on
        }
        int m = mappings.add(share.slot, protocol, inside, insidePort, outside, outsidePort, 0, 0, 0);
        if (m != 0) {
            mappings.set(m, MappingTable.FORWARD);
            share.addresses.of(outside).ports(space(protocol)).take(outsidePort);
        }
        return m != 0;
    }

    private boolean isForward(int m, ShareState share, int inside, int insidePort) {
        return mappings.isForward(m)
                && mappings.inside(m) == inside
                && mappings.insidePort(m) == insidePort
                && mappings.share(m) == share.slot;
    }

    /** Takes a static forward away; its sessions are no longer legal. */
    void unforward(int protocol, int outside, int outsidePort) {
        int m = mappings.findOutside(protocol, outside, outsidePort);
        if (m != 0 && mappings.isForward(m)) {
            detach(m);
        }
    }

    /**
     * Ends what is due.
     *
     * @param most sessions, and ports at rest, that are looked at
     * @return how many were
     */
    public int expire(int most) {
        int done = 0;
        for (; done < most; done++) {
            int s = wheel.due(tick);
            if (s == 0) {
                break;
            }
            ifDue(s);
        }
        for (; done < most && !resting.isEmpty() && rested(); done++) {}
        for (; done < most && forget(allocator.forgotten(tick, false)); done++) {}
        return done;
    }

    private void ifDue(int s) {
        ShareState share = shares.get(sessions.share(s));
        int due = sessions.lastSeen(s) + timeout(share, s);
        wheel.add(s, due); // also if it ends: end() takes it off again
        if (due - tick <= 0) {
            int state = sessions.state(s);
            boolean closed = sessions.protocol(s) == 6 && (state == TcpState.CLOSED || state == TcpState.RESET);
            end(s, closed ? End.CLOSED : End.IDLE);
        }
    }

    /** Looks at the port that rests for longest. False if it must rest on. */
    private boolean rested() {
        if (restUntil.peek() - tick > 0) {
            return false;
        }
        int m = resting.take();
        int until = restUntil.take();
        boolean rests = mappings.is(m, MappingTable.QUARANTINED) && !mappings.is(m, MappingTable.GONE);
        woken(m, rests && mappings.sessions(m) == until); // else it was in use meanwhile, and comes once more
        return true;
    }

    private void rest(int m, int until) {
        resting.add(m);
        restUntil.add(until);
        mappings.queued(m, 1);
    }

    private void woken(int m, boolean ends) {
        mappings.queued(m, -1);
        if (mappings.is(m, MappingTable.GONE)) {
            drop(m);
        } else if (ends) {
            mappings.unset(m, MappingTable.QUARANTINED);
            mappings.sessions(m, 0);
            release(m, End.IDLE);
        }
    }

    /** Shares changed: all sessions are to be looked at again, little by little. */
    void sweep() {
        swept = 0;
        sweeping = true;
    }

    boolean isSweeping() {
        return sweeping;
    }

    /** Looks at so many sessions whether they are still legal; once all were, shares that are gone are forgotten. */
    public void sweep(int most) {
        for (int i = 0; i < most && sweeping; i++) {
            if (++swept > sessions.highest()) {
                sweeping = false;
                forgetGone();
            } else if (sessions.kind(swept) != SessionTable.NONE) {
                check(swept);
            }
        }
    }

    /** No session names a share that is gone; now no port at rest and no host does. */
    private void forgetGone() {
        for (int i = resting.size(); i > 0; i--) {
            int m = resting.take();
            int until = restUntil.take();
            if (shares.get(mappings.share(m)).isThere) {
                resting.add(m);
                restUntil.add(until);
            } else {
                woken(m, mappings.is(m, MappingTable.QUARANTINED));
            }
        }
        for (int h = 1; h <= hosts.highest() && shares.anyGone(); h++) {
            if (hosts.isLive(h) && hosts.isKept(h) && !shares.get(hosts.share(h)).isThere) {
                forget(h);
            }
        }
        shares.forgetGone();
    }

    /** Mappings that there are. */
    public int mappings() {
        return mappings.live();
    }

    /** Octets of memory set aside. */
    public long octets() {
        return sessions.octets() + mappings.octets() + hosts.octets() + permissions.octets();
    }

    @Override
    public void close() {
        sessions.close();
        mappings.close();
        hosts.close();
        permissions.close();
    }
}
