package io.natator.softswitch.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.intent.Pool.Pairing;
import io.natator.model.intent.PoolBuilder;
import io.natator.model.session.Share;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpPrefix;

/** What a packet costs when a pool of many addresses has next to nothing left. {@code -Dnatator.seed=N}. */
class AllocatorTest {
    private static final int INSIDE = 0x0a000001;
    private static final int OUTSIDE = 0xc6120000; // 198.18.0.0
    private static final int ADDRESSES = 1 << 12;
    private static final int UDP = 1;

    private final long seed = Long.getLong("natator.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final Holds holds = new Holds();
    private final Moment moment = new Moment();

    private Allocator allocator(HostTable hosts) {
        return new Allocator(hosts, SessionLog.NONE, random, holds, moment);
    }

    private static ShareState share(PoolBuilder pool) {
        IpPrefix inside = IpPrefix.valueOf("10.0.0.0/8");
        IpPrefix outside = IpPrefix.valueOf("198.18.0.0/20");
        return new ShareState(
                1, new Share(1, "pool", Kind.NAPT, inside, List.of(outside), List.of(), false, pool.build()));
    }

    private static PoolBuilder pool() {
        return Pool.DEFAULT.but().firstPort(2000).lastPort(2007);
    }

    @Test
    void theLastPortsAreFoundAndNobodyLooksAtAllAddresses() {
        try (HostTable hosts = new HostTable(4, 1)) {
            Allocator allocator = allocator(hosts);
            ShareState share = share(pool().pairing(Pairing.ARBITRARY));
            int host = hosts.add(1, INSIDE);
            List<Long> given = new ArrayList<>();
            for (int i = 0; i < 8 * ADDRESSES; i++) {
                given.add(port(allocator, share, host));
            }
            assertThat(new HashSet<>(given))
                    .as("seed %d", seed)
                    .hasSize(8 * ADDRESSES)
                    .doesNotContain(-1L);
            for (int i = 0; i < 1000; i++) {
                assertThat(port(allocator, share, host)).isEqualTo(Allocator.NOTHING);
                int at = random.nextInt(given.size());
                long back = given.get(at);
                allocator.free(share, host, UDP, (int) (back >>> 16), (int) back & 0xFFFF, 0, End.IDLE);
                assertThat(port(allocator, share, host)).as("seed %d", seed).isEqualTo(back);
            }
        }
    }

    private static long port(Allocator allocator, ShareState share, int host) {
        long looks = share.addresses.withRoom(UDP).looks();
        long place = allocator.port(share, host, UDP, 5000, 0);
        assertThat(share.addresses.withRoom(UDP).looks() - looks).isLessThanOrEqualTo(6L * Candidates.LOOKS);
        return place;
    }

    @Test
    void theLastBlocksAreFoundToo() {
        try (HostTable hosts = new HostTable(3 * ADDRESSES, 1)) {
            Allocator allocator = allocator(hosts);
            ShareState share = share(pool().portBlock(4));
            List<Integer> served = new ArrayList<>();
            List<Long> given = new ArrayList<>();
            for (int i = 0; i < 2 * ADDRESSES; i++) {
                served.add(hosts.add(1, INSIDE + i));
                given.add(port(allocator, share, served.getLast()));
                assertThat(given.getLast()).as("seed %d", seed).isNotNegative();
            }
            int other = hosts.add(1, INSIDE - 1);
            for (int i = 0; i < 1000; i++) {
                assertThat(port(allocator, share, other)).isEqualTo(Allocator.NOTHING);
                int at = random.nextInt(given.size());
                long back = given.get(at);
                int port = (int) back & 0xFFFF;
                allocator.free(share, served.get(at), UDP, (int) (back >>> 16), port, 0, End.IDLE);
                allocator.portless(share, served.get(at));
                long now = port(allocator, share, other);
                assertThat(now >>> 18).as("seed %d: the block", seed).isEqualTo(back >>> 18);
                given.set(at, now);
                other = served.set(at, other);
            }
        }
    }

    /** A host with all blocks of an address does not go through them with each packet, and finds what comes back. */
    @Test
    void aHostWithManyBlocksKnowsThatTheyAreFull() {
        try (HostTable hosts = new HostTable(4, 1)) {
            Allocator allocator = allocator(hosts);
            ShareState share =
                    share(Pool.DEFAULT.but().firstPort(1024).lastPort(65535).portBlock(16));
            int host = hosts.add(1, INSIDE);
            List<Long> given = new ArrayList<>();
            for (int i = 1024; i <= 65535; i++) {
                hosts.addPorts(host, UDP, 1);
                given.add(port(allocator, share, host));
            }
            assertThat(new HashSet<>(given)).hasSize(65536 - 1024).doesNotContain(-1L);
            for (int i = 0; i < 2000; i++) {
                assertThat(port(allocator, share, host)).isEqualTo(Allocator.NOTHING);
                assertThat(share.addresses.isFull(host, UDP)).isTrue();
                Set<Long> back = new HashSet<>();
                for (int j = random.nextInt(40); j >= 0; j--) {
                    long one = given.remove(random.nextInt(given.size()));
                    back.add(one);
                    allocator.free(share, host, UDP, (int) (one >>> 16), (int) one & 0xFFFF, 0, End.IDLE);
                }
                Set<Long> again = new HashSet<>();
                for (int j = 0; j < back.size(); j++) {
                    again.add(port(allocator, share, host));
                }
                assertThat(again).as("seed %d", seed).isEqualTo(back);
                given.addAll(again);
            }
        }
    }

    @Test
    void anAddressThatWasHeldIsFoundInItsTurn() {
        try (HostTable hosts = new HostTable(4, 1)) {
            Allocator allocator = allocator(hosts);
            ShareState share = share(pool().pairing(Pairing.ARBITRARY));
            int host = hosts.add(1, INSIDE);
            for (int i = 0; i < ADDRESSES; i++) {
                assertThat(holds.hold(OUTSIDE + i, INSIDE, Holds.LONGEST, 0)).isTrue();
            }
            for (int i = 0; i < ADDRESSES; i++) {
                assertThat(port(allocator, share, host)).isEqualTo(Allocator.NOTHING);
            }
            int free = OUTSIDE + random.nextInt(ADDRESSES);
            holds.release(free, INSIDE);
            long place = Allocator.NOTHING;
            for (int i = 0; i <= ADDRESSES / Candidates.LOOKS && place < 0; i++) {
                place = port(allocator, share, host);
            }
            assertThat((int) (place >>> 16)).as("seed %d", seed).isEqualTo(free);
        }
    }

    @Test
    void anAddressThatNoHostUsesOfAProtocolIsFoundInItsTurn() {
        try (HostTable hosts = new HostTable(4, 1);
                MappingTable mappings = new MappingTable(2 * ADDRESSES, 1)) {
            Allocator allocator = allocator(hosts);
            ShareState share = share(pool().pairing(Pairing.ARBITRARY));
            int host = hosts.add(1, INSIDE);
            List<Integer> used = new ArrayList<>();
            for (int i = 0; i < ADDRESSES; i++) {
                int outside = (int) (unused(allocator, share, host, mappings) >>> 16);
                used.add(mappings.add(1, 47, INSIDE + i, 0, outside, 0, 0, 0, host));
            }
            assertThat(used.stream().map(mappings::outside)).as("seed %d", seed).doesNotHaveDuplicates();
            assertThat(unused(allocator, share, host, mappings)).isEqualTo(Allocator.NOTHING);
            int back = used.get(random.nextInt(ADDRESSES));
            int free = mappings.outside(back);
            mappings.detach(back);
            long place = Allocator.NOTHING;
            for (int i = 0; i <= 1 + ADDRESSES / Candidates.LOOKS && place < 0; i++) {
                place = unused(allocator, share, host, mappings);
            }
            assertThat((int) (place >>> 16)).as("seed %d", seed).isEqualTo(free);
        }
    }

    private static long unused(Allocator allocator, ShareState share, int host, MappingTable mappings) {
        long looks = share.addresses.unused(47).looks();
        long place = allocator.address(share, host, 47, mappings);
        assertThat(share.addresses.unused(47).looks() - looks).isLessThanOrEqualTo(3L * Candidates.LOOKS);
        return place;
    }
}
