package io.natator.softswitch.session;

import io.natator.model.intent.Pool.Filtering;
import io.natator.model.intent.Pool.Forward;
import io.natator.softswitch.count.Count;
import io.natator.softswitch.count.Counts;
import java.util.SplittableRandom;
import org.onlab.packet.IpAddress;

/**
 * Sessions, bindings and affine flows: how they begin and how they end. A session of NAPT stands on a mapping
 * ({@link MappingStore}).
 */
public final class SessionStore implements AutoCloseable {
    /** On sessions: {@link #permissions} counts it. */
    private static final int PERMITTED = 0x10;
    /** Affine flows: so many may be there of all sessions. */
    private static final int AFFINE_PART = 2;

    public final SessionTable sessions;
    public final HostTable hosts;
    public final Ahead ahead;
    final MappingTable mappings;
    private final MappingStore below;
    private final Permissions permissions;
    private final Wheel wheel;
    private final Shares shares;
    private final Counts counts;
    private final SessionEvents events;
    private final Moment moment = new Moment();
    private final Aging aging;
    private int affine;

    public SessionStore(Limits limits, Shares shares, Counts counts, SessionLog log, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        permissions = new Permissions(limits.sessions(), random.nextLong());
        this.shares = shares;
        this.counts = counts;
        sessions = new SessionTable(limits.sessions(), random.nextLong());
        wheel = new Wheel(sessions);
        below = new MappingStore(limits, sessions, permissions, shares, log, moment, random);
        mappings = below.mappings;
        hosts = below.hosts;
        ahead = below.ahead;
        events = new SessionEvents(sessions, mappings, hosts, log, moment);
        aging = new Aging(this, below, wheel, shares, moment);
    }

    /** The time of all that follows. */
    public void time(long nanos) {
        moment.set(nanos);
        wheel.start(moment.tick);
    }

    /** The time as sessions note it. */
    public int tick() {
        return moment.tick;
    }

    /** Why the last thing that was asked for was refused. */
    public Refusal refusal() {
        return below.refusal();
    }

    /**
     * The mapping of an inside port that sends to a remote; made if there is none.
     *
     * @return 0 if it is refused
     */
    public int mapping(ShareState share, int protocol, int inside, int port, int remote, int remotePort) {
        return below.mapping(share, protocol, inside, port, remote, remotePort);
    }

    /** As {@link #mapping}, but none is made: 0 if there is none that is still legal. */
    public int knownMapping(ShareState share, int protocol, int inside, int port, int remote, int remotePort) {
        return below.knownMapping(share, protocol, inside, port, remote, remotePort);
    }

    /** The mapping of an outside port; 0 if there is none that is still legal. */
    public int mappingOf(int protocol, int outside, int port) {
        return below.mappingOf(protocol, outside, port);
    }

    /** True if the protocol's packets have ports or query ids that can be shared out. */
    public static boolean hasPorts(int protocol) {
        return MappingStore.hasPorts(protocol);
    }

    /** Whether a remote that has no session with a mapping may send to it (RFC 4787, section 5). */
    public boolean lets(ShareState share, int m, int remote) {
        return mappings.isForward(m)
                || share.filters(Filtering.ENDPOINT_INDEPENDENT)
                || (share.filters(Filtering.ADDRESS_DEPENDENT) && permissions.has(permission(m, remote)));
    }

    private long permission(int m, int remote) {
        return permissions.key(mappings.protocol(m), mappings.outside(m), mappings.outsidePort(m), remote);
    }

    /** An inside host's address, by what sessions and mappings of the share have for it. Allocates. */
    public IpAddress insideAddress(ShareState share, int inside) {
        return Block.address(share.inside.version, hosts.high(share, inside), hosts.low(share, inside));
    }

    /**
     * The number of an IPv6 host, which goes in the place of an inside address; it is made known if it is not. To be given to
     * {@link #leave} if nothing was made for it then.
     *
     * @return 0 if there is no room
     */
    public int enter(ShareState share, long high, long low) {
        int host = below.known.host(share, high, low);
        return host != 0 ? host : below.refuse(Refusal.TABLE_FULL);
    }

    /** Nothing was made for a host: it is not known any more unless something else is there. */
    public void leave(ShareState share, int host) {
        below.known.idle(host, share);
    }

    /** A mapping's inside address. */
    public int insideOf(int m) {
        return mappings.inside(m);
    }

    /** A mapping's inside port. */
    public int insidePortOf(int m) {
        return mappings.insidePort(m);
    }

    /** A mapping's outside address. */
    public int outsideOf(int m) {
        return mappings.outside(m);
    }

