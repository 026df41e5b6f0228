package io.natator.softswitch.session;

import static io.natator.softswitch.frame.Memory.i32;
import static io.natator.softswitch.frame.Memory.i64;
import static io.natator.softswitch.frame.Memory.put16;
import static io.natator.softswitch.frame.Memory.put32;
import static io.natator.softswitch.frame.Memory.put64;
import static io.natator.softswitch.frame.Memory.put8;
import static io.natator.softswitch.frame.Memory.u16;
import static io.natator.softswitch.frame.Memory.u8;

import io.natator.softswitch.table.Hash;

/**
 * Sessions, 64 octets each: a line of cache. Found by what the inside sees of them, and by what the outside does. A session
 * of NAPT has a mapping and one remote; a {@link #BINDING} of DYNAMIC neither; an {@link #AFFINE} flow is known by its inside
 * view alone, and has the addresses of IPv6.
 *
 * <pre>
 *  0 free list, else:  0 -       4 kind   5 protocol  6 state  7 generation
 *  8 inside port      10 remote port     12 outside port      14 share (slot)
 * 16 last seen (tick) 20 next in wheel   24 before in wheel   28 since (tick)
 * 32 inside           36 outside         40 remote            44 mapping      48 packets    56 bytes
 * 32 inside of an affine flow (16 octets)                                     48 remote (16 octets)
 * </pre>
 */
public final class SessionTable extends Records {
    /** Kind: none, the record is free. */
    public static final int NONE = 0;
    /** Kind: a session of NAPT. */
    public static final int NAPT = 1;
    /** Kind: a binding of DYNAMIC. */
    public static final int BINDING = 2;
    /** Kind: a flow that came in by an affine share. */
    public static final int AFFINE = 3;

    /** Flag: the remote is an outside address of ours, and the packet is to be translated once more. */
    public static final int HAIRPIN = 0x20;

    private static final int KIND = 15;

    static final int SIZE = 64;

    private final long seed;
    private final Index inside;
    private final Index outside;

    SessionTable(int most, long seed) {
        super(most, SIZE);
        this.seed = seed;
        inside = new Index(most);
        outside = new Index(most);
    }

    public int kind(int s) {
        return u8(at(s) + 4) & KIND;
    }

    /** @param flag one of the bits above {@link #KIND} */
    public boolean is(int s, int flag) {
        return (u8(at(s) + 4) & flag) != 0;
    }

    void set(int s, int flag) {
        put8(at(s) + 4, u8(at(s) + 4) | flag);
    }

    void unset(int s, int flag) {
        put8(at(s) + 4, u8(at(s) + 4) & ~flag);
    }

    /** IP protocol; 0 of a binding. */
    public int protocol(int s) {
        return u8(at(s) + 5);
    }

    public int state(int s) {
        return u8(at(s) + 6);
    }

    public void state(int s, int state) {
        put8(at(s) + 6, state);
    }

    /** The shares' generation that it was last found to be legal under. */
    public int generation(int s) {
        return u8(at(s) + 7);
    }

    public void generation(int s, int generation) {
        put8(at(s) + 7, generation);
    }

    public int insidePort(int s) {
        return u16(at(s) + 8);
    }

    public int remotePort(int s) {
        return u16(at(s) + 10);
    }

    public int outsidePort(int s) {
        return u16(at(s) + 12);
    }

    /** Number of its {@link ShareState}. */
    public int share(int s) {
        return u16(at(s) + 14);
    }

    /** An affine flow came in by another share. */
    public void share(int s, int slot) {
        put16(at(s) + 14, slot);
    }

    /** Tick of the last packet. */
    public int lastSeen(int s) {
        return i32(at(s) + 16);
    }

    public void lastSeen(int s, int tick) {
        put32(at(s) + 16, tick);
    }

    int wheelNext(int s) {
        return i32(at(s) + 20);
    }

    void wheelNext(int s, int next) {
        put32(at(s) + 20, next);
    }

