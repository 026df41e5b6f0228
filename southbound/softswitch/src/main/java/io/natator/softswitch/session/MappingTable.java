package io.natator.softswitch.session;

import static io.natator.softswitch.frame.Memory.i32;
import static io.natator.softswitch.frame.Memory.put16;
import static io.natator.softswitch.frame.Memory.put32;
import static io.natator.softswitch.frame.Memory.put8;
import static io.natator.softswitch.frame.Memory.u16;
import static io.natator.softswitch.frame.Memory.u8;

import io.natator.softswitch.table.Hash;

/**
 * Mappings of NAPT, 32 octets each: which outside port an inside one has (RFC 4787, section 4.1). Endpoint-dependent ones
 * also name the remote. An outside port belongs to one mapping.
 *
 * <pre>
 *  0 free list, else:  0 flags   1 protocol   2 share (slot)
 *  4 inside            8 outside            12 inside port   14 outside port
 * 16 remote           20 remote port        22 times in the queue
 * 24 sessions, or the tick when quarantine ends              28 host
 * </pre>
 */
public final class MappingTable extends Records {
    /** It is there, in use. */
    static final int LIVE = 1;
    /** A static forward: it stays without sessions. */
    static final int FORWARD = 2;
    /** It is in the index of inside views. */
    static final int BY_INSIDE = 4;
    /** It is in the index of outside views. */
    static final int BY_OUTSIDE = 8;
    /** It has no sessions, and its port must rest. */
    static final int QUARANTINED = 16;
    /** It has ended, and only the queue still names it. */
    static final int GONE = 32;

    static final int SIZE = 32;

    private final long seed;
    private final Index inside;
    private final Index outside;

    MappingTable(int most, long seed) {
        super(most, SIZE);
        this.seed = seed;
        inside = new Index(most);
        outside = new Index(most);
    }

    int flags(int m) {
        return u8(at(m));
    }

    boolean is(int m, int flag) {
        return (flags(m) & flag) != 0;
    }

    void set(int m, int flag) {
        put8(at(m), flags(m) | flag);
    }

    void unset(int m, int flag) {
        put8(at(m), flags(m) & ~flag);
    }

    public boolean isForward(int m) {
        return is(m, FORWARD);
    }

    public int protocol(int m) {
        return u8(at(m) + 1);
    }

    public int share(int m) {
        return u16(at(m) + 2);
    }

    public int inside(int m) {
        return i32(at(m) + 4);
    }

    public int outside(int m) {
        return i32(at(m) + 8);
    }

    public int insidePort(int m) {
        return u16(at(m) + 12);
    }

    public int outsidePort(int m) {
        return u16(at(m) + 14);
    }

    int remote(int m) {
        return i32(at(m) + 16);
    }

    int remotePort(int m) {
        return u16(at(m) + 20);
    }

    /** Sessions that use it. */
    int sessions(int m) {
        return i32(at(m) + 24);
    }

    void sessions(int m, int sessions) {
        put32(at(m) + 24, sessions);
    }

    /** How often it is in the queue of ports that rest. */
    int queued(int m) {
        return u16(at(m) + 22);
    }

    void queued(int m, int by) {
        put16(at(m) + 22, queued(m) + by);
    }

    int host(int m) {
        return i32(at(m) + 28);
    }

    void host(int m, int host) {
        put32(at(m) + 28, host);
    }

    private long insideHash(int share, int protocol, int address, int port, int remote, int remotePort) {
        long h = Hash.mix(seed, (long) address << 32 | (remote & 0xFFFF_FFFFL));
        return Hash.finish(Hash.mix(h, (long) port << 48 | (long) remotePort << 32 | (long) protocol << 16 | share));
    }

    private long outsideHash(int protocol, int address, int port) {
        return Hash.finish(Hash.mix(~seed, (long) address << 32 | protocol << 16 | port));
    }

