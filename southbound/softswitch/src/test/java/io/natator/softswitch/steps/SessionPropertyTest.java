package io.natator.softswitch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Kind;
import io.natator.model.session.PoolUse;
import io.natator.model.session.Session;
import io.natator.model.session.SessionQuery;
import io.natator.model.session.Share;
import io.natator.model.session.Share.Direction;
import io.natator.packet.Bytes;
import io.natator.softswitch.count.Count;
import io.natator.softswitch.session.Limits;
import io.natator.softswitch.session.SessionLog;
import io.natator.softswitch.steps.reference.Flow;
import io.natator.softswitch.steps.reference.Outcome;
import io.natator.softswitch.steps.reference.Party;
import io.natator.softswitch.steps.reference.Piece;
import io.natator.softswitch.steps.reference.Report;
import io.natator.softswitch.steps.reference.SwitchReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * The engine does what the {@link SwitchReference} says, octet by octet and count by count, on random traffic through random
 * shares that change. {@code -Dnatator.seed=N -Dnatator.seeds=COUNT}.
 */
class SessionPropertyTest {
    private static final int WORLDS = Integer.getInteger("natator.seeds", 150);
    private static final int STEPS = 500;
    /** Of payload of packets that are sent in fragments. */
    private static final int OCTETS = 44;

    private static final Count[] COUNTED = {
        Count.TRANSLATE_TRUNCATED,
        Count.TRANSLATE_POOL_EMPTY,
        Count.TRANSLATE_HOST_SESSIONS,
        Count.TRANSLATE_HOST_PORTS,
        Count.TRANSLATE_TABLE_FULL,
        Count.TRANSLATE_NO_MAPPING,
        Count.TRANSLATE_FILTERED,
        Count.TRANSLATE_PROTOCOL,
        Count.TRANSLATE_NOT_A_SYN,
        Count.TRANSLATE_NOT_INSIDE,
        Count.TRANSLATE_LAND,
        Count.TRANSLATE_ERROR_UNKNOWN,
        Count.TRANSLATE_ERRORS_SENT,
        Count.TRANSLATE_MSS_CLAMPED,
        Count.FRAGMENT_HELD,
        Count.FRAGMENT_TINY,
        Count.FRAGMENT_OVERLAP,
        Count.FRAGMENT_NO_ROOM,
        Count.FRAGMENT_EXPIRED,
        Count.FRAGMENT_DROPPED,
        Count.AFFINITY_LIMIT,
        Count.CROSS_NOT_EMBEDDED,
        Count.CROSS_ICMP_TYPE
    };

    private SplittableRandom random;
    private RandomShares choices;
    private RandomFlows flows;
    private List<Share> shares;
    private SwitchReference reference;
    private Bench bench;
    /** What was done, for people. */
    private final List<String> done = new ArrayList<>();

