package io.natator.softswitch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Kind;
import io.natator.model.session.PoolUse;
import io.natator.model.session.Share;
import io.natator.model.session.Share.Direction;
import io.natator.softswitch.count.Count;
import io.natator.softswitch.session.Limits;
import io.natator.softswitch.session.SessionLog;
import io.natator.softswitch.steps.reference.Flow;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;

/**
 * Shares change faster than sessions can be looked at, and addresses leave and come back meanwhile: no packet leaves with an
 * address that is no longer of its share, and in the end all that was given away has come back.
 * {@code -Dnatator.seed=N -Dnatator.seeds=COUNT}.
 */
class LazyChangesPropertyTest {
    private static final int WORLDS = Integer.getInteger("natator.seeds", 60);
    private static final int STEPS = 600;

    private SplittableRandom random;
    private RandomFlows flows;
    private List<Share> shares;
    private Bench bench;

    @Test
    void nothingIsLostOrGivenTwice() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        for (int world = 0; world < WORLDS; world++) {
            random = new SplittableRandom(seed + world);
            flows = new RandomFlows(random);
            RandomShares choices = new RandomShares(random);
            try (Bench one =
                    new Bench(seed + world, new Limits(4096, 4096, 64, 64, 1 << 20, 1_000_000), SessionLog.NONE)) {
                bench = one;
                shares = List.of();
                while (shares.isEmpty()) {
                    take(choices.some());
                }
                for (int i = 0; i < STEPS; i++) {
                    step(choices);
                }
                drained();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed %d, world %d: %s".formatted(seed, world, shares), e);
            }
        }
    }

    private void take(List<Share> to) {
        if (bench.translator.shares(to, bench.now).isEmpty()) {
            shares = to;
        }
    }

    private void step(RandomShares choices) {
        if (random.nextInt(10) == 0) {
            take(choices.changed(shares));
        }
        if (random.nextInt(5) == 0) {
            bench.now += random.nextInt(20) * Bench.SECOND;
            bench.translator.housekeeping(bench.now, random.nextInt(4));
        }
        Share share = shares.get(random.nextInt(shares.size()));
        boolean ipv4 = share.outside().getFirst().isIp4();
        if (random.nextInt(3) == 0) {
            Flow in = flows.flow(flows.remote(ipv4), flows.outside(share, List.of()));
            bench.put(share.id(), Direction.TO_INSIDE, Wire.frame(in));
            return;
        }
        Flow out = flows.flow(flows.inside(share), RandomFlows.seenBy(share, flows.remote(ipv4)));
        byte[] result = bench.put(share.id(), Direction.TO_OUTSIDE, Wire.frame(out));
        IpAddress remote = IpAddress.valueOf(out.dst().address());
        IpAddress remote4 = share.embedding()
                .flatMap(e -> e.extract(remote))
                .map(a -> (IpAddress) a)
                .orElse(remote);
        boolean exempt = share.exempt().stream().anyMatch(e -> e.contains(remote4));
        if (bench.verdict == Verdict.PASS && share.kind() != Kind.STATIC && !exempt) {
            IpAddress source = IpAddress.valueOf(io.natator.packet.Bytes.i32(result, 26));
            assertThat(share.outside()).as("%s", out).anyMatch(o -> o.contains(source));
        }
    }

    private void drained() {
        for (int i = 0; i < 4; i++) {
            bench.pass(1000);
        }
        assertThat(bench.translator.live()).as("sessions").isZero();
        assertThat((long) bench.translator.hosts()).as("hosts").isEqualTo(RandomShares.pinned(shares));
        assertThat(bench.count(Count.SESSIONS_CREATED)).isEqualTo(bench.count(Count.SESSIONS_ENDED));
        long forwards = 0;
        for (Share share : shares) {
            forwards += share.pool().forwards().size();
        }
        assertThat((long) bench.translator.mappings()).as("mappings").isEqualTo(forwards);
        for (PoolUse use : bench.use()) {
            Share share = shares.stream()
                    .filter(s -> s.id() == use.share())
                    .findFirst()
                    .orElseThrow();
            assertThat(use.portsUsed())
                    .as("ports")
                    .isEqualTo(share.pool().forwards().size());
        }
    }
}
