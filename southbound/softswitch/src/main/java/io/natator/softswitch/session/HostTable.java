package io.natator.softswitch.session;

import static io.natator.softswitch.frame.Memory.i32;
import static io.natator.softswitch.frame.Memory.i64;
import static io.natator.softswitch.frame.Memory.put16;
import static io.natator.softswitch.frame.Memory.put32;
import static io.natator.softswitch.frame.Memory.put64;
import static io.natator.softswitch.frame.Memory.u16;

import io.natator.softswitch.table.Hash;
import org.onlab.packet.IpAddress;

/**
 * Inside hosts with sessions, ports or a binding, 40 octets each: what limits and pairing need. IPv6 hosts of NAT64 have 16 more
 * for their address; the number of their record is what sessions and mappings know them by, as if it were an IPv4 address. So
 * it means the same host for as long as anything of it is there.
 *
 * <pre>
 *  0 free list, else:  0 pins   2 share (slot)   4 inside    8 outside (paired)
 * 12 sessions    16 ports of TCP   20 of UDP   24 of ICMP and others
 * 28 first of its blocks of ports + 1           32 flags    36 kept until (tick)
 * </pre>
 */
public final class HostTable extends Records {
    static final int SIZE = 40;
    /** The record is in use. */
    private static final int LIVE = 1;
    /** {@link #outside} says which address it has. */
    private static final int PAIRED = 2;
    /** Its address is kept for it, although it has no binding. */
    private static final int KEPT = 4;
    /** {@link #inside} is its number. */
    private static final int IPV6 = 8;

    private static final int IPV6_ADDRESS = 16;

    private final long seed;
    private final Index index;
    /** IPv6 addresses, by record. Of hosts with IPv4 addresses nothing is written there: they take no memory. */
    private final Region wide;

    HostTable(int most, long seed) {
        super(most, SIZE);
        this.seed = seed;
        index = new Index(most);
        wide = new Region((most + 1L) * IPV6_ADDRESS);
    }

    private long hash(int share, int inside) {
        return Hash.finish(Hash.mix(seed, (long) inside << 32 | share));
    }

    int find(int share, int address) {
        long hash = hash(share, address);
        for (int at = index.home(hash); ; at = index.next(at)) {
            long slot = index.slot(at);
            if (slot == 0) {
                return 0;
            }
            int h = Index.record(slot);
            if (Index.has(slot, hash) && inside(h) == address && share(h) == share) {
                return h;
            }
        }
    }

    /** Adds a host; 0 if there is no room. */
    int add(int share, int address) {
        int h = take();
        if (h == 0) {
            return 0;
        }
        put16(at(h) + 2, share);
        put32(at(h) + 4, address);
        put32(at(h) + 32, LIVE);
        index.put(hash(share, address), h);
        return h;
    }

    private long hash(int share, long high, long low) {
        return Hash.finish(Hash.mix(Hash.mix(Hash.mix(~seed, share), high), low));
    }

    /** The number of an IPv6 host; 0 if it is not there. */
    public int find(int share, long high, long low) {
        long hash = hash(share, high, low);
        for (int at = index.home(hash); ; at = index.next(at)) {
            long slot = index.slot(at);
            if (slot == 0) {
                return 0;
            }
            int h = Index.record(slot);
            if (Index.has(slot, hash) && isIpv6(h) && low(h) == low && high(h) == high && share(h) == share) {
                return h;
            }
        }
    }

    /** The host with an address of either family; 0 if it is not there. */
    int find(int share, IpAddress address) {
        return address.isIp4()
                ? find(share, (int) Block.low(address))
                : find(share, Block.high(address), Block.low(address));
    }

    /** Adds an IPv6 host; 0 if there is no room. */
    int add(int share, long high, long low) {
        int h = take();
        if (h == 0) {
            return 0;
        }
        put16(at(h) + 2, share);
        put32(at(h) + 4, h);
        put32(at(h) + 32, LIVE | IPV6);
        put64(wideAt(h), high);
        put64(wideAt(h) + 8, low);
        index.put(hash(share, high, low), h);
        return h;
    }

