package io.natator.softswitch.session;

/**
 * Reads early what packets, and sessions that end, will need of tables that are far larger than caches: what one waits for in memory,
 * others wait for at the same time. What is read means nothing.
 */
public final class Ahead {
    private final SessionTable sessions;
    private final MappingTable mappings;
    private final Permissions permissions;
    /** Of no meaning; without it the compiler would leave out the reading. */
    @SuppressWarnings("UnusedVariable")
    private long read;

    Ahead(SessionTable sessions, MappingTable mappings, Permissions permissions) {
        this.sessions = sessions;
        this.mappings = mappings;
        this.permissions = permissions;
    }

    /**
     * Begins to fetch the session of a packet from inside, or else where its mapping will be looked for.
     *
     * @return what {@link #touch} takes
     */
    public long outward(ShareState share, int protocol, int inside, int port, int remote, int remotePort) {
        int s = sessions.likely(sessions.insideHash(share.slot, protocol, inside, port, remote, remotePort), true);
        return s != 0 ? s : ~mappings.place(share, protocol, inside, port, remote, remotePort);
    }

    /** Begins to fetch the session of a packet from outside. Returns what {@link #touch} takes. */
    public long inward(int protocol, int outside, int port, int remote, int remotePort) {
        return sessions.likely(sessions.outsideHash(protocol, outside, port, remote, remotePort), false);
    }

    /** Reads what a hint leads to, 0 to nothing. What it returns must be used lest the compiler leaves it out. */
    public long touch(long hint) {
        return hint > 0 ? sessions.touch((int) hint) : hint < 0 ? mappings.touchPlace((int) ~hint) : 0;
    }

    /** A session with a new mapping will begin. */
    void begin(int protocol, int outside, int port, int remote, int remotePort) {
        read = sessions.touchOutside(protocol, outside, port, remote, remotePort)
                + mappings.touchOutside(protocol, outside, port)
                + permissions.touch(permissions.key(protocol, outside, port, remote));
    }

    /** Sessions will end. */
    void end(int[] some, int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            int s = some[i];
            sum += sessions.touchPlaces(s);
            if (sessions.kind(s) == SessionTable.NAPT) {
                long key = permissions.key(
                        sessions.protocol(s), sessions.outside(s), sessions.outsidePort(s), sessions.remote(s));
                sum += mappings.touch(sessions.mapping(s)) + permissions.touch(key);
            }
        }
        for (int i = 0; i < count; i++) {
            int s = some[i];
            sum += sessions.kind(s) == SessionTable.NAPT ? mappings.touchPlaces(sessions.mapping(s)) : 0;
        }
        read = sum;
    }
}
