package io.natator.softswitch.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.intent.Pool.Reservation;
import io.natator.model.session.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Addresses that are kept for those that had them. */
class AddressAllocatorTest {
    private static final int STICKY = 3600;
    private static final int INSIDE = 0x0a000001;
    private static final int OUTSIDE = 0xc6120000; // 198.18.0.0

    private final long seed = Long.getLong("natator.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);

    private static ShareState share(Pool pool, String inside, String outside) {
        List<IpPrefix> addresses = List.of(IpPrefix.valueOf(outside));
        return new ShareState(
                1, new Share(1, "pool", Kind.DYNAMIC, IpPrefix.valueOf(inside), addresses, List.of(), false, pool));
    }

    /** A host that comes and goes all day takes no more room than another, and is forgotten when its last time is over. */
    @Test
    void looksAfterAHostOnce() {
        Pool pool = Pool.DEFAULT.but().sticky(Duration.ofSeconds(STICKY)).build();
        try (HostTable hosts = new HostTable(16, 1)) {
            AddressAllocator allocator = new AddressAllocator(hosts, new SplittableRandom(1), new Holds());
            ShareState share = share(pool, "10.0.0.0/24", "192.0.2.0/28");
            share.isThere = true;
            int host = hosts.add(1, INSIDE);
            int last = 0;
            for (int tick = 0; tick < 10 * share.sticky; tick += share.sticky / 100) {
                OutsideAddress address = allocator.binding(share, host, tick);
                allocator.keep(share, host, address, tick);
                assertThat(allocator.queued()).isEqualTo(1);
                int due = allocator.forgotten(tick, false);
                assertThat(due).as("came back meanwhile").isNotEqualTo(host);
                last = tick;
            }
            while (allocator.forgotten(last + share.sticky - 1, false) == 0) {
                assertThat(allocator.queued()).isEqualTo(1);
            }
            assertThat(allocator.forgotten(last + share.sticky, false)).isEqualTo(host);
            assertThat(allocator.queued()).isZero();
        }
    }

    /**
     * Hosts come and go: whoever may have an address gets one, free for all before kept for others, and no packet looks at many, also
     * if nothing is left but addresses that are reserved or held for others.
     */
    @Test
    void aPacketLooksAtFewAddressesAndMissesNone() {
        int size = 1 << 12;
        int waits = Candidates.LOOKS; // so many are looked at each time
        List<Reservation> reservations = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            reservations.add(new Reservation(IpAddress.valueOf(INSIDE - 1 - i), IpAddress.valueOf(OUTSIDE + 40 * i)));
        }
        Pool pool = Pool.DEFAULT
                .but()
                .sticky(Duration.ofSeconds(STICKY))
                .reservations(reservations)
                .build();
        try (HostTable hosts = new HostTable(3 * size, 1)) {
            Holds holds = new Holds();
            AddressAllocator allocator = new AddressAllocator(hosts, random, holds);
            ShareState share = share(pool, "10.0.0.0/8", "198.18.0.0/20");
            OutsidePool addresses = share.addresses;
            for (int i = 0; i < waits; i++) {
                assertThat(holds.hold(OUTSIDE + 40 * i + 1, -1, Holds.LONGEST, 0))
                        .isTrue();
            }
            List<OutsideAddress> bound = new ArrayList<>();
            List<Integer> whose = new ArrayList<>();
            int free = size - reservations.size() - waits;
            int kept = 0;
            for (int i = 0; i < 4 * size; i++) {
                if (!bound.isEmpty() && i > 2 * size && random.nextInt(3) == 0) {
                    int at = random.nextInt(bound.size());
                    OutsideAddress address = bound.set(at, bound.getLast());
                    int host = whose.set(at, whose.getLast());
                    bound.removeLast();
                    whose.removeLast();
                    address.binding(0);
                    if (random.nextBoolean()) {
                        allocator.keep(share, host, address, 0);
                        kept++;
                    } else {
                        hosts.unpair(host);
                        free++;
                    }
                    continue;
                }
                int host = hosts.find(1, INSIDE + i % (3 * size - 1));
                host = host == 0 ? hosts.add(1, INSIDE + i % (3 * size - 1)) : host;
                if (whose.contains(host)) {
                    continue;
                }
                boolean again = hosts.isKept(host)
                        && addresses.stateOf(hosts.outside(host)).keptFor() == host;
                long looks = addresses.nobodys.looks() + addresses.kept.looks();
                OutsideAddress address = allocator.binding(share, host, 0);
                looks = addresses.nobodys.looks() + addresses.kept.looks() - looks;
                assertThat(looks).as("seed %d", seed).isLessThanOrEqualTo(4 * Candidates.LOOKS);
                assertThat(address != null)
                        .as("seed %d: %d free, %d kept", seed, free, kept)
                        .isEqualTo(free + kept > 0);
                if (address != null) {
                    assertThat(address.binding()).isZero();
                    assertThat(address.isReserved()).isFalse();
                    assertThat(holds.isHeld(address.address, 0)).isFalse();
                    address.binding(1);
                    bound.add(address);
                    whose.add(host);
                    kept -= again || free == 0 ? 1 : 0;
                    free -= again || free == 0 ? 0 : 1;
                }
            }
        }
    }
}
