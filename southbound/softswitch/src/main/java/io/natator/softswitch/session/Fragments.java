package io.natator.softswitch.session;

import io.natator.softswitch.count.Count;
import io.natator.softswitch.count.Counts;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.table.Hash;
import java.util.Arrays;

/**
 * Datagrams of which fragments come by. Only the first one has ports; what became of it is remembered for the others, and
 * those that come before it wait for it (RFC 4787, section 11; RFC 6146, section 3.4). All is bounded: datagrams, octets that
 * wait, and both of one source.
 */
public final class Fragments implements AutoCloseable {
    /** What is known of a datagram: nothing. */
    public static final int UNKNOWN = 0;
    /** Its first fragment did not come yet. */
    public static final int WAITING = 1;
    /** The first fragment was translated: {@link #source} and {@link #destination} say to what. */
    public static final int KNOWN = 2;
    /** It was refused, or its fragments overlap: all of it is dropped. */
    public static final int BAD = 3;

    /** RFC 4787 leaves it open; RFC 6146, section 3.4: at least 2 s. */
    private static final int LIFETIME = Wheel.ticks(5_000_000_000L);
    /** Octets of a fragment that can wait, with the room before and after it. */
    private static final int ROOM = 9728;

    private static final int HEADROOM = 128;
    /** Fragments of one datagram that wait; one of 65,535 octets has 45 over Ethernet. */
    private static final int MOST_WAITING = 64;
    /** Of all datagrams, and of all room, one source has at most this part. */
    private static final int PART = 8;

    private static final int SOURCES = 1024;
    private static final int UNITS = 1 << 13;

    private final Counts counts;
    private final long seed;
    private final int most;
    /** By datagram, from 1 on. */
    private final long[] keys;

    private final long[] others;
    private final byte[] states;
    private final int[] since;
    /** What first fragments became: of IPv6, with this MTU on the way, or 0; and addresses. */
    private final int[] ipv6Mtus;

    private final long[] sourcesHigh;
    private final long[] sources;
    private final long[] destinationsHigh;
    private final long[] destinations;
    private final int[] owners;
    private final int[] firstWaiting;
    private final int[] waiting;
    /** Fragments that waited and did not go on yet. */
    private final int[] pending;
    /** Units that came, and of how many; 0: not known. */
    private final int[] units;

    private final int[] total;
    private final long[][] seen;
    private final int[] free;
    private int freeCount;
    private final int[] index;
    /** Datagrams, and fragments that wait, by a hash of their source. */
    private final int[] ofSource = new int[SOURCES];

    private final int[] waitingOfSource = new int[SOURCES];

    private final Region room;
    private final int[] nextWaiting;
    private final Frame[] frames;
    private final int[] freeRooms;
    private int freeRoomCount;
    private int firstReleased;
    private int lastReleased;
    private int handedOut;
    private int cursor;
    private long hash;
    private long other;
    private int owner;

    public Fragments(Limits limits, Counts counts, long seed) {
        this.counts = counts;
        this.seed = seed;
        most = limits.fragments();
        keys = new long[most + 1];
        others = new long[most + 1];
        states = new byte[most + 1];
        since = new int[most + 1];
        ipv6Mtus = new int[most + 1];
        sourcesHigh = new long[most + 1];
        sources = new long[most + 1];
        destinationsHigh = new long[most + 1];
        destinations = new long[most + 1];
        owners = new int[most + 1];
        firstWaiting = new int[most + 1];
        waiting = new int[most + 1];
        pending = new int[most + 1];
        units = new int[most + 1];
        total = new int[most + 1];
        seen = new long[most + 1][];
        free = new int[most];
        index = new int[Integer.highestOneBit(most) * 4];
        for (int i = 0; i < most; i++) {
            free[i] = most - i;
        }
        freeCount = most;
        int rooms = limits.fragmentOctets() / ROOM;
        room = new Region((long) rooms * ROOM);
        nextWaiting = new int[rooms + 1];
        frames = new Frame[rooms + 1];
        Arrays.setAll(frames, _ -> new Frame());
        freeRooms = new int[rooms];
        for (int i = 0; i < rooms; i++) {
            freeRooms[i] = rooms - i;
        }
        freeRoomCount = rooms;
    }