    /** A mapping's outside port. */
    public int outsidePortOf(int m) {
        return mappings.outsidePort(m);
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
        int host = mappings.isForward(m) ? below.known.host(share, mappings.inside(m)) : mappings.host(m);
        boolean full = host == 0 || sessions.isFull();
        if (full || below.hasAllSessions(share, host)) {
            below.unused(m);
            below.known.idle(host, share);
            return below.refuse(full ? Refusal.TABLE_FULL : Refusal.HOST_SESSIONS);
        }
        below.revive(m);
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
                moment.tick);
        sessions.state(s, state);
        sessions.generation(s, shares.generation());
        permit(share, s);
        hairpin(s);
        mappings.sessions(m, mappings.sessions(m) + 1);
        hosts.addSessions(host, 1);
        begun(share, s);
        if (mappings.sessions(m) == 1) {
            events.mapped(share, m);
        }
        return s;
    }

    private void begun(ShareState share, int s) {
        share.live++;
        share.created++;
        counts.add(Count.SESSIONS_CREATED);
        wheel.add(s, moment.tick + timeout(share, s));
        events.created(share, s);
    }

    int timeout(ShareState share, int s) {
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

    /** The state of a session changed: its timer may end earlier than before. */
    public void rearm(ShareState share, int s) {
        wheel.remove(s);
        wheel.add(s, moment.tick + timeout(share, s));
    }

    /**
     * The binding of an inside host of DYNAMIC; made if there is none.
     *
     * @return 0 if it is refused
     */
    public int bind(ShareState share, int inside) {
        if (!share.isOpen(moment.tick)) {
            return below.refuse(Refusal.NOT_OPEN);
        }
        below.known.forgetDue(share);
        int host = below.known.host(share, inside);
        if (host == 0 || sessions.isFull()) {
            return below.refuse(Refusal.TABLE_FULL);
        }
        OutsideAddress address = below.bindings.binding(share, host, moment.tick);
        if (address == null || (address.binding() != 0 && check(address.binding()))) {
            below.known.idle(host, share);
            return below.refuse(Refusal.POOL_EMPTY);
        }
        int s = sessions.add(
                SessionTable.BINDING, share.slot, 0, inside, 0, address.address, 0, 0, 0, host, moment.tick);
        sessions.generation(s, shares.generation());
        address.binding(s);
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
            return below.refuse(Refusal.TABLE_FULL);
        }
        int s = sessions.addFlow(share.slot, protocol, high, low, port, remoteHigh, remoteLow, remotePort, moment.tick);
        if (s == 0) {
            return below.refuse(Refusal.TABLE_FULL);
        }
        sessions.state(s, state);
        sessions.generation(s, shares.generation());
        affine++;
        share.live++;
        share.created++;
        counts.add(Count.SESSIONS_CREATED);
        wheel.add(s, moment.tick + timeout(share, s));
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

    void rearmFrom(ShareState share, int s, int from) {
        wheel.remove(s);
        wheel.add(s, from + timeout(share, s));
    }

    private boolean isLegal(ShareState share, int kind, int s) {
        if (!share.isThere) {
            return false;
        }
        return switch (kind) {
            case SessionTable.NAPT -> below.isLegal(share, sessions.mapping(s)) && !share.isExempt(sessions.remote(s));
            case SessionTable.BINDING ->
                share.inside.holds(0, sessions.inside(s) & 0xFFFF_FFFFL)
                        && share.hasOutside(sessions.outside(s))
                        && AddressAllocator.mayHave(share, sessions.inside(s), sessions.outside(s));
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
            events.ended(share, s, why);
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
            if (mappings.sessions(stands) == 1) {
                events.unmapped(share, stands, why);
            }
            below.left(share, stands, inside, why);
        } else if (kind == SessionTable.BINDING) {
            unbound(share, stands, outside);
        }
    }

    /** Nanoseconds of the datapath's clock at a tick not later than now. */
    public long since(int then) {
        return moment.at(then);
    }

    private void unbound(ShareState share, int host, int outside) {
        hosts.addSessions(host, -1);
        OutsideAddress address = share.addresses.stateOf(outside);
        address.binding(0);
        below.bindings.keep(share, host, address, moment.tick);
        below.known.idle(host, share);
    }

    /** Sets up a static forward in the place of whoever has the port. False if there is no room. */
    boolean forward(ShareState share, Forward f) {
        return below.forwards.add(share, f);
    }

    /** Takes a static forward away; its sessions are no longer legal. */
    void unforward(int protocol, int outside, int outsidePort) {
        below.forwards.remove(protocol, outside, outsidePort);
    }

    /**
     * Ends what is due.
     *
     * @param most sessions, and ports at rest, that are looked at
     * @return how many were
     */
    public int expire(int most) {
        return aging.expire(most);
    }

    /** Shares changed: all sessions are to be looked at again, little by little. */
    void sweep() {
        aging.begin();
    }

    /** Looks at so many sessions, ports at rest and hosts, whether they are still legal; once all were, shares that are gone are forgotten. */
    public void sweep(int most) {
        aging.sweep(most);
    }

    /** Addresses whose bindings rules of devices do the work of. */
    Holds holds() {
        return below.holds;
    }

    /** Mappings that there are. */
    public int mappings() {
        return mappings.live();
    }

    /** Octets of memory set aside. */
    public long octets() {
        return sessions.octets() + below.octets() + permissions.octets();
    }

    @Override
    public void close() {
        sessions.close();
        permissions.close();
        below.close();
    }
}
