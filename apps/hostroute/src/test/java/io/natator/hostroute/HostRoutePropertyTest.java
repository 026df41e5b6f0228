package io.natator.hostroute;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.compile.Announcement;
import io.natator.model.compile.RoutePlanner.Origins;
import io.natator.model.compile.RoutePlanner.Proved;
import io.natator.model.intent.Announce.Routes;
import io.natator.model.intent.Device;
import io.natator.model.rpki.Vrp;
import io.natator.model.rpki.VrpSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** For any set of proved translations: an address is led to those who translate it, and to nobody else. */
class HostRoutePropertyTest {
    private static final Device[] DEVICES = {
        HostRoutePlannerTest.device("sw1", "192.0.2.1"),
        HostRoutePlannerTest.device("sw2", "192.0.2.2"),
        HostRoutePlannerTest.device("sw3")
    };

    private static final List<Routes> POLICIES = List.of(Routes.values());

    private final HostRoutePlanner planner = new HostRoutePlanner();
    private final long seed = Long.getLong("natator.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void leadsToWhoTranslatesWhateverTheOrder() {
        for (int round = 0; round < 60; round++) {
            List<Proved> proved = some();
            List<Announcement> announced = planner.announcements(proved);
            String where = "seed " + seed + " round " + round;
            for (int host = 0; host < 256; host++) {
                IpPrefix address = address(host);
                // A host route hides the block around it, so both must have been wanted.
                assertThat(wanted(proved, address, r -> true))
                        .as(where + " " + address)
                        .containsAll(led(announced, address));
                Set<String> hosts = wanted(proved, address, Routes.HOST_ROUTES::equals);
                assertThat(led(announced, address))
                        .as(where + " " + address)
                        .containsAll(hosts.isEmpty() ? wanted(proved, address, Routes.AGGREGATE::equals) : hosts);
            }
            assertThat(new HashSet<>(announced)).as(where).hasSameSizeAs(announced);
            Collections.shuffle(proved, random);
            assertThat(planner.announcements(proved)).as(where).isEqualTo(announced);
        }
    }

    /** Blocks that share all their addresses between two devices, so that nesting pays. */
    private List<Proved> shared() {
        List<Proved> proved = new ArrayList<>();
        int mostly = random.nextInt(2);
        for (int host = 0; host < 64; host++) {
            if (random.nextInt(40) > 0) {
                proved.add(HostRoutePlannerTest.proved(
                        "t" + host,
                        address(host).toString(),
                        HostRoutePlannerTest.policy(Routes.AGGREGATE),
                        DEVICES[random.nextInt(8) == 0 ? 1 - mostly : mostly]));
            }
        }
        return proved;
    }

    @Test
    void takesNoMoreRoutesThanBlocksApart() {
        int saved = 0;
        for (int round = 0; round < 60; round++) {
            List<Proved> proved = shared();
            int apart = 0;
            for (Device device : DEVICES) {
                apart += planner.announcements(proved.stream()
                                .filter(p -> p.device().equals(device))
                                .toList())
                        .size();
            }
            int together = planner.announcements(proved).size();
            assertThat(together).as("seed " + seed + " round " + round).isLessThanOrEqualTo(apart);
            saved += apart - together;
        }
        assertThat(saved).as("seed " + seed).isPositive();
    }

    /**
     * What keeps its translator is never led elsewhere, nor nowhere, while a neighbour takes in one change after the
     * other: what is new first, the longest prefix first, and then what is gone.
     */
    @Test
    void makesBeforeItBreaks() {
        List<Proved> before = shared();
        for (int round = 0; round < 60; round++) {
            List<Proved> after = random.nextBoolean() ? shared() : changed(before);
            List<Announcement> old = planner.announcements(before);
            List<Announcement> now = planner.announcements(after);
            Map<IpPrefix, Announcement> rib = old.stream().collect(Collectors.toMap(Announcement::prefix, a -> a));
            List<Announcement> adds = now.stream()
                    .filter(a -> !a.equals(rib.get(a.prefix())))
                    .sorted(Comparator.comparingInt(a -> -a.prefix().prefixLength()))
                    .toList();
            for (Announcement add : adds) {
                rib.put(add.prefix(), add);
                assertKept(before, after, rib, round);
            }
            Set<IpPrefix> stay = now.stream().map(Announcement::prefix).collect(Collectors.toSet());
            for (Announcement gone : old) {
                if (!stay.contains(gone.prefix())) {
                    rib.remove(gone.prefix());
                    assertKept(before, after, rib, round);
                }
            }
            before = after;
        }
    }

