package io.natator.softswitch.session;

/** Tells the log what becomes of sessions, bindings and mappings. */
final class SessionEvents {
    private final SessionTable sessions;
    private final MappingTable mappings;
    private final HostTable hosts;
    private final SessionLog log;
    private final Moment moment;

    SessionEvents(SessionTable sessions, MappingTable mappings, HostTable hosts, SessionLog log, Moment moment) {
        this.sessions = sessions;
        this.mappings = mappings;
        this.hosts = hosts;
        this.log = log;
        this.moment = moment;
    }

    void created(ShareState share, int s) {
        log.created(
                share.share.id(),
                sessions.protocol(s),
                hosts.high(share, sessions.inside(s)),
                hosts.low(share, sessions.inside(s)),
                sessions.insidePort(s),
                sessions.outside(s),
                sessions.outsidePort(s),
                remote(s),
                sessions.remotePort(s),
                moment.now);
    }

    void ended(ShareState share, int s, End why) {
        log.ended(
                share.share.id(),
                sessions.protocol(s),
                hosts.high(share, sessions.inside(s)),
                hosts.low(share, sessions.inside(s)),
                sessions.insidePort(s),
                sessions.outside(s),
                sessions.outsidePort(s),
                remote(s),
                sessions.remotePort(s),
                moment.at(sessions.since(s)),
                moment.now,
                sessions.packets(s),
                sessions.bytes(s),
                why);
    }

    /** A binding has no remote: its own address. */
    private int remote(int s) {
        return sessions.kind(s) == SessionTable.BINDING ? sessions.outside(s) : sessions.remote(s);
    }

    /** A mapping has its first session. */
    void mapped(ShareState share, int m) {
        log.mapped(
                share.share.id(),
                mappings.protocol(m),
                hosts.high(share, mappings.inside(m)),
                hosts.low(share, mappings.inside(m)),
                mappings.insidePort(m),
                mappings.outside(m),
                mappings.outsidePort(m),
                moment.now);
    }

    /** A mapping's last session ends. */
    void unmapped(ShareState share, int m, End why) {
        log.unmapped(
                share.share.id(),
                mappings.protocol(m),
                hosts.high(share, mappings.inside(m)),
                hosts.low(share, mappings.inside(m)),
                mappings.insidePort(m),
                mappings.outside(m),
                mappings.outsidePort(m),
                moment.now,
                why);
    }
}
