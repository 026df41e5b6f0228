package io.natator.softswitch.steps.crossing;

import io.natator.softswitch.steps.crossing.Meant.Plain;
import io.natator.softswitch.steps.crossing.Meant.Problem;
import io.natator.softswitch.steps.crossing.Meant.Query;
import io.natator.softswitch.steps.crossing.Meant.Upper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.onlab.packet.IpAddress;

/** What packets become, as RFC 7915 says it section by section. Empty: it is dropped. Identifications that are made are 0. */
public final class Rfc7915 {
    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;
    private static final Set<Integer> NOT_TO_IPV6 = Set.of(0, 2, 43, 44, 51, 58, 60, 135, 139, 140);
    private static final Set<Integer> NOT_TO_IPV4 = Set.of(1, 2, 51, 135, 139, 140);
    private static final List<Integer> PLATEAUS = List.of(65535, 32000, 17914, 8166, 4352, 2002, 1492);

    /** Section 4.2: type and code of ICMP, and those of ICMPv6. */
    static final Map<List<Integer>, List<Integer>> TO_IPV6 = Map.ofEntries(
            Map.entry(List.of(3, 0), List.of(1, 0)),
            Map.entry(List.of(3, 1), List.of(1, 0)),
            Map.entry(List.of(3, 2), List.of(4, 1)),
            Map.entry(List.of(3, 3), List.of(1, 4)),
            Map.entry(List.of(3, 4), List.of(2, 0)),
            Map.entry(List.of(3, 5), List.of(1, 0)),
            Map.entry(List.of(3, 6), List.of(1, 0)),
            Map.entry(List.of(3, 7), List.of(1, 0)),
            Map.entry(List.of(3, 8), List.of(1, 0)),
            Map.entry(List.of(3, 9), List.of(1, 1)),
            Map.entry(List.of(3, 10), List.of(1, 1)),
            Map.entry(List.of(3, 11), List.of(1, 0)),
            Map.entry(List.of(3, 12), List.of(1, 0)),
            Map.entry(List.of(3, 13), List.of(1, 1)),
            Map.entry(List.of(3, 15), List.of(1, 1)),
            Map.entry(List.of(11, 0), List.of(3, 0)),
            Map.entry(List.of(11, 1), List.of(3, 1)),
            Map.entry(List.of(12, 0), List.of(4, 0)),
            Map.entry(List.of(12, 2), List.of(4, 0)));

    /** Section 5.2. */
    static final Map<List<Integer>, List<Integer>> TO_IPV4 = Map.of(
            List.of(1, 0), List.of(3, 1),
            List.of(1, 1), List.of(3, 10),
            List.of(1, 2), List.of(3, 1),
            List.of(1, 3), List.of(3, 1),
            List.of(1, 4), List.of(3, 3),
            List.of(2, 0), List.of(3, 4),
            List.of(3, 0), List.of(11, 0),
            List.of(3, 1), List.of(11, 1),
            List.of(4, 0), List.of(12, 0),
            List.of(4, 1), List.of(3, 2));

    /** Figure 3. */
    static final Map<Integer, Integer> POINTER_TO_IPV6 = Map.ofEntries(
            Map.entry(0, 0),
            Map.entry(1, 1),
            Map.entry(2, 4),
            Map.entry(3, 4),
            Map.entry(8, 7),
            Map.entry(9, 6),
            Map.entry(12, 8),
            Map.entry(13, 8),
            Map.entry(14, 8),
            Map.entry(15, 8),
            Map.entry(16, 24),
            Map.entry(17, 24),
            Map.entry(18, 24),
            Map.entry(19, 24));

    private final Function<IpAddress, Optional<IpAddress>> local;
    private final Function<IpAddress, Optional<IpAddress>> remote;
    private final int mtu;

    /**
     * One direction.
     *
     * @param local addresses of inside hosts to the other family
     * @param remote all others
     * @param mtu of the IPv6 links
     */
    public Rfc7915(
            Function<IpAddress, Optional<IpAddress>> local, Function<IpAddress, Optional<IpAddress>> remote, int mtu) {
        this.local = local;
        this.remote = remote;
        this.mtu = mtu;
    }

    /** From inside to the outside: IPv6 to IPv4. */
    public Optional<Meant> outward(Meant p) {
        Optional<IpAddress> src = local.apply(p.src());
        if (src.isEmpty() && p.upper() instanceof Problem problem) {
            src = local.apply(problem.quoted().dst());
        }
        Optional<IpAddress> dst = remote.apply(p.dst());
        return src.isEmpty() || dst.isEmpty() ? Optional.empty() : toIpv4(p, src.get(), dst.get(), true);
    }

    /** From outside to the inside: IPv4 to IPv6. */
    public Optional<Meant> inward(Meant p) {
        Optional<IpAddress> src = remote.apply(p.src());
        Optional<IpAddress> dst = local.apply(p.dst());
        return src.isEmpty() || dst.isEmpty() ? Optional.empty() : toIpv6(p, src.get(), dst.get(), true);
    }

    private Optional<Meant> toIpv6(Meant p, IpAddress src, IpAddress dst, boolean outermost) {
        if (NOT_TO_IPV6.contains(p.upper().protocol())
                || (p.cut() != null && p.upper().protocol() == ICMP)) {
            return Optional.empty();
        }
        Optional<Upper> upper = switch (p.upper()) {
            case Plain plain -> Optional.of(plain);
            case Query query ->
                query.type() == 8 || query.type() == 0
                        ? Optional.of(new Query(ICMPV6, query.type() == 8 ? 128 : 129, query.code(), query.rest()))
                        : Optional.empty();
            case Problem problem -> outermost ? problemToIpv6(problem) : Optional.empty();
        };
        return upper.map(u -> new Meant(
                p.tos(), p.hopLimit(), p.id(), false, src, dst, new byte[0], List.of(), p.cut(), p.cut() != null, u));
    }

