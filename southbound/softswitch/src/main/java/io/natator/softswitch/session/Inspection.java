package io.natator.softswitch.session;

import io.natator.model.intent.Kind;
import io.natator.model.session.PoolUse;
import io.natator.model.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;
import org.onlab.packet.IpAddress;

/** The tables in the words of the model. Allocates. */
public final class Inspection {
    /** Owners of ports that one lookup tells. */
    private static final int MOST_OWNERS = 1000;
    /** Hosts of which the busiest are told. */
    private static final int TOP = 10;

    private static final int[] PROTOCOLS = {6, 17, 1};

    private final Shares shares;
    private final SessionStore store;
    private final SessionTable sessions;

    public Inspection(Shares shares, SessionStore store) {
        this.shares = shares;
        this.store = store;
        this.sessions = store.sessions;
    }

    private static IpAddress ipv4(int address) {
        return IpAddress.valueOf(address);
    }

    private IpAddress address(int s, int word) {
        if (shares.get(sessions.share(s)).inside.version == 4) {
            return ipv4((int) sessions.word(s, word + 1));
        }
        byte[] octets = new byte[16];
        for (int i = 0; i < 16; i++) {
            octets[i] = (byte) (sessions.word(s, word + i / 8) >>> (56 - i % 8 * 8));
        }
        return IpAddress.valueOf(IpAddress.Version.INET6, octets);
    }

    private boolean isAffine(int s) {
        return sessions.kind(s) == SessionTable.AFFINE;
    }

    public IpAddress inside(int s) {
        return isAffine(s) ? address(s, 0) : ipv4(sessions.inside(s));
    }

    public IpAddress remote(int s) {
        return isAffine(s)
                ? address(s, 2)
                : ipv4(sessions.kind(s) == SessionTable.BINDING ? sessions.outside(s) : sessions.remote(s));
    }

    public IpAddress outside(int s) {
        if (!isAffine(s)) {
            return ipv4(sessions.outside(s));
        }
        Block to = shares.get(sessions.share(s)).outside[0];
        long high = to.placeHigh(sessions.word(s, 0));
        long low = to.placeLow(sessions.word(s, 1));
        return to.version == 4 ? ipv4((int) low) : ipv6(high, low);
    }

    private static IpAddress ipv6(long high, long low) {
        byte[] octets = new byte[16];
        for (int i = 0; i < 8; i++) {
            octets[i] = (byte) (high >>> (56 - 8 * i));
            octets[8 + i] = (byte) (low >>> (56 - 8 * i));
        }
        return IpAddress.valueOf(IpAddress.Version.INET6, octets);
    }

    public int outsidePort(int s) {
        return isAffine(s) ? sessions.insidePort(s) : sessions.outsidePort(s);
    }

    /** @param wall what now is for people */
    public Session session(int s, Instant wall) {
        ShareState share = shares.get(sessions.share(s));
        int left = sessions.lastSeen(s)
                + share.timeout(sessions.kind(s), sessions.protocol(s), sessions.state(s))
                - store.tick();
        return new Session(
                share.share.translation(),
                sessions.protocol(s),
                inside(s),
                sessions.insidePort(s),
                outside(s),
                outsidePort(s),
                remote(s),
                sessions.remotePort(s),
                state(s),
                wall.minus(ticks(store.tick() - sessions.since(s))),
                wall.plus(ticks(left)),
                sessions.packets(s),
                sessions.bytes(s));
    }

    private static Duration ticks(int ticks) {
        return Duration.ofNanos((long) ticks << Wheel.TICK_BITS);
    }

    private String state(int s) {
        if (sessions.kind(s) == SessionTable.BINDING) {
            return "binding";
        }
        if (sessions.protocol(s) == 6) {
            return TcpState.name(sessions.state(s));
        }
        return isAffine(s) || sessions.state(s) == 3 ? "active" : "unanswered";
    }