    int wheelBefore(int s) {
        return i32(at(s) + 24);
    }

    void wheelBefore(int s, int before) {
        put32(at(s) + 24, before);
    }

    /** Tick when it was made. */
    public int since(int s) {
        return i32(at(s) + 28);
    }

    public int inside(int s) {
        return i32(at(s) + 32);
    }

    public int outside(int s) {
        return i32(at(s) + 36);
    }

    public int remote(int s) {
        return i32(at(s) + 40);
    }

    /** Number of its mapping; 0 of a binding. */
    public int mapping(int s) {
        return i32(at(s) + 44);
    }

    public long packets(int s) {
        return kind(s) == AFFINE ? 0 : i64(at(s) + 48);
    }

    public long bytes(int s) {
        return kind(s) == AFFINE ? 0 : i64(at(s) + 56);
    }

    /** A packet of a session of NAPT or a binding. */
    public void count(int s, int octets, int tick) {
        long a = at(s);
        put32(a + 16, tick);
        put64(a + 48, i64(a + 48) + 1);
        put64(a + 56, i64(a + 56) + octets);
    }

    /** Words of an affine flow's addresses: 0 and 1 inside, 2 and 3 remote. */
    public long word(int s, int i) {
        return i64(at(s) + 32 + 8L * i);
    }

    /** Hash of what the inside sees. */
    public long insideHash(int share, int protocol, int address, int port, int remote, int remotePort) {
        return hash(seed, address, port, remote, remotePort, (long) protocol << 16 | share);
    }

    /** Hash of what the outside sees. */
    public long outsideHash(int protocol, int address, int port, int remote, int remotePort) {
        return hash(~seed, address, port, remote, remotePort, protocol);
    }

    private static long hash(long seed, int address, int port, int remote, int remotePort, long rest) {
        long h = Hash.mix(seed, (long) address << 32 | (remote & 0xFFFF_FFFFL));
        return Hash.finish(Hash.mix(h, (long) port << 48 | (long) remotePort << 32 | rest));
    }

    /** The session with this inside view; 0 if there is none. */
    public int findInside(long hash, int share, int protocol, int address, int port, int remote, int remotePort) {
        long ports = (long) port << 48 | (long) remotePort << 32 | share;
        for (int at = inside.home(hash); ; at = inside.next(at)) {
            long slot = inside.slot(at);
            if (slot == 0) {
                return 0;
            }
            if (Index.has(slot, hash)) {
                long a = at(Index.record(slot));
                if ((i64(a + 8) & 0xFFFF_FFFF_0000_FFFFL) == ports
                        && i32(a + 32) == address
                        && i32(a + 40) == remote
                        && u8(a + 5) == protocol
                        && kind(Index.record(slot)) != AFFINE) {
                    return Index.record(slot);
                }
            }
        }
    }

    /** The session with this outside view; 0 if there is none. */
    public int findOutside(long hash, int protocol, int address, int port, int remote, int remotePort) {
        int ports = remotePort << 16 | port;
        long addresses = (long) address << 32 | (remote & 0xFFFF_FFFFL);
        for (int at = outside.home(hash); ; at = outside.next(at)) {
            long slot = outside.slot(at);
            if (slot == 0) {
                return 0;
            }
            if (Index.has(slot, hash)) {
                long a = at(Index.record(slot));
                if (i32(a + 10) == ports && i64(a + 36) == addresses && u8(a + 5) == protocol) {
                    return Index.record(slot);
                }
            }
        }
    }

    /** The first that may have this view, for fetching it early; 0 if there is none. */
    public int likely(long hash, boolean byInside) {
        return (byInside ? inside : outside).first(hash);
    }

    /** Reads a record; means nothing. */
    public long touch(int s) {
        return i64(at(s) + 8) + i64(at(s) + 48);
    }

    /** Reads where the indexes have it; means nothing. */
    long touchPlaces(int s) {
        long slot = inside.slot(inside.home(insideHash(s)));
        return kind(s) == AFFINE ? slot : slot + outside.slot(outside.home(outsideHash(s)));
    }

