package io.natator.softswitch.session;

import io.natator.model.intent.Embedding;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.intent.Pool.Filtering;
import io.natator.model.intent.Pool.Mapping;
import io.natator.model.session.Share;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** A share and what is given away of it. */
public final class ShareState {
    /** What IPv6 with a fragment header takes more than IPv4. */
    private static final int LONGER = 28;

    /** Number among the shares that there are; sessions name it. */
    public final int slot;

    public Share share;
    public Kind kind;
    public Pool pool;
    public Block inside;
    /** STATIC: the one outside prefix; else all of the pool. */
    public Block[] outside;

    public Block[] exempt;
    /** NAT64: sessions and mappings have numbers of hosts in the place of inside addresses. */
    public boolean hasIpv6Hosts;
    /** SIIT and NAT64: where inside hosts find IPv4 ones; else null. */
    public Pref64 pref64;

    /** DYNAMIC: until then no binding is made, for rules of an earlier life may do the work of one. */
    private int opensAt;

    private boolean isOpen = true;

    /** SIIT: which inside address is which outside; else null. */
    public AddressMapping mapping;

    /** SIIT and NAT64: octets of the largest IPv6 packet that the links to inside hosts take; else 0. */
    public int ipv6Mtu;

    /** False once the controller no longer names it: its sessions go. */
    public boolean isThere = true;

    OutsidePool addresses;
    /** Null if ports are not deterministic. */
    Deterministic deterministic;

    final Map<Integer, Integer> reservations = new HashMap<>();
    /** Inside hosts of static forwards, and the outside address these have; filled as forwards are set up. */
    final Map<Integer, Integer> forwarded = new HashMap<>();

    private int udp;
    private int established;
    private int transitory;
    private int icmp;
    int idle;
    int sticky;

    long live;
    long created;
    long lost;
    private final long[] refused = new long[Refusal.values().length];

    ShareState(int slot, Share share) {
        this.slot = slot;
        configure(share);
    }

    /** Takes over another configuration of the same share, which is {@link #compatible}. */
    void configure(Share to) {
        share = to;
        kind = to.kind();
        pool = to.pool();
        inside = new Block(to.inside());
        exempt = to.exempt().stream().map(Block::new).toArray(Block[]::new);
        outside = to.outside().stream().map(Block::new).toArray(Block[]::new);
        hasIpv6Hosts = kind == Kind.NAT64;
        pref64 = to.embedding().map(e -> new Pref64(e.pref64())).orElse(null);
        if (kind.stateful()) {
            addresses = new OutsidePool(to.outside(), addresses);
        }
        deterministic = kind == Kind.NAPT && pool.deterministic() ? deterministic(to) : null;
        reservations.clear();
        if (addresses != null) {
            addresses.noneSetAside();
        }
        pool.reservations().forEach(r -> {
            reservations.put(number(r.inside()), number(r.outside()));
            addresses.of(number(r.outside())).reserved(true);
        });
        forwarded.clear();
        udp = ticks(pool.timers().udp());
        established = ticks(pool.timers().tcpEstablished());
        transitory = ticks(pool.timers().tcpTransitory());
        icmp = ticks(pool.timers().icmp());
        idle = ticks(pool.idle());
        sticky = ticks(pool.sticky());
        ipv6Mtu = to.embedding().map(Embedding::ipv6Mtu).orElse(0);
        mapping = kind == Kind.SIIT ? new AddressMapping(inside, outside[0]) : null;
    }

    static Deterministic deterministic(Share share) {
        Pool pool = share.pool();
        long hosts = new Block(share.inside()).size();
        long addresses =
                share.outside().stream().mapToLong(o -> new Block(o).size()).sum();
        return Deterministic.of(
                hosts,
                (int) Math.min(addresses, OutsidePool.MOST),
                pool.firstPort(),
                pool.lastPort(),
                pool.portBlock());
    }