    /**
     * The datagram of a fragment; made if it is not there.
     *
     * @param which what tells directions and shares apart
     * @param sourceHigh 0 of IPv4
     * @param destinationHigh 0 of IPv4
     * @return 0 if there is no room
     */
    public int datagram(
            int which,
            long sourceHigh,
            long source,
            long destinationHigh,
            long destination,
            int protocol,
            int id,
            int tick) {
        long h = Hash.mix(Hash.mix(Hash.mix(Hash.mix(seed, sourceHigh), source), destinationHigh), destination);
        hash = Hash.finish(Hash.mix(Hash.mix(h, (long) id << 32 | (which & 0xFFFF_FFFFL)), protocol));
        other = Hash.finish(Hash.mix(Hash.mix(~h, protocol), (long) which << 32 | (id & 0xFFFF_FFFFL)));
        owner = (int) Hash.finish(Hash.mix(Hash.mix(seed, sourceHigh), source)) & (SOURCES - 1);
        int last = index.length - 1;
        int at = (int) hash & last;
        while (index[at] != 0) {
            int d = index[at];
            if (keys[d] == hash && others[d] == other) {
                return d;
            }
            at = (at + 1) & last;
        }
        if (freeCount == 0 || ofSource[owner] * PART > most) {
            return 0;
        }
        int d = free[--freeCount];
        index[at] = d;
        keys[d] = hash;
        others[d] = other;
        states[d] = UNKNOWN;
        since[d] = tick;
        owners[d] = owner;
        firstWaiting[d] = 0;
        waiting[d] = 0;
        pending[d] = 0;
        units[d] = 0;
        total[d] = 0;
        ofSource[owner]++;
        if (seen[d] == null) {
            seen[d] = new long[UNITS / Long.SIZE];
        } else {
            Arrays.fill(seen[d], 0);
        }
        return d;
    }

    public int state(int d) {
        return states[d];
    }

    /** What was told of the first one: the MTU where it goes if it became one of IPv6, 0 if it is of IPv4, less if it was left alone. */
    public int ipv6Mtu(int d) {
        return ipv6Mtus[d];
    }

    /** Upper half of the source after translation; 0 of IPv4. */
    public long sourceHigh(int d) {
        return sourcesHigh[d];
    }

    /** Source after translation: of IPv4 all of it, of IPv6 the lower half. */
    public long source(int d) {
        return sources[d];
    }

    /** As {@link #sourceHigh}, of the destination. */
    public long destinationHigh(int d) {
        return destinationsHigh[d];
    }

    /** As {@link #source}, of the destination. */
    public long destination(int d) {
        return destinations[d];
    }

    /**
     * Notes which part of a datagram a fragment is.
     *
     * @param offset in units of eight octets
     * @param octets of its payload
     * @param last no fragment follows it
     * @return false if another had some of it, or it ends behind 65,535
     */
    public boolean covers(int d, int offset, int octets, boolean last) {
        int end = offset + Math.max(1, (octets + 7) / 8);
        if (end > UNITS) {
            return false;
        }
        long[] bits = seen[d];
        for (int i = offset; i < end; i++) {
            if ((bits[i >>> 6] >>> i & 1) != 0) {
                return false;
            }
        }
        for (int i = offset; i < end; i++) {
            bits[i >>> 6] |= 1L << i;
        }
        units[d] += end - offset;
        total[d] = last ? end : total[d];
        return true;
    }

    /** The first fragment was translated: those that wait may go. */
    public void known(int d, int ipv6Mtu, long sourceHigh, long source, long destinationHigh, long destination) {
        states[d] = KNOWN;
        ipv6Mtus[d] = ipv6Mtu;
        sourcesHigh[d] = sourceHigh;
        sources[d] = source;
        destinationsHigh[d] = destinationHigh;
        destinations[d] = destination;
        int w = firstWaiting[d];
        firstWaiting[d] = 0;
        while (w != 0) {
            int next = nextWaiting[w];
            nextWaiting[w] = 0;
            if (lastReleased == 0) {
                firstReleased = w;
            } else {
                nextWaiting[lastReleased] = w;
            }
            lastReleased = w;
            w = next;
        }
        waitingOfSource[owners[d]] -= waiting[d];
        waiting[d] = 0;
    }