    /** Reads where an outside view will be found; means nothing. */
    long touchOutside(int protocol, int address, int port, int remote, int remotePort) {
        return outside.slot(outside.home(outsideHash(protocol, address, port, remote, remotePort)));
    }

    /** Adds a session with both views; 0 if there is no room. */
    int add(
            int kind,
            int share,
            int protocol,
            int insideAddress,
            int insidePort,
            int outsideAddress,
            int outsidePort,
            int remote,
            int remotePort,
            int mapping,
            int tick) {
        int s = take();
        if (s == 0) {
            return 0;
        }
        long a = at(s);
        head(a, kind, protocol, share, insidePort, remotePort, outsidePort, tick);
        put32(a + 32, insideAddress);
        put32(a + 36, outsideAddress);
        put32(a + 40, remote);
        put32(a + 44, mapping);
        inside.put(insideHash(s), s);
        outside.put(outsideHash(s), s);
        return s;
    }

    private static void head(
            long a, int kind, int protocol, int share, int insidePort, int remotePort, int outsidePort, int tick) {
        put8(a + 4, kind);
        put8(a + 5, protocol);
        put16(a + 8, insidePort);
        put16(a + 10, remotePort);
        put16(a + 12, outsidePort);
        put16(a + 14, share);
        put32(a + 16, tick);
        put32(a + 28, tick);
    }

    private long insideHash(int s) {
        return kind(s) == AFFINE
                ? flowHash(protocol(s), word(s, 0), word(s, 1), insidePort(s), word(s, 2), word(s, 3), remotePort(s))
                : insideHash(share(s), protocol(s), inside(s), insidePort(s), remote(s), remotePort(s));
    }

    private long outsideHash(int s) {
        return outsideHash(protocol(s), outside(s), outsidePort(s), remote(s), remotePort(s));
    }

    /** Hash of an affine flow as the inside sees it; IPv4 addresses have upper halves of 0. */
    public long flowHash(int protocol, long high, long low, int port, long remoteHigh, long remoteLow, int remotePort) {
        long h = Hash.mix(Hash.mix(Hash.mix(Hash.mix(seed, high), low), remoteHigh), remoteLow);
        return Hash.finish(Hash.mix(h, (long) port << 48 | (long) remotePort << 32 | (long) protocol << 16 | 0xFFFF));
    }

    /** The affine flow; 0 if there is none. */
    public int findFlow(
            long hash, int protocol, long high, long low, int port, long remoteHigh, long remoteLow, int remotePort) {
        for (int at = inside.home(hash); ; at = inside.next(at)) {
            long slot = inside.slot(at);
            if (slot == 0) {
                return 0;
            }
            int s = Index.record(slot);
            if (Index.has(slot, hash)
                    && kind(s) == AFFINE
                    && protocol(s) == protocol
                    && insidePort(s) == port
                    && remotePort(s) == remotePort
                    && word(s, 0) == high
                    && word(s, 1) == low
                    && word(s, 2) == remoteHigh
                    && word(s, 3) == remoteLow) {
                return s;
            }
        }
    }

    /** Adds an affine flow; 0 if there is no room. */
    int addFlow(
            int share,
            int protocol,
            long high,
            long low,
            int port,
            long remoteHigh,
            long remoteLow,
            int remotePort,
            int tick) {
        int s = take();
        if (s == 0) {
            return 0;
        }
        long a = at(s);
        head(a, AFFINE, protocol, share, port, remotePort, 0, tick);
        put64(a + 32, high);
        put64(a + 40, low);
        put64(a + 48, remoteHigh);
        put64(a + 56, remoteLow);
        inside.put(insideHash(s), s);
        return s;
    }

    void remove(int s) {
        inside.remove(insideHash(s), s);
        if (kind(s) != AFFINE) {
            outside.remove(outsideHash(s), s);
        }
        free(s);
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
