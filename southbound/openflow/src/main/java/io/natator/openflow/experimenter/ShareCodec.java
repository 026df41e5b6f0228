package io.natator.openflow.experimenter;

import io.natator.model.intent.Embedding;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.session.Share;
import java.util.List;
import java.util.Optional;

/** Complete sets of shares as octets; a set is larger than a message may be ({@link ShareParts}). */
public final class ShareCodec {
    /** Most shares of a set. */
    public static final int MAX_SHARES = 65_536;

    private static final int MAX_TEXT = 256;
    private static final int MAX_LIST = 1 << 20;
    private static final int PORTS = 65_535;

    // by their places; new ones come at the end
    private static final List<Kind> KINDS = List.of(Kind.STATIC, Kind.DYNAMIC, Kind.NAPT, Kind.SIIT, Kind.NAT64);
    private static final List<Pool.Mapping> MAPPINGS = List.of(
            Pool.Mapping.ENDPOINT_INDEPENDENT, Pool.Mapping.ADDRESS_DEPENDENT, Pool.Mapping.ADDRESS_AND_PORT_DEPENDENT);
    private static final List<Pool.Filtering> FILTERINGS = List.of(
            Pool.Filtering.ENDPOINT_INDEPENDENT,
            Pool.Filtering.ADDRESS_DEPENDENT,
            Pool.Filtering.ADDRESS_AND_PORT_DEPENDENT);
    private static final List<Pool.Pairing> PAIRINGS = List.of(Pool.Pairing.PAIRED, Pool.Pairing.ARBITRARY);
    private static final List<Pool.OtherProtocols> OTHERS =
            List.of(Pool.OtherProtocols.DROP, Pool.OtherProtocols.ADDRESS_ONLY);

    private ShareCodec() {}

    /** A set as octets. */
    public static byte[] write(List<Share> set) {
        Output out = new Output();
        out.list(set, share -> write(out, share));
        return out.toArray();
    }

    private static void write(Output out, Share s) {
        out.i32(s.id()).text(s.translation(), MAX_TEXT).one(KINDS, s.kind()).prefix(s.inside());
        out.list(s.outside(), out::prefix)
                .list(s.exempt(), out::prefix)
                .flag(s.affine())
                .flag(s.offered());
        Pool p = s.pool();
        out.i32(p.firstPort()).i32(p.lastPort());
        out.one(MAPPINGS, p.mapping()).one(FILTERINGS, p.filtering()).one(PAIRINGS, p.pairing());
        out.flag(p.preservePort()).flag(p.preserveParity());
        out.i32(p.sessionsPerHost()).i32(p.portsPerHost()).i32(p.portBlock()).flag(p.deterministic());
        out.list(
                p.forwards(),
                f -> out.u8(f.protocol())
                        .address(f.outside())
                        .u16(f.outsidePort())
                        .address(f.inside())
                        .u16(f.insidePort()));
        out.list(p.reservations(), r -> out.address(r.inside()).address(r.outside()));
        out.duration(p.sticky()).duration(p.idle());
        Pool.Timers t = p.timers();
        out.duration(t.udp())
                .duration(t.tcpEstablished())
                .duration(t.tcpTransitory())
                .duration(t.icmp());
        out.i32(p.mss()).one(OTHERS, p.otherProtocols());
        out.list(s.embedding().stream().toList(), e -> out.prefix(e.pref64()).u16(e.ipv6Mtu()));
    }

    /** Appends the shares of a set; returns what is wrong with it, or an empty string. */
    public static String read(byte[] set, List<Share> into) {
        Input in = new Input(set, 0, set.length);
        List<Share> all = in.list(MAX_SHARES, () -> share(in));
        in.end();
        if (in.wrong().isEmpty()) {
            into.addAll(all);
        }
        return in.wrong();
    }

    private static Share share(Input in) {
        return new Share(
                in.number(1, Integer.MAX_VALUE, "a share's id"),
                in.text(MAX_TEXT),
                in.one(KINDS),
                in.prefix(),
                in.list(MAX_LIST, in::prefix),
                in.list(MAX_LIST, in::prefix),
                in.flag(),
                in.flag(),
                pool(in),
                embedding(in));
    }

    private static Optional<Embedding> embedding(Input in) {
        return in.list(1, () -> new Embedding(in.prefix(), in.u16())).stream().findFirst();
    }

    /** {@link Pool#also} and {@link Pool#hardwareBindings} are of no meaning in a share, and stay here. */
    private static Pool pool(Input in) {
        int first = in.number(1, PORTS, "the first port");
        return new Pool(
                List.of(),
                first,
                in.number(first, PORTS, "the last port"),
                in.one(MAPPINGS),
                in.one(FILTERINGS),
                in.one(PAIRINGS),
                in.flag(),
                in.flag(),
                in.number(0, Integer.MAX_VALUE, "sessions a host"),
                in.number(0, Integer.MAX_VALUE, "ports a host"),
                in.number(0, PORTS, "a block of ports"),
                in.flag(),
                in.list(MAX_LIST, () -> forward(in)),
                in.list(MAX_LIST, () -> new Pool.Reservation(in.address(), in.address())),
                in.duration(),
                in.duration(),
                new Pool.Timers(in.duration(), in.duration(), in.duration(), in.duration()),
                in.number(0, PORTS, "the segment size"),
                in.one(OTHERS),
                Pool.DEFAULT.hardwareBindings());
    }

    private static Pool.Forward forward(Input in) {
        return new Pool.Forward(in.u8(), in.address(), in.u16(), in.address(), in.u16());
    }
}