    private long wideAt(int h) {
        return wide.address + (long) h * IPV6_ADDRESS;
    }

    private boolean isIpv6(int h) {
        return (i32(at(h) + 32) & IPV6) != 0;
    }

    /** Upper half of its IPv6 address; 0 of IPv4. */
    public long high(int h) {
        return isIpv6(h) ? i64(wideAt(h)) : 0;
    }

    /** Lower half of its IPv6 address; all of an IPv4 address. */
    public long low(int h) {
        return isIpv6(h) ? i64(wideAt(h) + 8) : inside(h) & 0xFFFF_FFFFL;
    }

    /** Upper half of an inside host's address, by what sessions and mappings of the share have for it; 0 of IPv4. */
    long high(ShareState share, int inside) {
        return share.hasIpv6Hosts ? high(inside) : 0;
    }

    /** The lower half, or all of IPv4. */
    long low(ShareState share, int inside) {
        return share.hasIpv6Hosts ? low(inside) : inside & 0xFFFF_FFFFL;
    }

    void remove(int h) {
        index.remove(isIpv6(h) ? hash(share(h), high(h), low(h)) : hash(share(h), inside(h)), h);
        free(h);
    }

    public boolean isLive(int h) {
        return (i32(at(h) + 32) & LIVE) != 0;
    }

    public int share(int h) {
        return u16(at(h) + 2);
    }

    /** Its IPv4 address; of an IPv6 host its number. */
    public int inside(int h) {
        return i32(at(h) + 4);
    }

    /** What keeps the number of an IPv6 host although nothing else is there: static forwards that lead to it. */
    private int pins(int h) {
        return u16(at(h));
    }

    void pin(int h, int by) {
        put16(at(h), pins(h) + by);
    }

    boolean isPaired(int h) {
        return (i32(at(h) + 32) & PAIRED) != 0;
    }

    int outside(int h) {
        return i32(at(h) + 8);
    }

    void pair(int h, int outside) {
        put32(at(h) + 8, outside);
        put32(at(h) + 32, (i32(at(h) + 32) & IPV6) | LIVE | PAIRED);
    }

    void unpair(int h) {
        put32(at(h) + 32, (i32(at(h) + 32) & IPV6) | LIVE);
    }

    public int sessions(int h) {
        return i32(at(h) + 12);
    }

    void addSessions(int h, int by) {
        put32(at(h) + 12, sessions(h) + by);
    }

    /** @param of 0 TCP, 1 UDP, 2 ICMP and others */
    int ports(int h, int of) {
        return i32(at(h) + 16 + 4L * of);
    }

    void addPorts(int h, int of, int by) {
        put32(at(h) + 16 + 4L * of, ports(h, of) + by);
    }

    /** True if it has ports of any protocol. */
    boolean hasPorts(int h) {
        return ports(h, 0) != 0 || ports(h, 1) != 0 || ports(h, 2) != 0;
    }

    /** Number of its first block in its outside address, −1 if it has none. */
    int block(int h) {
        return i32(at(h) + 28) - 1;
    }

    void block(int h, int block) {
        put32(at(h) + 28, block + 1);
    }

    /** Its outside address is kept for it until a tick. */
    void keep(int h, int until) {
        put32(at(h) + 32, LIVE | PAIRED | KEPT);
        put32(at(h) + 36, until);
    }

    void unkeep(int h) {
        put32(at(h) + 32, i32(at(h) + 32) & ~KEPT);
    }

    boolean isKept(int h) {
        return (i32(at(h) + 32) & KEPT) != 0;
    }

    int keptUntil(int h) {
        return i32(at(h) + 36);
    }

    /** Nothing of it is left. */
    boolean isIdle(int h) {
        return !isKept(h) && sessions(h) == 0 && !hasPorts(h) && block(h) < 0 && pins(h) == 0;
    }

    @Override
    long octets() {
        return super.octets() + index.octets() + wide.octets;
    }

    @Override
    public void close() {
        super.close();
        index.close();
        wide.close();
    }
}
