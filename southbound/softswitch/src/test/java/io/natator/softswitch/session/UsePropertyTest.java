package io.natator.softswitch.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.session.PoolUse;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;

/**
 * What a {@link UseWalk} tells is what one sees who goes through all tables at that moment, whatever happened since, and while it
 * walked. {@code -Dnatator.seed=N -Dnatator.seeds=COUNT}.
 */
class UsePropertyTest {
    private static final int WORLDS = Integer.getInteger("natator.seeds", 5);
    private static final int WALKS = 30;
    private static final int TOP = 10;

    /** A host where it is in the table: if it goes and comes back, it may be where the walk has already been. */
    private record Place(ShareState share, IpAddress host, int record) {}

    private World world;
    private SplittableRandom random;

    @Test
    void tellsWhatIsSo() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        for (int i = 0; i < WORLDS; i++) {
            random = new SplittableRandom(seed + i);
            try (World one = new World(seed + i)) {
                world = one;
                for (int walk = 0; walk < WALKS; walk++) {
                    happens(60);
                    still();
                    moving();
                }
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed %d, world %d".formatted(seed, i), e);
            }
        }
    }

    private void happens(int steps) {
        for (int i = 0; i < steps; i++) {
            world.step();
        }
    }

    /** Nothing happens while it walks: it tells the busiest hosts. */
    private void still() {
        UseWalk walk = new UseWalk(world.shares, world.store);
        int looks = 0;
        for (int most = 1, done = most; done == most; looks += done) {
            most = 1 + random.nextInt(40);
            done = walk.look(most);
            assertThat(done).isLessThanOrEqualTo(most);
        }
        assertThat(looks).as("each record once").isEqualTo(world.store.hosts.highest());
        for (PoolUse use : sums(walk.answer())) {
            Map<IpAddress, Long> hosts = hosts(use.share());
            List<Long> most = hosts.values().stream()
                    .sorted(Comparator.reverseOrder())
                    .limit(TOP)
                    .toList();
            assertThat(use.top()).extracting(PoolUse.Host::sessions).isEqualTo(most);
            assertThat(use.top()).allMatch(h -> hosts.get(h.inside()) == h.sessions());
        }
    }

    /** It walks while things happen: no host that stayed as it was is missing if it should not be. */
    private void moving() {
        UseWalk walk = new UseWalk(world.shares, world.store);
        Map<Place, Long> most = new HashMap<>();
        Map<Place, Long> least = null;
        for (int part = 1, done = part; done == part; ) {
            happens(random.nextInt(8));
            Map<Place, Long> now = places();
            now.forEach((host, sessions) -> most.merge(host, sessions, Math::max));
            Map<Place, Long> before = least == null ? now : least;
            least = new HashMap<>();
            for (Map.Entry<Place, Long> host : before.entrySet()) {
                least.put(host.getKey(), Math.min(host.getValue(), now.getOrDefault(host.getKey(), 0L)));
            }
            part = 1 + random.nextInt(10);
            done = walk.look(part);
        }
        for (PoolUse use : sums(walk.answer())) {
            Map<IpAddress, Long> hosts = hosts(use.share());
            assertThat(use.top()).hasSizeLessThanOrEqualTo(TOP).doesNotHaveDuplicates();
            assertThat(use.top())
                    .as("what is told is so now")
                    .allMatch(h -> hosts.getOrDefault(h.inside(), 0L) == h.sessions());
            assertThat(use.top()).extracting(PoolUse.Host::inside).doesNotHaveDuplicates();
            for (Place place : least.keySet()) {
                long always = least.get(place);
                boolean told = use.top().stream().anyMatch(h -> h.inside().equals(place.host));
                long others = most.entrySet().stream()
                        .filter(o -> o.getKey().share == place.share && o.getValue() >= always)
                        .map(o -> o.getKey().host)
                        .filter(o -> !o.equals(place.host))
                        .distinct()
                        .count();
                boolean other = world.shares.byId(use.share()) != place.share;
                assertThat(other || told || always == 0 || others >= TOP)
                        .as("%s always had %d, and only %d others ever had", place, always, others)
                        .isTrue();
            }
        }
    }

    /** Compares all but the busiest hosts. */
    private List<PoolUse> sums(List<PoolUse> all) {
        assertThat(all)
                .extracting(PoolUse::share)
                .isEqualTo(world.shares.all().stream().map(s -> s.share.id()).toList());
        for (PoolUse use : all) {
            ShareState share = world.shares.byId(use.share());
            assertThat(use.addresses()).isEqualTo(share.addresses.size());
            assertThat(use.sessions()).as("sessions").isEqualTo(sessions(share));
            assertThat(use.portsUsed()).as("ports").isEqualTo(ports(share));
            assertThat(use.addressesUsed()).as("addresses").isEqualTo(addresses(share));
        }
        return all;
    }

    private long sessions(ShareState share) {
        return hosts(share.share.id()).values().stream().mapToLong(n -> n).sum();
    }

    /** A mapping that is found by its outside port has it. */
    private long ports(ShareState share) {
        MappingTable mappings = world.store.mappings;
        long ports = 0;
        for (int m = 1; m <= mappings.highest(); m++) {
            boolean found = mappings.is(m, MappingTable.BY_OUTSIDE) && mappings.share(m) == share.slot;
            ports += found && share.hasOutside(mappings.outside(m)) ? 1 : 0;
        }
        return ports;
    }

    private long addresses(ShareState share) {
        MappingTable mappings = world.store.mappings;
        SessionTable sessions = world.store.sessions;
        HostTable hosts = world.store.hosts;
        Set<Integer> used = new HashSet<>();
        for (int m = 1; m <= mappings.highest(); m++) {
            if (mappings.is(m, MappingTable.BY_OUTSIDE) && mappings.share(m) == share.slot) {
                used.add(mappings.outside(m));
            }
        }
        for (int s = 1; s <= sessions.highest(); s++) {
            if (sessions.kind(s) == SessionTable.BINDING && sessions.share(s) == share.slot) {
                used.add(sessions.outside(s));
            }
        }
        for (int h = 1; share.kind.sharesPorts() && h <= hosts.highest(); h++) {
            if (hosts.isLive(h) && hosts.isPaired(h) && hosts.share(h) == share.slot) {
                used.add(hosts.outside(h));
            }
        }
        return used.stream().filter(share::hasOutside).count();
    }

    private Map<IpAddress, Long> hosts(int share) {
        Map<IpAddress, Long> hosts = new HashMap<>();
        SessionTable sessions = world.store.sessions;
        for (int s = 1; s <= sessions.highest(); s++) {
            ShareState of = sessions.kind(s) == SessionTable.NONE ? null : world.shares.get(sessions.share(s));
            if (of != null && of.isThere && of.share.id() == share) {
                hosts.merge(world.store.insideAddress(of, sessions.inside(s)), 1L, Long::sum);
            }
        }
        return hosts;
    }

    private Map<Place, Long> places() {
        Map<Place, Long> all = new HashMap<>();
        for (ShareState share : world.shares.all()) {
            hosts(share.share.id()).forEach((host, sessions) -> {
                int record = world.store.hosts.find(share.slot, host);
                all.put(new Place(share, host, record), sessions);
            });
        }
        return all;
    }
}
