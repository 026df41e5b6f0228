package io.natator.hostroute;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.compile.Announcement;
import io.natator.model.compile.RoutePlanner.Proved;
import io.natator.model.intent.Announce.Routes;
import io.natator.model.intent.Device;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** For any set of proved translations: what is announced to an address is what is translated there, and no more. */
class HostRoutePropertyTest {
    private static final Device[] DEVICES = {
        HostRoutePlannerTest.device("sw1", "192.0.2.1"),
        HostRoutePlannerTest.device("sw2", "192.0.2.2"),
        HostRoutePlannerTest.device("sw3")
    };

    private static final List<Routes> POLICIES = List.of(Routes.values());

    private final HostRoutePlanner planner = new HostRoutePlanner();

    @Test
    void announcesExactlyWhatIsTranslatedWhateverTheOrder() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<Proved> proved = some(random);
            List<Announcement> announced = planner.announcements(proved);
            String where = "seed " + seed + " round " + round;
            for (int host = 0; host < 256; host++) {
                IpPrefix address = IpPrefix.valueOf("203.0.113." + host + "/32");
                assertThat(offered(announced, address))
                        .as(where + " " + address)
                        .isEqualTo(wanted(proved, address));
            }
            assertThat(new HashSet<>(announced)).as(where).hasSameSizeAs(announced);
            Collections.shuffle(proved, random);
            assertThat(planner.announcements(proved)).as(where).isEqualTo(announced);
        }
    }

    private static List<Proved> some(Random random) {
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

    private static Set<String> offered(List<Announcement> announced, IpPrefix address) {
        Set<String> offers = new HashSet<>();
        for (Announcement one : announced) {
            if (one.prefix().contains(address)) {
                one.translations().forEach(id -> offers.add(one.nextHop() + " " + one.communities()));
            }
        }
        return offers;
    }

    private static Set<String> wanted(List<Proved> proved, IpPrefix address) {
        Set<String> offers = new HashSet<>();
        for (Proved one : proved) {
            boolean announced = one.translation().announce().routes() != Routes.NONE
                    && !one.device().nextHops().isEmpty();
            if (announced && one.translated().getFirst().contains(address)) {
                offers.add(one.device().nextHops().getFirst() + " "
                        + one.translation().announce().communities());
            }
        }
        return offers;
    }
}