    /**
     * The mapping of an inside port; 0 if there is none.
     *
     * @param remote 0 if it does not matter
     * @param remotePort 0 if it does not matter
     */
    int findInside(int share, int protocol, int address, int port, int remote, int remotePort) {
        long hash = insideHash(share, protocol, address, port, remote, remotePort);
        for (int at = inside.home(hash); ; at = inside.next(at)) {
            long slot = inside.slot(at);
            if (slot == 0) {
                return 0;
            }
            int m = Index.record(slot);
            if (Index.has(slot, hash)
                    && inside(m) == address
                    && insidePort(m) == port
                    && protocol(m) == protocol
                    && share(m) == share
                    && remote(m) == remote
                    && remotePort(m) == remotePort) {
                return m;
            }
        }
    }

    /** Where {@link #findInside} begins to look for that of an inside port that sends to a remote. Not negative. */
    int place(ShareState share, int protocol, int address, int port, int remote, int remotePort) {
        int to = share.mappedRemote(remote);
        return inside.home(insideHash(share.slot, protocol, address, port, to, share.mappedPort(remotePort)));
    }

    /** Reads such a place; means nothing. */
    long touchPlace(int place) {
        return inside.slot(place);
    }

    /** The mapping of an outside port; 0 if there is none. */
    int findOutside(int protocol, int address, int port) {
        long hash = outsideHash(protocol, address, port);
        for (int at = outside.home(hash); ; at = outside.next(at)) {
            long slot = outside.slot(at);
            if (slot == 0) {
                return 0;
            }
            int m = Index.record(slot);
            if (Index.has(slot, hash) && outside(m) == address && outsidePort(m) == port && protocol(m) == protocol) {
                return m;
            }
        }
    }

    /** Reads a record; means nothing. */
    long touch(int m) {
        return flags(m);
    }

    /** Reads where the indexes have it; means nothing. */
    long touchPlaces(int m) {
        return inside.slot(inside.home(insideHash(m))) + outside.slot(outside.home(outsideHash(m)));
    }

    /** Reads where an outside view will be found; means nothing. */
    long touchOutside(int protocol, int address, int port) {
        return outside.slot(outside.home(outsideHash(protocol, address, port)));
    }

    /** Adds a mapping with no sessions; 0 if there is no room. An inside view that is there already stays. */
    int add(
            int share,
            int protocol,
            int insideAddress,
            int insidePort,
            int outsideAddress,
            int outsidePort,
            int remote,
            int remotePort,
            int host) {
        int m = take();
        if (m == 0) {
            return 0;
        }
        boolean first = findInside(share, protocol, insideAddress, insidePort, remote, remotePort) == 0;
        long a = at(m);
        put8(a, LIVE | BY_OUTSIDE | (first ? BY_INSIDE : 0));
        put8(a + 1, protocol);
        put16(a + 2, share);
        put32(a + 4, insideAddress);
        put32(a + 8, outsideAddress);
        put16(a + 12, insidePort);
        put16(a + 14, outsidePort);
        put32(a + 16, remote);
        put16(a + 20, remotePort);
        put32(a + 28, host);
        if (first) {
            inside.put(insideHash(m), m);
        }
        outside.put(outsideHash(protocol, outsideAddress, outsidePort), m);
        return m;
    }

    /** Lets it be found by its inside view, if no other is. */
    void attach(int m) {
        if (!is(m, BY_INSIDE)
                && findInside(share(m), protocol(m), inside(m), insidePort(m), remote(m), remotePort(m)) == 0) {
            set(m, BY_INSIDE);
            inside.put(insideHash(m), m);
        }
    }

    private long insideHash(int m) {
        return insideHash(share(m), protocol(m), inside(m), insidePort(m), remote(m), remotePort(m));
    }

    private long outsideHash(int m) {
        return outsideHash(protocol(m), outside(m), outsidePort(m));
    }

    /** Nobody finds it any more; sessions that have it keep it. */
    void detach(int m) {
        if (is(m, BY_INSIDE)) {
            inside.remove(insideHash(m), m);
        }
        if (is(m, BY_OUTSIDE)) {
            outside.remove(outsideHash(m), m);
        }
        unset(m, BY_INSIDE | BY_OUTSIDE);
    }

    void remove(int m) {
        detach(m);
        free(m);
    }

    @Override
    long octets() {
        return super.octets() + inside.octets() + outside.octets();
    }

    @Override
    public void close() {
        super.close();
        inside.close();
        outside.close();
    }
}
