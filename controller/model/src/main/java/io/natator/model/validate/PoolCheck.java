package io.natator.model.validate;

import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.intent.Pool.Forward;
import io.natator.model.intent.Pool.Reservation;
import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Checks the pool of one DYNAMIC or NAPT translation in itself. */
final class PoolCheck {
    /** Addresses that are ever given away one by one. */
    private static final BigInteger MOST_ADDRESSES = BigInteger.valueOf(1 << 16);

    private static final int HIGHEST_PORT = 65535;
    private static final int LEAST_MSS = 536; // RFC 9293, section 3.7.1: what every host takes.
    private static final int MOST_MSS = 9000;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(7);

    private static final int MOST_HARDWARE_BINDINGS = 4096;

    private final Translation candidate;
    private final Pool pool;
    private final List<Violation> violations = new ArrayList<>();

    PoolCheck(Translation candidate) {
        this.candidate = candidate;
        this.pool = candidate.pool();
    }

    List<Violation> violations() {
        if (candidate.perHostRules()) {
            add("per_host_rules", candidate.kind() + " is done by sessions, not by rules a host: leave it out");
        }
        if (!candidate.isIpv4() && !candidate.kind().crosses()) {
            add(
                    "inside",
                    candidate.inside() + " is IPv6, and " + candidate.kind()
                            + " is for IPv4, where addresses are scarce: set kind to STATIC, or to NAT64 if the outside"
                            + " is IPv4");
        }
        addresses();
        if (candidate.kind() == Kind.DYNAMIC) {
            reservations();
            duration("pool.sticky", pool.sticky(), Duration.ZERO);
            duration("pool.idle", pool.idle(), SHORTEST);
            boolean _ = range("pool.hardware_bindings", pool.hardwareBindings(), 0, MOST_HARDWARE_BINDINGS);
            return List.copyOf(violations);
        }
        boolean ports = ports();
        if (ports && pool.deterministic() && candidate.kind().crosses()) {
            add(
                    "pool.deterministic",
                    "an IPv6 block has too many addresses for each to have ports of its own: leave it out, or set"
                            + " port_block");
        } else if (ports && pool.deterministic()) {
            deterministic();
        }
        limits();
        forwards();
        duration("pool.timers.udp", pool.timers().udp(), SHORTEST);
        duration("pool.timers.tcp_established", pool.timers().tcpEstablished(), SHORTEST);
        duration("pool.timers.tcp_transitory", pool.timers().tcpTransitory(), SHORTEST);
        duration("pool.timers.icmp", pool.timers().icmp(), SHORTEST);
        if (pool.mss() != 0 && (pool.mss() < LEAST_MSS || pool.mss() > MOST_MSS)) {
            range("pool.mss", pool.mss(), LEAST_MSS, MOST_MSS);
        }
        return List.copyOf(violations);
    }

    private void addresses() {
        List<IpPrefix> also = pool.also();
        for (int i = 0; i < also.size(); i++) {
            IpPrefix prefix = also.get(i);
            String field = "pool.also[" + i + "]";
            if (Blocks.overlap(prefix, candidate.inside())) {
                add(
                        field,
                        prefix + " overlaps inside " + candidate.inside() + ": choose a block that hosts do not use");
            }
            candidate.outsides().subList(0, i + 1).stream()
                    .filter(o -> Blocks.overlap(o, prefix))
                    .findFirst()
                    .ifPresent(o ->
                            add(field, prefix + " overlaps " + o + " of the same pool: an address is given away once"));
        }
        if (size().compareTo(MOST_ADDRESSES) > 0) {
            add(
                    also.isEmpty() ? "outside" : "pool.also",
                    "the pool has " + size() + " addresses; no more than " + MOST_ADDRESSES
                            + " are given away one by one: choose longer prefixes");
        }
    }

    /** How many addresses there are to give away. */
    private BigInteger size() {
        return candidate.outsides().stream().map(Addresses::size).reduce(BigInteger.ZERO, BigInteger::add);
    }

    private boolean ports() {
        boolean first = range("pool.first_port", pool.firstPort(), 1, HIGHEST_PORT);
        boolean last = range("pool.last_port", pool.lastPort(), 1, HIGHEST_PORT);
        if (first && last && pool.firstPort() > pool.lastPort()) {
            add(
                    "pool.last_port",
                    pool.lastPort() + " is less than first_port " + pool.firstPort() + ": write the lower one first");
        }
        return first && last && pool.firstPort() <= pool.lastPort();
    }

    private int portsEach() {
        return pool.lastPort() - pool.firstPort() + 1;
    }