    /** Whose an outside address and port are now: one answer a mapping, its remote the outside address itself. */
    public List<Session> owners(int outside, int protocol, int port, Instant wall) {
        List<Session> found = new ArrayList<>();
        int binding = sessions.findOutside(sessions.outsideHash(0, outside, 0, 0, 0), 0, outside, 0, 0, 0);
        if (binding != 0 && store.check(binding)) {
            found.add(session(binding, wall));
            return found;
        }
        ShareState share = shares.byOutside(outside);
        if (share == null || share.kind != Kind.NAPT) {
            return found;
        }
        int[] protocols = protocol == 0 ? PROTOCOLS : new int[] {protocol};
        for (int one : protocols) {
            int last = port == 0 ? 65535 : port;
            for (int i = port; i <= last && found.size() < MOST_OWNERS; i++) {
                owner(found, share, one, outside, i, wall);
            }
        }
        return found;
    }

    private void owner(List<Session> found, ShareState share, int protocol, int outside, int port, Instant wall) {
        int m = store.mappingOf(protocol, outside, port);
        if (m != 0) {
            String state = store.mappings.isForward(m) ? "forward" : "mapping";
            found.add(mapping(
                    share, protocol, ipv4(store.insideOf(m)), store.insidePortOf(m), outside, port, state, wall));
            return;
        }
        Deterministic formula = share.deterministic;
        long host = formula == null ? -1 : formula.host(share.addresses.index(outside), port);
        if (host >= 0 && SessionStore.hasPorts(protocol)) {
            IpAddress inside = ipv4((int) (share.inside.low + host));
            found.add(mapping(share, protocol, inside, 0, outside, port, "deterministic", wall));
        }
    }

    private static Session mapping(
            ShareState share,
            int protocol,
            IpAddress inside,
            int insidePort,
            int outside,
            int port,
            String state,
            Instant wall) {
        return new Session(
                share.share.translation(),
                protocol,
                inside,
                insidePort,
                ipv4(outside),
                port,
                ipv4(outside),
                0,
                state,
                wall,
                wall,
                0,
                0);
    }

    /** Use of all shares that have sessions. */
    public List<PoolUse> use() {
        List<PriorityQueue<PoolUse.Host>> top = new ArrayList<>();
        for (int h = 1; h <= store.hosts.highest(); h++) {
            if (store.hosts.isLive(h) && store.hosts.sessions(h) > 0) {
                int slot = store.hosts.share(h);
                while (top.size() <= slot) {
                    top.add(new PriorityQueue<>(Comparator.comparingLong(PoolUse.Host::sessions)));
                }
                offer(top.get(slot), h);
            }
        }
        List<PoolUse> all = new ArrayList<>();
        for (ShareState share : shares.all()) {
            if (share.kind != Kind.STATIC || share.share.affine()) {
                all.add(use(share, share.slot < top.size() ? top.get(share.slot) : new PriorityQueue<>()));
            }
        }
        return all;
    }

    private void offer(PriorityQueue<PoolUse.Host> busiest, int h) {
        if (busiest.size() == TOP && busiest.peek().sessions() >= store.hosts.sessions(h)) {
            return;
        }
        busiest.add(new PoolUse.Host(ipv4(store.hosts.inside(h)), store.hosts.sessions(h)));
        if (busiest.size() > TOP) {
            busiest.remove();
        }
    }

    private static PoolUse use(ShareState share, PriorityQueue<PoolUse.Host> busiest) {
        long addresses = share.addresses == null ? 0 : share.addresses.size();
        long used = 0;
        long portsUsed = 0;
        for (int i = 0; i < addresses; i++) {
            OutsideAddress one = share.addresses.known(i);
            if (one != null) {
                used += one.isUsed() ? 1 : 0;
                portsUsed += one.taken();
            }
        }
        int range = share.pool.lastPort() - share.pool.firstPort() + 1;
        SortedMap<String, Long> refused = new TreeMap<>();
        for (Refusal why : Refusal.values()) {
            if (share.refused(why) > 0) {
                refused.put(why.word(), share.refused(why));
            }
        }
        return new PoolUse(
                share.share.id(),
                share.share.translation(),
                addresses,
                used,
                share.kind == Kind.NAPT ? addresses * range * OutsideAddress.SPACES : 0,
                portsUsed,
                share.live,
                share.created,
                refused,
                share.lost,
                busiest.stream()
                        .sorted(Comparator.comparingLong(PoolUse.Host::sessions).reversed())
                        .toList());
    }
}