    /** A fragment of it went on. With the last one it is forgotten: its identification may be used again. */
    public void passed(int d, Frame frame) {
        if (wasHeld(frame)) {
            pending[d]--;
        }
        if (units[d] == total[d] && pending[d] == 0 && states[d] == KNOWN) {
            forget(d);
        }
    }

    /** Nothing more of it is let through. */
    public void bad(int d) {
        dropWaiting(d, Count.FRAGMENT_DROPPED);
        states[d] = BAD;
    }

    private void dropWaiting(int d, Count why) {
        for (int w = firstWaiting[d]; w != 0; ) {
            int next = nextWaiting[w];
            freeRooms[freeRoomCount++] = w;
            counts.add(why);
            w = next;
        }
        firstWaiting[d] = 0;
        waitingOfSource[owners[d]] -= waiting[d];
        waiting[d] = 0;
    }

    /** Keeps a copy of a fragment until the first one comes. False if there is no room. */
    public boolean hold(int d, Frame frame) {
        boolean much = waiting[d] == MOST_WAITING || waitingOfSource[owners[d]] * PART > frames.length - 1;
        if (freeRoomCount == 0 || much || HEADROOM + frame.length > ROOM) {
            return false;
        }
        int w = freeRooms[--freeRoomCount];
        long address = room.address + (w - 1L) * ROOM;
        boolean _ = frame.copyTo(frames[w], address, ROOM, HEADROOM);
        states[d] = WAITING;
        waiting[d]++;
        pending[d]++;
        waitingOfSource[owners[d]]++;
        nextWaiting[w] = 0;
        if (firstWaiting[d] == 0) {
            firstWaiting[d] = w;
        } else {
            int last = firstWaiting[d];
            while (nextWaiting[last] != 0) {
                last = nextWaiting[last];
            }
            nextWaiting[last] = w;
        }
        return true;
    }

    /** True if a frame waited here: it was looked at before. */
    public boolean wasHeld(Frame frame) {
        return handedOut != 0 && frame.address >= room.address && frame.address < room.address + room.octets;
    }

    /** The next frame that need not wait any more; the one before is given up. False if there is none. */
    public boolean released(Frame into) {
        if (handedOut != 0) {
            freeRooms[freeRoomCount++] = handedOut;
            handedOut = 0;
        }
        int w = firstReleased;
        if (w == 0) {
            return false;
        }
        firstReleased = nextWaiting[w];
        if (firstReleased == 0) {
            lastReleased = 0;
        }
        Frame frame = frames[w];
        into.address = frame.address;
        into.length = frame.length;
        into.headroom = frame.headroom;
        into.tailroom = frame.tailroom;
        into.inPort = frame.inPort;
        into.offloadsOf(frame);
        handedOut = w;
        return true;
    }

    /** Forgets datagrams whose time is over, of so many that are looked at. */
    public void expire(int tick, int looks) {
        for (int i = 0; i < looks && freeCount < most; i++) {
            cursor = cursor == most ? 1 : cursor + 1;
            if (keys[cursor] != 0 && tick - since[cursor] > LIFETIME) {
                forget(cursor);
            }
        }
    }

    private void forget(int d) {
        dropWaiting(d, Count.FRAGMENT_EXPIRED);
        ofSource[owners[d]]--;
        int last = index.length - 1;
        int hole = (int) keys[d] & last;
        while (index[hole] != d) {
            hole = (hole + 1) & last;
        }
        for (int at = (hole + 1) & last; index[at] != 0; at = (at + 1) & last) {
            int home = (int) keys[index[at]] & last;
            if (((at - home) & last) >= ((at - hole) & last)) {
                index[hole] = index[at];
                hole = at;
            }
        }
        index[hole] = 0;
        keys[d] = 0;
        free[freeCount++] = d;
    }

    /** Datagrams that are known. */
    public int datagrams() {
        return most - freeCount;
    }

    @Override
    public void close() {
        room.close();
    }
}