    /** RFC 7422, section 2: hosts are spread evenly over addresses, and ports evenly over hosts. */
    private void deterministic() {
        BigInteger hosts = Addresses.size(candidate.inside());
        BigInteger[] parts = hosts.divideAndRemainder(size());
        BigInteger hostsEach = parts[1].signum() == 0 ? parts[0] : parts[0].add(BigInteger.ONE);
        if (hostsEach.compareTo(BigInteger.valueOf(portsEach())) > 0) {
            add(
                    "pool.deterministic",
                    "inside " + candidate.inside() + " has " + hosts + " hosts and the pool " + size()
                            + " addresses of " + portsEach() + " ports, not one for each host: choose a smaller inside"
                            + " block, add outside prefixes in pool.also, or leave deterministic out");
        }
        if (pool.portBlock() != 0) {
            add("pool.port_block", "deterministic mode gives each host ports of its own: leave one of the two out");
        }
    }

    private void limits() {
        range("pool.sessions_per_host", pool.sessionsPerHost(), 0, Integer.MAX_VALUE);
        range("pool.ports_per_host", pool.portsPerHost(), 0, HIGHEST_PORT);
        boolean block = range("pool.port_block", pool.portBlock(), 0, HIGHEST_PORT);
        if (block && pool.portBlock() > portsEach() && portsEach() > 0) {
            add(
                    "pool.port_block",
                    pool.portBlock() + " is more than the " + portsEach() + " ports from first_port " + pool.firstPort()
                            + " to last_port " + pool.lastPort() + ": write less");
        }
        if (pool.portBlock() > 0 && pool.portsPerHost() > 0 && pool.portsPerHost() < pool.portBlock()) {
            add(
                    "pool.ports_per_host",
                    pool.portsPerHost() + " is less than port_block " + pool.portBlock()
                            + ", so no host would get a whole block: write a multiple of " + pool.portBlock());
        }
    }

    private void forwards() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < pool.forwards().size(); i++) {
            Forward forward = pool.forwards().get(i);
            String field = "pool.forwards[" + i + "]";
            pair(field, forward.inside(), forward.outside());
            boolean outsidePort = range(field + ".outside_port", forward.outsidePort(), 1, HIGHEST_PORT);
            boolean insidePort = range(field + ".inside_port", forward.insidePort(), 1, HIGHEST_PORT);
            boolean valid = outsidePort && insidePort;
            if (valid && !seen.add(forward.protocol() + " " + forward.outside() + " " + forward.outsidePort())) {
                add(
                        field,
                        (forward.protocol() == 6 ? "TCP" : "UDP") + " port " + forward.outsidePort() + " of "
                                + forward.outside() + " is forwarded already: a port leads to one host; leave one out");
            }
            if (valid
                    && pool.deterministic()
                    && forward.outsidePort() >= pool.firstPort()
                    && forward.outsidePort() <= pool.lastPort()) {
                add(
                        field + ".outside_port",
                        forward.outsidePort() + " is one of the ports from first_port " + pool.firstPort()
                                + " to last_port " + pool.lastPort()
                                + " that deterministic mode gives away: choose another, or other limits");
            }
        }
    }

    private void reservations() {
        Set<IpAddress> insides = new HashSet<>();
        Set<IpAddress> outsides = new HashSet<>();
        for (int i = 0; i < pool.reservations().size(); i++) {
            Reservation reservation = pool.reservations().get(i);
            String field = "pool.reservations[" + i + "]";
            pair(field, reservation.inside(), reservation.outside());
            if (!insides.add(reservation.inside())) {
                add(field + ".inside", reservation.inside() + " has a reservation already: keep one");
            }
            if (!outsides.add(reservation.outside())) {
                add(
                        field + ".outside",
                        reservation.outside() + " is reserved already: an address is one host's; choose another");
            }
        }
    }

    /** A host, and an address of the pool. */
    private void pair(String field, IpAddress inside, IpAddress outside) {
        if (!Addresses.in(candidate.inside(), inside)) {
            add(
                    field + ".inside",
                    inside + " is not within inside " + candidate.inside() + ": name a host of this translation");
        }
        if (candidate.outsides().stream().noneMatch(o -> Addresses.in(o, outside))) {
            add(
                    field + ".outside",
                    outside + " is not in the pool "
                            + candidate.outsides().stream()
                                    .map(IpPrefix::toString)
                                    .collect(Collectors.joining(", "))
                            + ": name an address of it, or add its prefix to pool.also");
        }
    }

    private boolean range(String field, int value, int least, int most) {
        boolean within = value >= least && value <= most;
        if (!within) {
            add(
                    field,
                    Integer.toUnsignedString(value) + " is out of range: write "
                            + (least == 0 ? "up to " : least + " to ") + most);
        }
        return within;
    }

    private void duration(String field, Duration value, Duration least) {
        if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
            add(
                    field,
                    value.toSeconds() + " s is out of range: write " + least.toSeconds() + "s to " + LONGEST.toSeconds()
                            + "s");
        }
    }

    private void add(String field, String message) {
        violations.add(new Violation(field, message));
    }
}