    private List<Proved> changed(List<Proved> proved) {
        List<Proved> all = new ArrayList<>(proved);
        for (int i = 0; i < 3 && !all.isEmpty(); i++) {
            all.remove(random.nextInt(all.size()));
        }
        return all;
    }

    private void assertKept(List<Proved> before, List<Proved> after, Map<IpPrefix, Announcement> rib, int round) {
        for (int host = 0; host < 64; host++) {
            Set<String> was = wanted(before, address(host), r -> true);
            Set<String> is = wanted(after, address(host), r -> true);
            if (!was.isEmpty() && was.equals(is)) {
                assertThat(led(List.copyOf(rib.values()), address(host)))
                        .as("seed " + seed + " round " + round + " host " + host)
                        .isEqualTo(is);
            }
        }
    }

    /** Validation never leads an address to who does not translate it, and refuses just what is invalid. */
    @Test
    void refusesOnlyWhatIsInvalid() {
        for (int round = 0; round < 60; round++) {
            List<Proved> proved = shared();
            List<Vrp> vrps = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                int length = 24 + random.nextInt(9);
                vrps.add(new Vrp(
                        IpPrefix.valueOf(IpAddress.valueOf("203.0.113." + random.nextInt(64)), length),
                        length + random.nextInt(33 - length),
                        65000 + random.nextInt(2)));
            }
            VrpSet set = VrpSet.of(vrps);
            var routes = planner.plan(proved, new Origins(set, Map.of("n", 65000L)));
            for (int host = 0; host < 64; host++) {
                assertThat(wanted(proved, address(host), r -> true))
                        .as("seed " + seed + " round " + round + " host " + host)
                        .containsAll(led(routes.announcements(), address(host)));
            }
            String where = "seed " + seed + " round " + round;
            assertThat(routes.announcements()).as(where).noneMatch(a -> invalid(vrps, a.prefix()));
            assertThat(routes.refused())
                    .as(where)
                    .allMatch(r -> invalid(vrps, r.announcement().prefix()));
        }
    }

    /** RFC 6811, section 2, word for word. */
    private static boolean invalid(List<Vrp> vrps, IpPrefix route) {
        boolean covered = false;
        for (Vrp vrp : vrps) {
            if (vrp.prefix().contains(route)) {
                covered = true;
                if (route.prefixLength() <= vrp.maxLength() && vrp.origin() == 65000) {
                    return false;
                }
            }
        }
        return covered;
    }

    private List<Proved> some() {
        List<Proved> proved = new ArrayList<>();
        int count = random.nextInt(20);
        for (int i = 0; i < count; i++) {
            int length = 24 + random.nextInt(9);
            IpPrefix prefix = IpPrefix.valueOf(IpAddress.valueOf("203.0.113." + random.nextInt(256)), length);
            Routes routes = POLICIES.get(random.nextInt(POLICIES.size()));
            proved.add(HostRoutePlannerTest.proved(
                    "t" + i,
                    prefix.toString(),
                    random.nextBoolean()
                            ? HostRoutePlannerTest.policy(routes)
                            : HostRoutePlannerTest.policy(routes, "65000:1"),
                    DEVICES[random.nextInt(DEVICES.length)]));
        }
        return proved;
    }

    private static IpPrefix address(int host) {
        return IpPrefix.valueOf("203.0.113." + host + "/32");
    }

    /** Where the longest matching prefix leads. */
    private static Set<String> led(List<Announcement> announced, IpPrefix address) {
        int longest = announced.stream()
                .filter(a -> a.prefix().contains(address))
                .mapToInt(a -> a.prefix().prefixLength())
                .max()
                .orElse(-1);
        return announced.stream()
                .filter(a -> a.prefix().prefixLength() == longest && a.prefix().contains(address))
                .map(a -> a.nextHop() + " " + a.communities())
                .collect(Collectors.toSet());
    }

    private static Set<String> wanted(List<Proved> proved, IpPrefix address, Predicate<Routes> policy) {
        Set<String> offers = new HashSet<>();
        for (Proved one : proved) {
            Routes routes = one.translation().announce().routes();
            boolean announced = routes != Routes.NONE
                    && policy.test(routes)
                    && !one.device().nextHops().isEmpty();
            if (announced && one.translated().getFirst().contains(address)) {
                offers.add(one.device().nextHops().getFirst() + " "
                        + one.translation().announce().communities());
            }
        }
        return offers;
    }
}
