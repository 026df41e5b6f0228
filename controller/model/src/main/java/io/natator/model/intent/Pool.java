package io.natator.model.intent;

import java.time.Duration;
import java.util.List;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * How a {@link Kind#DYNAMIC} or {@link Kind#NAPT} translation uses its outside addresses. A value that passed validation.
 *
 * @param also outside prefixes besides the translation's own
 * @param firstPort NAPT: lowest outside port that is given away, 1 to 65535
 * @param lastPort NAPT: highest one
 * @param mapping NAPT: what a mapping depends on
 * @param filtering NAPT: who outside may answer; to a DYNAMIC binding anybody may, so it is ENDPOINT_INDEPENDENT there
 * @param pairing NAPT: whether all sessions of a host have one outside address
 * @param preservePort NAPT: the inside port is kept where it is free
 * @param preserveParity NAPT: even ports become even ones, odd ports odd ones (RFC 4787, section 4.2.2)
 * @param sessionsPerHost NAPT: most sessions of one inside host; 0: no limit but the table's
 * @param portsPerHost NAPT: most outside ports of one inside host, a protocol; 0: no limit
 * @param portBlock NAPT: ports are given to hosts in blocks of so many; 0: one by one
 * @param deterministic NAPT: each inside host has ports that can be told from its address (RFC 7422)
 * @param forwards NAPT: outside ports that always lead to an inside one
 * @param reservations DYNAMIC: inside hosts that always have the same outside address
 * @param sticky DYNAMIC: for how long a host is given the same address again after its binding went; zero: not at all
 * @param idle DYNAMIC: after how long without a packet a binding goes
 * @param timers NAPT: after how long without a packet a session goes
 * @param mss NAPT: TCP SYNs are clamped to so many octets of payload; 0: left as they are
 * @param otherProtocols NAPT: what becomes of protocols without ports or query ids
 * @param hardwareBindings DYNAMIC: of so many bindings, those used most, rules of the device do the work while there is room; 0: of
 *     none
 */
public record Pool(
        List<IpPrefix> also,
        int firstPort,
        int lastPort,
        Mapping mapping,
        Filtering filtering,
        Pairing pairing,
        boolean preservePort,
        boolean preserveParity,
        int sessionsPerHost,
        int portsPerHost,
        int portBlock,
        boolean deterministic,
        List<Forward> forwards,
        List<Reservation> reservations,
        Duration sticky,
        Duration idle,
        Timers timers,
        int mss,
        OtherProtocols otherProtocols,
        int hardwareBindings) {

    /** RFC 4787, section 4.1. */
    public enum Mapping {
        ENDPOINT_INDEPENDENT,
        ADDRESS_DEPENDENT,
        ADDRESS_AND_PORT_DEPENDENT
    }

    /** RFC 4787, section 5. */
    public enum Filtering {
        ENDPOINT_INDEPENDENT,
        ADDRESS_DEPENDENT,
        ADDRESS_AND_PORT_DEPENDENT
    }

    /** RFC 4787, section 4.1, "IP address pooling". */
    public enum Pairing {
        PAIRED,
        ARBITRARY
    }

    /** What becomes of a packet that is not TCP, UDP or an ICMP query. */
    public enum OtherProtocols {
        /** Dropped and counted. */
        DROP,
        /** One host a protocol and outside address: addresses are translated, nothing else is. */
        ADDRESS_ONLY
    }

    /** @param protocol 6 or 17 */
    public record Forward(int protocol, IpAddress outside, int outsidePort, IpAddress inside, int insidePort) {}

    /** One host and the address it always has. */
    public record Reservation(IpAddress inside, IpAddress outside) {}

    /**
     * After how long without a packet a session goes.
     *
     * @param udp RFC 4787, section 4.3: at least 2 min, 5 min recommended
     * @param tcpEstablished RFC 5382, section 5: at least 2 h 4 min
     * @param tcpTransitory RFC 5382, section 5: half-open or closing; at least 4 min
     * @param icmp RFC 5508, section 3.2: at least 60 s
     */
    public record Timers(Duration udp, Duration tcpEstablished, Duration tcpTransitory, Duration icmp) {
        public static final Timers DEFAULT = new Timers(
                Duration.ofMinutes(5), Duration.ofMinutes(124), Duration.ofMinutes(4), Duration.ofSeconds(60));
    }

    /** What the RFCs recommend. */
    public static final Pool DEFAULT = new Pool(
            List.of(),
            1024,
            65535,
            Mapping.ENDPOINT_INDEPENDENT,
            Filtering.ADDRESS_DEPENDENT,
            Pairing.PAIRED,
            false,
            true,
            0,
            0,
            0,
            false,
            List.of(),
            List.of(),
            Duration.ZERO,
            Duration.ofMinutes(5),
            Timers.DEFAULT,
            0,
            OtherProtocols.DROP,
            256);

    public Pool {
        also = List.copyOf(also);
        forwards = List.copyOf(forwards);
        reservations = List.copyOf(reservations);
    }

    /** Begins one that is like this. */
    public PoolBuilder but() {
        return new PoolBuilder(this);
    }

    /** The same with other forwards and reservations, and no prefixes of its own: what one part of it is told. */
    public Pool with(List<Forward> newForwards, List<Reservation> newReservations) {
        return but().also(List.of())
                .forwards(newForwards)
                .reservations(newReservations)
                .build();
    }
}