    @Test
    void doesWhatTheReferenceSays() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        for (int world = 0; world < WORLDS; world++) {
            begin(seed + world);
            try (Bench one = bench) {
                one.translator.housekeeping(one.now, Integer.MAX_VALUE);
                run("seed %d, world %d".formatted(seed, world));
            }
        }
    }

    private void begin(long seed) {
        done.clear();
        random = new SplittableRandom(seed);
        choices = new RandomShares(random);
        flows = new RandomFlows(random);
        bench = new Bench(seed, new Limits(4096, 4096, 64, 64, 1 << 23, 1_000_000), SessionLog.NONE);
        reference = new SwitchReference(this::given);
        reference.time(bench.now);
        do {
            shares = choices.some();
        } while (bench.translator.shares(shares, bench.now).isPresent());
        reference.shares(shares);
    }

    private void run(String world) {
        for (int i = 0; i < STEPS; i++) {
            try {
                step();
                counted();
            } catch (AssertionError | RuntimeException e) {
                String last = String.join("\n", done.subList(Math.max(0, done.size() - 12), done.size()));
                throw new AssertionError("%s, step %d: %s%n%s".formatted(world, i, shares, last), e);
            }
        }
        pass(1000);
        pass(1000);
        assertThat(bench.translator.live()).as("%s: sessions left", world).isZero();
        assertThat((long) bench.translator.hosts()).as("%s: hosts left", world).isEqualTo(RandomShares.pinned(shares));
        long forwards = shares.stream().mapToLong(s -> reference.ports(s.id())).sum();
        assertThat((long) bench.translator.mappings())
                .as("%s: mappings left", world)
                .isEqualTo(forwards);
    }

    private void step() {
        if (random.nextInt(8) == 0) {
            pass(random.nextInt(6) == 0 ? 100 : random.nextInt(15));
        }
        if (random.nextInt(40) == 0) {
            change();
        }
        Share share = shares.get(random.nextInt(shares.size()));
        switch (random.nextInt(12)) {
            case 0, 1 -> error(share);
            case 2, 3, 4, 5 -> packet(share, Direction.TO_INSIDE);
            case 6 -> fragments(share, random.nextBoolean() ? Direction.TO_INSIDE : Direction.TO_OUTSIDE);
            default -> packet(share, Direction.TO_OUTSIDE);
        }
    }

    private void pass(long seconds) {
        done.add("passed " + seconds + " s");
        bench.pass(seconds);
        reference.time(bench.now);
    }

    private void change() {
        List<Share> to = choices.changed(shares);
        if (bench.translator.shares(to, bench.now).isEmpty()) {
            done.add("shares " + to);
            shares = to;
            reference.shares(to);
            bench.translator.housekeeping(bench.now, Integer.MAX_VALUE);
            pass(1); // what shorter timers end is looked at with the next tick
        }
    }

    private void counted() {
        for (Count count : COUNTED) {
            assertThat(bench.count(count)).as(count.label()).isEqualTo(reference.count(count));
        }
        for (PoolUse use : bench.use()) {
            assertThat(use.sessions()).as("sessions of %d", use.share()).isEqualTo(reference.sessions(use.share()));
            assertThat(use.portsUsed()).as("ports of %d", use.share()).isEqualTo(reference.ports(use.share()));
        }
    }

    /** Outside. */
    private static boolean isIpv4(Share share) {
        return share.outside().getFirst().isIp4();
    }

    /** Whom a host of a share speaks to, as the outside sees it. */
    private Party peer(Share share) {
        Share other = shares.get(random.nextInt(shares.size()));
        boolean near = random.nextInt(5) == 0 && isIpv4(other) == isIpv4(share);
        if (!near) {
            return flows.remote(isIpv4(share));
        }
        boolean inside = random.nextInt(5) == 0 && other.kind() != Kind.NAT64;
        return inside ? flows.inside(other) : flows.outside(other, live());
    }

    private Flow flow(Share share, Direction direction) {
        if (direction == Direction.TO_INSIDE) {
            return flows.flow(peer(share), flows.outside(share, live()));
        }
        Party peer = peer(share);
        boolean lost = share.kind() == Kind.NAT64 && random.nextInt(30) == 0;
        return flows.flow(
                flows.inside(share), lost ? new Party("2001:dba::1", peer.port()) : RandomFlows.seenBy(share, peer));
    }

    private void packet(Share share, Direction direction) {
        Flow flow = flow(share, direction);
        byte[] frame = Wire.frame(flow);
        byte[] preview = bench.preview(share.id(), direction, frame.clone(), new ArrayList<>());
        counted(); // nothing was made or counted
        long created = bench.count(Count.SESSIONS_CREATED);
        byte[] result = Packets.settled(frame, bench.put(share.id(), direction, frame.clone()));
        if (bench.verdict == Verdict.PASS
                && bench.count(Count.SESSIONS_CREATED) == created
                && share.pool().mss() == 0) {
            assertThat(Bench.text(preview)).as("preview of %s", flow).isEqualTo(Bench.text(result));
        }
        Outcome expected = reference.packet(share.id(), direction, flow);
        String what = "%s %s %s: %s".formatted(direction, share.id(), flow, expected);
        becomes(what, frame, expected, result, expected instanceof Outcome.Passed(Flow to) ? Wire.frame(to) : null);
    }

    private void becomes(String what, byte[] frame, Outcome expected, byte[] result, byte[] passed) {
        done.add(what);
        switch (expected) {
            case Outcome.Passed _ -> same(what, result, Verdict.PASS, passed);
            case Outcome.Refused _ -> same(what, result, Verdict.DROP, null);
            case Outcome.Held _ -> same(what, result, Verdict.HELD, null);
            case Outcome.Told(Count _, int code) -> {
                assertThat(bench.verdict).as(what).isEqualTo(Verdict.REPLY);
                String quoted = Reading.of(frame);
                boolean ipv4 = Bytes.u16(frame, 12) == 0x0800;
                assertThat(Reading.of(result))
                        .as(what)
                        .isEqualTo("error %d/%d %s > %s [%s]"
                                .formatted(ipv4 ? 3 : 1, code, address(frame, false), address(frame, true), quoted));
            }
        }
    }

    private static String address(byte[] frame, boolean source) {
        boolean ipv4 = Bytes.u16(frame, 12) == 0x0800;
        int at = ipv4 ? (source ? 26 : 30) : source ? 22 : 38;
        byte[] octets = Arrays.copyOfRange(frame, at, at + (ipv4 ? 4 : 16));
        return IpAddress.valueOf(ipv4 ? IpAddress.Version.INET : IpAddress.Version.INET6, octets)
                .toString();
    }

    /** A packet in fragments, in any order; some are lost, and some come twice. */
    private void fragments(Share share, Direction direction) {
        Flow flow = flow(share, direction);
        boolean fits = share.inside().isIp4() || share.kind() == Kind.NAT64;
        if (share.affine() || !fits || flow.isIcmp() || flow.protocol() == 6 || reference.datagrams() > 6) {
            return; // affine ones have memory of their own, and TCP's are longer: unit tests have them
        }
        int id = done.size() & 0xFFFF;
        int size = 8 * (1 + random.nextInt(3));
        List<byte[]> frames = cut(flow, id, size);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            for (int copies = random.nextInt(12) == 0 ? random.nextInt(3) : 1; copies > 0; copies--) {
                order.add(random.nextInt(order.size() + 1), i);
            }
        }
        for (int i : order) {
            byte[] frame = frames.get(i);
            Piece piece =
                    new Piece(id, i, i * size / 8, frame.length - (isIpv6(flow) ? 62 : 34), i == frames.size() - 1);
            byte[] result = bench.put(share.id(), direction, frame.clone());
            List<Integer> released = new ArrayList<>();
            Outcome expected = reference.fragment(share.id(), direction, flow, piece, released);
            List<byte[]> passed = expected instanceof Outcome.Passed(Flow to) ? cut(to, id, size) : List.of();
            String what = "%s %s %s %s: %s".formatted(direction, share.id(), flow, piece, expected);
            becomes(what, frame, expected, result, passed.isEmpty() ? null : passed.get(i));
            assertThat(bench.released)
                    .as(what)
                    .containsExactlyElementsOf(
                            released.stream().map(passed::get).toList());
        }
    }

    private static boolean isIpv6(Flow flow) {
        return flow.src().address().contains(":");
    }

    private static List<byte[]> cut(Flow flow, int id, int size) {
        byte[] frame = Wire.frame(flow, OCTETS);
        return isIpv6(flow) ? Packets.fragments6(frame, id, size) : Packets.fragments(frame, id, size);
    }

    private void same(String what, byte[] result, int verdict, byte[] expected) {
        assertThat(Bench.text(result)).as(what).isEqualTo(Bench.text(expected));
        assertThat(result).as(what).isEqualTo(expected);
        assertThat(bench.verdict).as(what).isEqualTo(verdict);
    }

    private List<Session> live() {
        return all(SessionQuery.ALL);
    }

    private List<Session> all(SessionQuery query) {
        return bench.translator.list(query, "", 1000, bench.now, Instant.EPOCH).sessions();
    }

    /** What the switch gave the sender of a flow. */
    private Party given(Share share, Flow flow) {
        boolean napt = share.kind().sharesPorts();
        SessionQuery query = new SessionQuery(
                Optional.of(share.translation()),
                napt ? OptionalInt.of(flow.protocol()) : OptionalInt.empty(),
                Optional.of(
                        IpPrefix.valueOf(flow.src().address() + (share.inside().isIp4() ? "/32" : "/128"))),
                Optional.empty(),
                OptionalInt.empty(),
                napt ? Optional.of(IpPrefix.valueOf(flow.dst().address() + "/32")) : Optional.empty());
        for (Session s : all(query)) {
            if (!napt
                    || (s.insidePort() == flow.src().port()
                            && s.remotePort() == flow.remote(false).port())) {
                return new Party(s.outside().toString(), s.outsidePort());
            }
        }
        throw new AssertionError("no session for " + flow);
    }

    /** An ICMP error about a packet that did or did not go through. */
    private void error(Share share) {
        boolean out = random.nextBoolean();
        Party host = out ? flows.inside(share) : flows.outside(share, List.of());
        Flow flow = flows.flow(host, out ? RandomFlows.seenBy(share, peer(share)) : peer(share));
        List<Session> ours = live().stream()
                .filter(s -> s.translation().equals(share.translation()))
                .toList();
        if (!ours.isEmpty() && random.nextInt(4) != 0) {
            flow = of(share, ours.get(random.nextInt(ours.size())), out);
        }
        boolean echo = flow.flags() == 0 || flow.flags() == 8;
        if (flow.protocol() == 1 && !echo && shares.stream().anyMatch(s -> s.kind() == Kind.NAT64)) {
            return; // what IPv6 has not is looked at in tests of the family's change
        }
        Party party = flow.src();
        Party remote = flow.dst();
        if (party.address().equals(remote.address())) {
            return; // nobody tells itself
        }
        String router = random.nextInt(3) == 0 ? remote.address() : isIpv4(share) ? "203.0.113.77" : "2001:db8:ee::1";
        Report error = out
                ? new Report(party.address(), remote.address(), turned(flow))
                : new Report(router, party.address(), flow);
        byte[] frame = Wire.frame(error);
        byte[] result = Packets.settled(
                frame, bench.put(share.id(), out ? Direction.TO_OUTSIDE : Direction.TO_INSIDE, frame.clone()));
        Report expected = reference.error(share.id(), out ? Direction.TO_OUTSIDE : Direction.TO_INSIDE, error);
        String what = "error to %d %s: %s".formatted(share.id(), error, expected);
        done.add(what);
        same(
                what,
                result,
                expected == null ? Verdict.DROP : Verdict.PASS,
                expected == null ? null : Wire.frame(expected));
    }

    private static Flow turned(Flow flow) {
        return new Flow(flow.protocol(), /* src= */ flow.dst(), /* dst= */ flow.src(), flow.flags(), 0);
    }

    /** A packet of a session, from the host or its outside address. */
    private static Flow of(Share share, Session s, boolean inside) {
        int shown = s.protocol() == 0 ? 17 : s.protocol();
        int protocol = shown == 1 && inside && share.kind() == Kind.NAT64 ? 58 : shown;
        boolean icmp = protocol == 1 || protocol == 58;
        Party host = inside
                ? new Party(Objects.toString(s.inside()), s.insidePort())
                : new Party(Objects.toString(s.outside()), s.outsidePort());
        Party far = new Party(Objects.toString(s.remote()), icmp ? host.port() : s.remotePort());
        Party remote = inside ? RandomFlows.seenBy(share, far) : far;
        return new Flow(protocol, host, remote, protocol == 1 ? 8 : protocol == 58 ? 128 : 0, 0);
    }
}
