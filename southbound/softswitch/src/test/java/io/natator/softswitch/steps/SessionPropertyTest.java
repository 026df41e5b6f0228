package io.natator.softswitch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Pool.Filtering;
import io.natator.model.intent.Pool.Mapping;
import io.natator.model.intent.Pool.Pairing;
import io.natator.model.intent.Pool.Timers;
import io.natator.model.session.PoolUse;
import io.natator.model.session.Session;
import io.natator.model.session.SessionQuery;
import io.natator.model.session.Share;
import io.natator.model.session.Share.Direction;
import io.natator.softswitch.session.Limits;
import io.natator.softswitch.session.SessionLog;
import io.natator.softswitch.steps.SessionReference.Flow;
import io.natator.softswitch.steps.SessionReference.Outcome;
import io.natator.softswitch.steps.SessionReference.Party;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** The engine does what the {@link SessionReference} says, on random traffic in a small and crowded world. */
class SessionPropertyTest {
    private static final int WORLDS = Integer.getInteger("natator.seeds", 120);
    private static final int PACKETS = 600;

    private SplittableRandom random;
    private SessionReference reference;
    private Bench bench;

    @Test
    void doesWhatTheReferenceSays() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        for (int world = 0; world < WORLDS; world++) {
            random = new SplittableRandom(seed + world);
            Share share = share();
            try (Bench one = new Bench(new Limits(4096, 4096, 64, 64, 1 << 16, 1_000_000), SessionLog.NONE, share)) {
                bench = one;
                reference = new SessionReference(share);
                for (int i = 0; i < PACKETS; i++) {
                    try {
                        step();
                    } catch (AssertionError e) {
                        throw new AssertionError("seed %d, world %d, step %d: %s".formatted(seed, world, i, share), e);
                    }
                }
                end();
            }
        }
    }

    private Share share() {
        Pools pools = Pools.napt();
        pools.inside = "10.0.0.0/29";
        pools.outside =
                random.nextBoolean() ? List.of("198.51.100.1/32") : List.of("198.51.100.1/32", "198.51.100.4/31");
        pools.pool.firstPort(1000);
        pools.pool.lastPort(1000 + random.nextInt(40));
        pools.pool.mapping(one(Mapping.values()));
        pools.pool.filtering(one(Filtering.values()));
        pools.pool.pairing(one(Pairing.values()));
        pools.pool.preservePort(random.nextBoolean());
        pools.pool.preserveParity(random.nextBoolean());
        pools.pool.sessionsPerHost(random.nextBoolean() ? 0 : 1 + random.nextInt(12));
        pools.pool.portsPerHost(random.nextBoolean() ? 0 : 1 + random.nextInt(6));
        pools.pool.timers(new Timers(
                Duration.ofSeconds(30), Duration.ofSeconds(300), Duration.ofSeconds(40), Duration.ofSeconds(10)));
        if (random.nextBoolean()) {
            pools.forward(6, "198.51.100.1", 1003, "10.0.0.2", 1001);
            pools.forward(17, "198.51.100.1", 80, "10.0.0.3", 1002);
            pools.forward(17, "198.51.100.1", 81, "10.0.0.3", 1002);
        }
        return pools.share();
    }

    private <T> T one(T[] of) {
        return of[random.nextInt(of.length)];
    }

    private void step() {
        if (random.nextInt(8) == 0) {
            bench.pass(random.nextInt(6) == 0 ? 100 : random.nextInt(15));
            reference.time(bench.now);
        }
        reference.time(bench.now);
        switch (random.nextInt(5)) {
            case 0 -> error();
            case 1, 2 -> packet(Direction.TO_INSIDE);
            default -> packet(Direction.TO_OUTSIDE);
        }
        PoolUse use = bench.translator.use().getFirst();
        assertThat(use.sessions()).as("sessions").isEqualTo(reference.sessions());
        assertThat(use.portsUsed()).as("ports").isEqualTo(reference.ports());
    }

    private void end() {
        bench.pass(1000);
        reference.time(bench.now);
        bench.pass(200);
        reference.time(bench.now);
        assertThat(bench.translator.live()).isZero();
        assertThat(bench.translator.hosts()).isZero();
        assertThat(bench.translator.mappings()).isEqualTo((int) reference.ports());
    }

    private Party inside() {
        return new Party("10.0.0." + (random.nextInt(20) == 0 ? 9 : random.nextInt(8)), 1000 + random.nextInt(4));
    }

    private Party outside() {
        return switch (random.nextInt(10)) {
            case 0 -> new Party("198.51.100.1", 80 + random.nextInt(2));
            case 1 -> inside();
            default -> {
                String[] addresses = {"198.51.100.1", "198.51.100.4", "198.51.100.5"};
                yield new Party(addresses[random.nextInt(3)], 1000 + random.nextInt(40));
            }
        };
    }

    private Party remote() {
        return new Party("192.0.2." + random.nextInt(3), 50 + random.nextInt(3));
    }

    private Flow flow(Party src, Party dst) {
        int protocol = new int[] {1, 6, 6, 17, 17}[random.nextInt(5)];
        if (protocol == 1) {
            int id = random.nextBoolean() ? src.port() : dst.port();
            return new Flow(
                    1,
                    new Party(src.address(), id),
                    new Party(dst.address(), id),
                    random.nextInt(3) == 0 ? 13 : random.nextInt(2) * 8);
        }
        int[] flags = {
            Packets.SYN,
            Packets.SYN,
            Packets.SYN,
            Packets.SYN | Packets.ACK,
            Packets.ACK,
            Packets.FIN | Packets.ACK,
            Packets.RST
        };
        return new Flow(protocol, src, dst, protocol == 6 ? flags[random.nextInt(flags.length)] : 0);
    }

    private void packet(Direction direction) {
        boolean out = direction == Direction.TO_OUTSIDE;
        Flow flow = out
                ? flow(inside(), random.nextInt(6) == 0 ? outside() : remote())
                : flow(random.nextInt(6) == 0 ? outside() : remote(), answered());
        if (!out && !reference.isOutside(flow.dst().address())) {
            return; // rules do not send it here
        }
        if (flow.protocol() == 1 && flow.flags() == 13) {
            return; // timestamps are as echo; unit tests have them
        }
        byte[] result = bench.put(1, direction, frame(flow));
        Outcome expected =
                out ? reference.fromInside(flow, () -> chosen(flow)) : reference.fromOutside(flow, () -> chosen(flow));
        String text = bench.verdict == Verdict.PASS ? Reading.of(result) : "-";
        assertThat(text)
                .as("%s %s: %s", direction, flow, expected)
                .isEqualTo(expected instanceof Outcome.Passed(Flow passed) ? Reading.of(frame(passed)) : "-");
    }

    /** An outside address and port, mostly one that leads somewhere. */
    private Party answered() {
        List<Session> live = all(SessionQuery.ALL);
        if (live.isEmpty() || random.nextInt(4) == 0) {
            return outside();
        }
        Session one = live.get(random.nextInt(live.size()));
        return new Party(one.outside().toString(), one.outsidePort());
    }

    private List<Session> all(SessionQuery query) {
        return bench.translator.list(query, "", 1000, bench.now, Instant.EPOCH).sessions();
    }

    /** What the switch gave the sender of a flow. */
    private Party chosen(Flow flow) {
        SessionQuery query = new SessionQuery(
                Optional.empty(),
                OptionalInt.of(flow.protocol()),
                Optional.of(IpPrefix.valueOf(flow.src().address() + "/32")),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.of(IpPrefix.valueOf(flow.dst().address() + "/32")));
        for (Session s : all(query)) {
            if (s.insidePort() == flow.src().port()
                    && s.remotePort() == flow.remote(false).port()) {
                return new Party(s.outside().toString(), s.outsidePort());
            }
        }
        throw new AssertionError("no session for " + flow);
    }

    private static byte[] frame(Flow flow) {
        String src = flow.src().address();
        String dst = flow.dst().address();
        return switch (flow.protocol()) {
            case 1 -> Packets.icmp(src, dst, flow.flags(), flow.src().port());
            case 6 -> Packets.tcp(src, flow.src().port(), dst, flow.dst().port(), flow.flags());
            default -> Packets.udp(src, flow.src().port(), dst, flow.dst().port());
        };
    }

    /** An ICMP error about a packet that did or did not go through. */
    private void error() {
        boolean out = random.nextBoolean();
        List<Session> live = all(SessionQuery.ALL);
        Party host = out ? inside() : outside();
        Party remote = remote();
        int protocol = random.nextBoolean() ? 6 : 17;
        if (!live.isEmpty() && random.nextInt(4) != 0) {
            Session one = live.get(random.nextInt(live.size()));
            protocol = one.protocol();
            host = out
                    ? new Party(one.inside().toString(), one.insidePort())
                    : new Party(one.outside().toString(), one.outsidePort());
            remote = new Party(one.remote().toString(), protocol == 1 ? host.port() : one.remotePort());
        }
        boolean toOurs = out ? reference.isOutside(remote.address()) : !reference.isOutside(host.address());
        if (toOurs || IpAddress.valueOf(remote.address()).equals(IpAddress.valueOf(host.address()))) {
            return; // between inside hosts: unit tests have it
        }
        Flow quoted = out ? new Flow(protocol, remote, host, 0) : new Flow(protocol, host, remote, 8);
        String router = out ? host.address() : "203.0.113.7";
        byte[] error = Packets.error(router, out ? remote.address() : host.address(), 3, 1, frame(quoted));
        byte[] result = bench.put(1, out ? Direction.TO_OUTSIDE : Direction.TO_INSIDE, error);
        Flow expected = out ? reference.errorToOutside(quoted) : reference.errorToInside(quoted);
        String text = expected == null
                ? "-"
                : out
                        ? "error 3/1 " + expected.dst().address() + " > " + remote.address() + " ["
                                + Reading.of(frame(expected)) + "]"
                        : "error 3/1 " + router + " > " + expected.src().address() + " [" + Reading.of(frame(expected))
                                + "]";
        assertThat(Bench.text(result)).as("error about %s", quoted).isEqualTo(text);
    }
}
