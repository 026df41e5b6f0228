package io.natator.softswitch.session;

import io.natator.model.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.onlab.packet.IpAddress;

/** The tables in the words of the model. Allocates. */
public final class Inspection {
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
        int version = shares.get(sessions.share(s)).inside.version;
        return Block.address(version, sessions.word(s, word), sessions.word(s, word + 1));
    }

    private boolean isAffine(int s) {
        return sessions.kind(s) == SessionTable.AFFINE;
    }

    public IpAddress inside(int s) {
        return isAffine(s) ? address(s, 0) : store.insideAddress(shares.get(sessions.share(s)), sessions.inside(s));
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
        return Block.address(to.version, high, low);
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

    /** The binding that has an outside address now. */
    public Optional<Session> binding(int outside, Instant wall) {
        int binding = sessions.findOutside(sessions.outsideHash(0, outside, 0, 0, 0), 0, outside, 0, 0, 0);
        return binding != 0 && store.check(binding) ? Optional.of(session(binding, wall)) : Optional.empty();
    }

    /** Whose an outside port is now: its remote is the outside address itself. */
    public Optional<Session> owner(int protocol, int outside, int port, Instant wall) {
        ShareState share = shares.byOutside(outside);
        if (share == null || !share.kind.sharesPorts()) {
            return Optional.empty();
        }
        int m = store.mappingOf(protocol, outside, port);
        if (m != 0) {
            String state = store.mappings.isForward(m) ? "forward" : "mapping";
            IpAddress inside = store.insideAddress(store.shareOf(m), store.insideOf(m));
            return Optional.of(mapping(share, protocol, inside, store.insidePortOf(m), outside, port, state, wall));
        }
        Deterministic formula = share.deterministic;
        long host = formula == null ? -1 : formula.host(share.addresses.index(outside), port);
        if (host < 0 || !SessionStore.hasPorts(protocol)) {
            return Optional.empty();
        }
        IpAddress inside = ipv4((int) (share.inside.low + host));
        return Optional.of(mapping(share, protocol, inside, 0, outside, port, "deterministic", wall));
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
}