    /** True if sessions can outlive the change: which ports are whose is arranged as before. */
    boolean compatible(Share to) {
        Pool now = to.pool();
        boolean napt = kind == Kind.NAPT;
        boolean blocks = kind.sharesPorts() && (pool.portBlock() > 0 || now.portBlock() > 0);
        boolean formula = napt && (pool.deterministic() || now.deterministic());
        boolean samePorts = pool.firstPort() == now.firstPort()
                && pool.lastPort() == now.lastPort()
                && pool.portBlock() == now.portBlock()
                && pool.deterministic() == now.deterministic();
        boolean sameHosts =
                share.inside().equals(to.inside()) && share.outside().equals(to.outside());
        return kind == to.kind()
                && share.affine() == to.affine()
                && share.inside().isIp4() == to.inside().isIp4()
                && pref64(share).equals(pref64(to))
                && (!blocks || samePorts)
                && (!formula || (samePorts && sameHosts));
    }

    private static Optional<IpPrefix> pref64(Share of) {
        return of.embedding().map(Embedding::pref64);
    }

    static int number(IpAddress address) {
        return (int) Block.low(address);
    }

    private static int ticks(Duration duration) {
        return Wheel.ticks(saturated(duration));
    }

    private static long saturated(Duration duration) {
        return duration.compareTo(Duration.ofDays(365)) > 0
                ? Duration.ofDays(365).toNanos()
                : duration.toNanos();
    }

    /** Ticks without a packet after which a session goes. */
    int timeout(int kindOfSession, int protocol, int state) {
        if (kindOfSession == SessionTable.BINDING) {
            return idle;
        }
        return switch (protocol) {
            case 6 -> TcpState.isEstablished(state) ? established : transitory;
            case 1, 58 -> icmp;
            default -> udp;
        };
    }

    boolean isPaired() {
        return pool.pairing() == Pool.Pairing.PAIRED || pool.portBlock() > 0 || deterministic != null;
    }

    /** A remote address as far as mappings depend on it (RFC 4787, section 4.1): else 0. */
    int mappedRemote(int remote) {
        return pool.mapping() == Mapping.ENDPOINT_INDEPENDENT ? 0 : remote;
    }

    /** A remote port as far as mappings depend on it: else 0. */
    int mappedPort(int remotePort) {
        return pool.mapping() == Mapping.ADDRESS_AND_PORT_DEPENDENT ? remotePort : 0;
    }

    boolean filters(Filtering filtering) {
        return pool.filtering() == filtering;
    }

    /** Begins without knowing whether rules of devices are left that stand for bindings of an earlier life. */
    void close(int until) {
        isOpen = !share.offered();
        opensAt = until;
    }

    /** No such rule is left. */
    void open() {
        isOpen = true;
    }

    boolean isOpen(int tick) {
        isOpen |= opensAt - tick <= 0;
        return isOpen;
    }

    /** True if a packet from inside may have this source: of NAT64 none of pref64's (RFC 6146, section 3.5), and none of {@code ::/64}. */
    public boolean isInside(long high, long low) {
        return inside.holds(high, low) && (!hasIpv6Hosts || (high != 0 && !pref64.holds(high, low)));
    }

    /** True if hosts speak to an IPv4 address untranslated. */
    public boolean isExempt(int remote) {
        for (Block block : exempt) {
            if (block.version == 4
                    ? block.holds(0, remote & 0xFFFF_FFFFL)
                    : block.holds(pref64.high(remote), pref64.low(remote))) {
                return true;
            }
        }
        return false;
    }

    /** SIIT and NAT64: packets of no more octets fit the links to IPv6 hosts, also as fragments of IPv6. */
    public int surelyFits() {
        return ipv6Mtu - LONGER;
    }

    /** True if the address is one of the pool. */
    public boolean hasOutside(int address) {
        return addresses != null && addresses.holds(address);
    }

    /** Counts a packet that got no session. */
    public void refuse(Refusal refusal) {
        refused[refusal.place()]++;
    }

    long refused(Refusal refusal) {
        return refused[refusal.place()];
    }
}