    private Optional<Meant> toIpv4(Meant p, IpAddress src, IpAddress dst, boolean outermost) {
        boolean segmentsLeft = p.extensions().stream().anyMatch(e -> e.type() == 43 && e.octets()[3] != 0);
        if (segmentsLeft
                || NOT_TO_IPV4.contains(p.upper().protocol())
                || (p.cut() != null && p.upper().protocol() == ICMPV6)) {
            return Optional.empty();
        }
        Optional<Upper> upper = switch (p.upper()) {
            case Plain plain -> Optional.of(plain);
            case Query query ->
                query.type() == 128 || query.type() == 129
                        ? Optional.of(new Query(ICMP, query.type() == 128 ? 8 : 0, query.code(), query.rest()))
                        : Optional.empty();
            case Problem problem -> outermost ? problemToIpv4(problem) : Optional.empty();
        };
        return upper.map(u -> {
            boolean fragments = p.cut() != null || p.fragmentHeader();
            Meant small = new Meant(
                    p.tos(),
                    p.hopLimit(),
                    fragments ? p.id() : 0,
                    false,
                    src,
                    dst,
                    new byte[0],
                    List.of(),
                    p.cut(),
                    false,
                    u);
            return fragments || small.encode().length <= 1260 ? small : dontFragment(small);
        });
    }

    private static Meant dontFragment(Meant p) {
        return new Meant(
                p.tos(),
                p.hopLimit(),
                p.id(),
                true,
                p.src(),
                p.dst(),
                p.options(),
                List.of(),
                p.cut(),
                false,
                p.upper());
    }

    private Optional<Upper> problemToIpv6(Problem p) {
        List<Integer> now = TO_IPV6.get(List.of(p.type(), p.code()));
        Optional<IpAddress> src = local.apply(p.quoted().src());
        Optional<IpAddress> dst = remote.apply(p.quoted().dst());
        if (now == null
                || src.isEmpty()
                || dst.isEmpty()
                || p.octets() < p.quoted().header()) {
            return Optional.empty();
        }
        int word = 0;
        if (now.equals(List.of(2, 0))) {
            int total = p.quoted().encode().length;
            int told = p.word() & 0xFFFF;
            int by = told != 0
                    ? told
                    : PLATEAUS.stream().filter(x -> x < total).findFirst().orElse(1280);
            word = Math.max(1280, Math.min(by + 20, mtu));
        } else if (now.equals(List.of(4, 1))) {
            word = 6;
        } else if (now.getFirst() == 4) {
            Integer pointer = POINTER_TO_IPV6.get(p.word() >>> 24);
            if (pointer == null) {
                return Optional.empty();
            }
            word = pointer;
        }
        int pointing = word;
        boolean extensible = now.getFirst() == 1 || now.getFirst() == 3;
        return toIpv6(p.quoted(), src.get(), dst.get(), false)
                .map(q -> problem(ICMPV6, now, pointing, p, q, extensible ? p.extension() : null, 1280 - 40, 8));
    }

    private Optional<Upper> problemToIpv4(Problem p) {
        List<Integer> now = TO_IPV4.get(List.of(p.type(), p.code()));
        Optional<IpAddress> src = remote.apply(p.quoted().src());
        Optional<IpAddress> dst = local.apply(p.quoted().dst());
        if (now == null
                || src.isEmpty()
                || dst.isEmpty()
                || p.octets() < p.quoted().header()) {
            return Optional.empty();
        }
        int word = 0;
        if (now.equals(List.of(3, 4))) {
            boolean fragments = p.quoted().cut() != null || p.quoted().fragmentHeader();
            long told = Math.min(p.word() & 0xFFFF_FFFFL, mtu) - (fragments ? 28 : 20);
            word = (int) Math.max(68, told);
        } else if (now.getFirst() == 12) {
            int pointer = pointerToIpv4(p.word());
            if (pointer < 0) {
                return Optional.empty();
            }
            word = pointer << 24;
        }
        int pointing = word;
        return toIpv4(p.quoted(), src.get(), dst.get(), false)
                .map(q -> problem(ICMP, now, pointing, p, q, p.extension(), 1280 - 20, 4));
    }

    /** Figure 6; −1: it stands nowhere. */
    static int pointerToIpv4(int pointer) {
        return switch (pointer) {
            case 0 -> 0;
            case 1 -> 1;
            case 4, 5 -> 2;
            case 6 -> 9;
            case 7 -> 8;
            default -> pointer >= 8 && pointer <= 23 ? 12 : pointer >= 24 && pointer <= 39 ? 16 : -1;
        };
    }

    /** As much as before is quoted; before an extension, as much of it as can be counted. */
    private static Upper problem(
            int protocol, List<Integer> now, int word, Problem p, Meant quoted, byte[] extension, int most, int unit) {
        int more = quoted.header() - p.quoted().header();
        int room = most - 8;
        int padded = p.padded() + more;
        if (extension != null) {
            room = Math.min(room - extension.length, 255 * unit);
            padded = Math.max(128, Math.min(padded, room) / unit * unit);
        }
        padded = Math.min(padded, room);
        return new Problem(
                protocol, now.get(0), now.get(1), word, quoted, Math.min(p.octets() + more, padded), padded, extension);
    }
}
