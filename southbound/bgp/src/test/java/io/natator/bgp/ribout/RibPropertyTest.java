package io.natator.bgp.ribout;

import static io.natator.bgp.ribout.Sessions.EXTERNAL;
import static io.natator.bgp.ribout.Sessions.INTERNAL;
import static io.natator.bgp.ribout.Sessions.negotiated;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.bgp.codec.Family;
import io.natator.bgp.codec.UpdateContext;
import io.natator.bgp.fsm.Negotiated;
import io.natator.model.compile.Announcement;
import io.natator.model.peering.ExportPolicy;
import io.natator.model.peering.Peering;
import io.natator.model.peering.PrefixRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * Whatever is announced in whatever steps, and however slowly neighbours read, come and go: each ends up with what one
 * that hears the last set alone is told.
 */
class RibPropertyTest {
    private static final ExportPolicy HALF = new ExportPolicy(
            List.of(new PrefixRange(IpPrefix.valueOf("10.0.0.0/26"), 26, 32)),
            List.of(),
            OptionalLong.of(7),
            OptionalLong.empty(),
            1,
            ExportPolicy.MAX_ROUTES);

    /** One neighbour with its session. */
    private final class Neighbor {
        private final String id;
        private final Peering peering;
        private final Negotiated negotiated;
        private final RibOut out;
        private Receiver receiver;

        Neighbor(Rib rib, String id, Peering peering, Negotiated negotiated) {
            this.id = id;
            this.peering = peering;
            this.negotiated = negotiated;
            out = rib.neighbor(id);
            connect();
        }

        void connect() {
            receiver = new Receiver(!negotiated.addPath().isEmpty());
            out.up(peering, negotiated);
        }

        void step() {
            switch (random.nextInt(20)) {
                case 0 -> connect();
                case 1 -> out.refresh(negotiated.families().getFirst());
                case 2, 3, 4, 5 -> receiver.drain(out);
                default -> receiver.take(out, random.nextInt(3));
            }
        }

        /** What it holds, but for the numbers of paths, which may differ. */
        List<String> holds() {
            return receiver.routes().entrySet().stream()
                    .map(route -> route.getKey().replaceFirst(" [0-9]+ ", " ") + " " + route.getValue())
                    .sorted()
                    .toList();
        }
    }

    private Random random = new Random();

    private Announcement someAnnouncement() {
        boolean ipv4 = random.nextInt(3) > 0;
        int number = random.nextInt(100);
        IpPrefix prefix = ipv4
                ? IpPrefix.valueOf(0x0a000000 + number, random.nextInt(4) == 0 ? 31 : 32)
                : IpPrefix.valueOf("2001:db8::" + Integer.toHexString(number) + "/128");
        String nextHop = (ipv4 ? "192.0.2." : "2001:db8:ffff::") + (1 + random.nextInt(3));
        List<List<String>> audiences = List.of(List.of(), List.of(), List.of("a"), List.of("b", "c"));
        List<List<String>> communities = List.of(List.of(), List.of("65000:1"), List.of("65000:2", "rt:65000:1"));
        return new Announcement(
                prefix,
                IpAddress.valueOf(nextHop),
                communities.get(random.nextInt(communities.size())),
                random.nextInt(5) == 0 ? OptionalLong.of(random.nextInt(2)) : OptionalLong.empty(),
                random.nextInt(10) == 0,
                audiences.get(random.nextInt(audiences.size())),
                List.of("t" + random.nextInt(2)));
    }

    private List<Announcement> some(Collection<Announcement> from) {
        int most = random.nextInt(4) == 0 ? 60 : 3;
        List<Announcement> some = new ArrayList<>();
        for (Announcement one : from) {
            if (some.size() < most && random.nextInt(3) == 0) {
                some.add(one);
            }
        }
        return some;
    }

    private void change(Rib rib, Set<Announcement> wanted) {
        List<Announcement> removed = some(wanted);
        List<Announcement> added = new ArrayList<>();
        int count = random.nextInt(4) == 0 ? 50 : 3;
        wanted.removeAll(removed);
        for (int i = 0; i < count; i++) {
            Announcement one = someAnnouncement();
            if (wanted.add(one)) {
                added.add(one);
            }
        }
        if (random.nextInt(4) == 0) {
            rib.replace(wanted);
        } else {
            rib.change(added, removed);
        }
    }

    private List<Neighbor> neighbors(Rib rib) {
        Family[] both = Family.values();
        List<Family> paths = List.of(both);
        Peering peering = Peering.between(65000, 65001);
        UpdateContext extended = new UpdateContext(true, false, true, false);
        return List.of(
                new Neighbor(rib, "a", peering, negotiated(EXTERNAL, true, both)),
                new Neighbor(rib, "b", peering, negotiated(EXTERNAL, true, both)),
                new Neighbor(rib, "c", peering, negotiated(EXTERNAL, true, both)),
                new Neighbor(rib, "d", peering, negotiated(EXTERNAL, true, both)),
                new Neighbor(rib, "e", peering, negotiated(EXTERNAL, false, paths, both)),
                new Neighbor(rib, "b", peering, negotiated(EXTERNAL, false, paths, both)),
                new Neighbor(rib, "f", peering.with(HALF), negotiated(INTERNAL, true, both)),
                new Neighbor(rib, "g", peering, negotiated(extended, true, Family.IPV6_UNICAST)));
    }

    private void run(long seed) {
        random = new Random(seed);
        Rib rib = new Rib();
        Set<Announcement> wanted = new LinkedHashSet<>();
        List<Neighbor> neighbors = neighbors(rib);
        rib.replace(wanted);
        for (int step = 0; step < 150; step++) {
            change(rib, wanted);
            neighbors.forEach(Neighbor::step);
        }
        for (Neighbor neighbor : neighbors) {
            neighbor.receiver.drain(neighbor.out);
            Rib fresh = new Rib();
            fresh.replace(wanted);
            Neighbor same = new Neighbor(fresh, neighbor.id, neighbor.peering, neighbor.negotiated);
            same.receiver.drain(same.out);
            assertThat(neighbor.holds()).as("seed %d: %s", seed, neighbor.id).isEqualTo(same.holds());
            assertThat(neighbor.out.told())
                    .as("seed %d: told", seed)
                    .isEqualTo(neighbor.receiver.routes().size());
            assertThat(neighbor.out.settled()).isTrue();
            Receiver late = new Receiver(!neighbor.negotiated.addPath().isEmpty());
            neighbor.out.replay(late::read);
            assertThat(late.routes()).as("seed %d: replay", seed).isEqualTo(neighbor.receiver.routes());
        }
    }

    @Test
    void endsWithTheSameWhateverTheWay() {
        long first = System.nanoTime();
        for (int round = 0; round < 40; round++) {
            run(first + round);
        }
    }
}
