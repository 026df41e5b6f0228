package io.natator.hostroute;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.compile.Announcement;
import io.natator.model.compile.RoutePlanner;
import io.natator.model.compile.RoutePlanner.Origins;
import io.natator.model.compile.RoutePlanner.Problem;
import io.natator.model.compile.RoutePlanner.Proved;
import io.natator.model.intent.Announce;
import io.natator.model.intent.Announce.Routes;
import io.natator.model.intent.Device;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Translation;
import io.natator.model.rpki.Vrp;
import io.natator.model.rpki.VrpSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

class HostRoutePlannerTest {
    private final HostRoutePlanner planner = new HostRoutePlanner();

    static Device device(String id, String... nextHops) {
        return new Device(
                id,
                1,
                Device.Mode.TRANSPARENT,
                Device.Profile.AUTO,
                List.of(),
                List.of(),
                Arrays.stream(nextHops).map(IpAddress::valueOf).toList(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10));
    }

    static Announce policy(Routes routes, String... communities) {
        return new Announce(routes, Optional.empty(), List.of(communities), List.of());
    }

    static Translation translation(String id, String outside, Announce policy) {
        IpPrefix prefix = IpPrefix.valueOf(outside);
        return new Translation(id, Kind.STATIC, prefix, prefix, List.of(), List.of(), List.of("sw1"), policy, false);
    }

    static Proved proved(String id, String outside, Announce policy, Device device) {
        return new Proved(translation(id, outside, policy), device, List.of(IpPrefix.valueOf(outside)));
    }

    private static List<String> prefixes(List<Announcement> announcements) {
        return announcements.stream().map(one -> one.prefix().toString()).toList();
    }

    @Test
    void aggregatesAcrossTranslations() {
        Device device = device("sw1", "192.0.2.1");
        List<Announcement> all = planner.announcements(List.of(
                proved("b", "203.0.113.128/25", policy(Routes.AGGREGATE), device),
                proved("a", "203.0.113.0/25", policy(Routes.AGGREGATE), device),
                proved("c", "198.51.100.1/32", policy(Routes.AGGREGATE), device)));
        assertThat(all)
                .containsExactly(
                        new Announcement(
                                IpPrefix.valueOf("198.51.100.1/32"),
                                IpAddress.valueOf("192.0.2.1"),
                                List.of(),
                                List.of(),
                                List.of("c")),
                        new Announcement(
                                IpPrefix.valueOf("203.0.113.0/24"),
                                IpAddress.valueOf("192.0.2.1"),
                                List.of(),
                                List.of(),
                                List.of("a", "b")));
    }

    @Test
    void keepsApartWhatDiffers() {
        Device one = device("sw1", "192.0.2.1");
        Device two = device("sw2", "192.0.2.2");
        assertThat(prefixes(planner.announcements(List.of(
                        proved("a", "10.0.0.0/32", policy(Routes.AGGREGATE), one),
                        proved("b", "10.0.0.1/32", policy(Routes.AGGREGATE), two),
                        proved("c", "10.0.0.2/32", policy(Routes.AGGREGATE, "65000:1"), one),
                        proved("d", "10.0.0.3/32", policy(Routes.HOST_ROUTES), one),
                        proved("e", "10.0.0.4/32", policy(Routes.NONE), one)))))
                .containsExactly("10.0.0.0/32", "10.0.0.1/32", "10.0.0.2/32", "10.0.0.3/32");
    }

    @Test
    void announcesOnePrefixOncePerNextHop() {
        List<Announcement> all = planner.announcements(List.of(
                proved("a", "10.0.0.0/24", policy(Routes.AGGREGATE), device("sw2", "192.0.2.2")),
                proved("a", "10.0.0.0/24", policy(Routes.AGGREGATE), device("sw1", "192.0.2.1"))));
        assertThat(all)
                .extracting(Announcement::nextHop)
                .containsExactly(IpAddress.valueOf("192.0.2.1"), IpAddress.valueOf("192.0.2.2"));
        Announce common =
                new Announce(Routes.HOST_ROUTES, Optional.of(IpAddress.valueOf("192.0.2.9")), List.of(), List.of());
        assertThat(planner.announcements(List.of(
                        proved("a", "10.0.0.0/32", common, device("sw1")),
                        proved("a", "10.0.0.0/32", common, device("sw2")))))
                .hasSize(1);
    }

    @Test
    void announcesOnlyWhatIsTranslated() {
        Translation translation = translation("a", "10.0.0.0/24", policy(Routes.AGGREGATE));
        List<IpPrefix> some = List.of(IpPrefix.valueOf("10.0.0.0/25"), IpPrefix.valueOf("10.0.0.128/26"));
        assertThat(prefixes(planner.announcements(List.of(new Proved(translation, device("sw1", "192.0.2.1"), some)))))
                .containsExactly("10.0.0.0/25", "10.0.0.128/26");
    }

    @Test
    void takesTheNextHopOfTheFamily() {
        Device both = device("sw1", "192.0.2.1", "2001:db8::1");
        assertThat(planner.announcements(List.of(
                        proved("a", "2001:db8:1::/127", policy(Routes.HOST_ROUTES), both),
                        proved("b", "10.0.0.0/24", policy(Routes.AGGREGATE), both))))
                .extracting(one -> one.prefix() + " " + one.nextHop())
                .containsExactly(
                        "10.0.0.0/24 192.0.2.1", "2001:db8:1::/128 2001:db8::1", "2001:db8:1::1/128 2001:db8::1");
    }

    @Test
    void saysWhatIsMissing() {
        Device device = device("sw1", "192.0.2.1");
        List<Proved> all = List.of(
                proved("a", "2001:db8:1::/64", policy(Routes.AGGREGATE), device),
                proved("b", "10.0.0.0/8", policy(Routes.HOST_ROUTES), device),
                proved("c", "192.168.0.0/24", policy(Routes.HOST_ROUTES), device));
        assertThat(planner.plan(all, Origins.UNKNOWN).problems())
                .containsExactly(
                        new Problem(
                                "a",
                                "sw1",
                                "not announced: devices/sw1 has no IPv6 next hop; set next_hops of the device, or"
                                        + " announce.next_hop of the translation"),
                        new Problem(
                                "b",
                                "sw1",
                                "not announced: 16777216 host routes, and there is room for 1048576 of 1048576;"
                                        + " announce AGGREGATE instead"));
        assertThat(planner.announcements(all)).hasSize(256);
    }

    @Test
    void takesAWholeSlash16AndItsHosts() {
        Device device = device("sw1", "192.0.2.1");
        List<Announcement> hosts =
                planner.announcements(List.of(proved("a", "10.1.0.0/16", policy(Routes.HOST_ROUTES), device)));
        assertThat(hosts).hasSize(65_536);
        assertThat(hosts.getLast().prefix()).isEqualTo(IpPrefix.valueOf("10.1.255.255/32"));
        List<Proved> single = new ArrayList<>(IntStream.range(0, 65_536)
                .mapToObj(i ->
                        proved("h" + i, "10.1." + (i >> 8) + "." + (i & 255) + "/32", policy(Routes.AGGREGATE), device))
                .toList());
        List<Announcement> merged = planner.announcements(single);
        assertThat(prefixes(merged)).containsExactly("10.1.0.0/16");
        assertThat(merged.getFirst().translations()).hasSize(65_536);
    }

    @Test
    void leadsABlockToOneDeviceAndItsExceptionsToTheOther() {
        Device one = device("sw1", "192.0.2.1");
        Device two = device("sw2", "192.0.2.2");
        assertThat(planner.announcements(List.of(
                        proved("a", "203.0.113.0/25", policy(Routes.AGGREGATE), one),
                        proved("b", "203.0.113.128/26", policy(Routes.AGGREGATE), one),
                        proved("c", "203.0.113.192/32", policy(Routes.AGGREGATE), two),
                        proved("d", "203.0.113.193/32", policy(Routes.AGGREGATE), one),
                        proved("e", "203.0.113.194/31", policy(Routes.AGGREGATE), one),
                        proved("f", "203.0.113.196/30", policy(Routes.AGGREGATE), one),
                        proved("g", "203.0.113.200/29", policy(Routes.AGGREGATE), one),
                        proved("h", "203.0.113.208/28", policy(Routes.AGGREGATE), one),
                        proved("i", "203.0.113.224/27", policy(Routes.AGGREGATE), one))))
                .extracting(a -> a.prefix() + " " + a.nextHop() + " " + a.translations())
                .containsExactly("203.0.113.0/24 192.0.2.1 [a, b, d, e, f, g, h, i]", "203.0.113.192/32 192.0.2.2 [c]");
        // One address is translated by nobody, so nothing may cover it.
        assertThat(prefixes(planner.announcements(List.of(
                        proved("a", "203.0.113.0/25", policy(Routes.AGGREGATE), one),
                        proved("b", "203.0.113.128/26", policy(Routes.AGGREGATE), one),
                        proved("c", "203.0.113.192/27", policy(Routes.AGGREGATE), two)))))
                .containsExactly("203.0.113.0/25", "203.0.113.128/26", "203.0.113.192/27");
    }

    @Test
    void doesNotCoverExceptionsThatSomeNeighboursDoNotHear() {
        Announce private2 = new Announce(Routes.AGGREGATE, Optional.empty(), List.of(), List.of("only"));
        assertThat(prefixes(planner.announcements(List.of(
                        proved("a", "10.0.0.0/32", policy(Routes.AGGREGATE), device("sw1", "192.0.2.1")),
                        proved("b", "10.0.0.1/32", private2, device("sw2", "192.0.2.2")),
                        proved("c", "10.0.0.2/31", policy(Routes.AGGREGATE), device("sw1", "192.0.2.1"))))))
                .containsExactly("10.0.0.0/32", "10.0.0.1/32", "10.0.0.2/31");
    }

    @Test
    void marksWhatLeavesAndPutsItLast() {
        Translation a = translation("a", "10.0.0.0/24", policy(Routes.AGGREGATE, "65000:1"));
        IpPrefix half = IpPrefix.valueOf("10.0.0.0/25");
        IpPrefix other = IpPrefix.valueOf("10.0.0.128/25");
        List<Announcement> all = planner.announcements(List.of(
                new Proved(a, device("sw1", "192.0.2.1"), List.of(other), List.of(half)),
                new Proved(a, device("sw2", "192.0.2.2"), List.of(half), List.of())));
        assertThat(all)
                .extracting(one -> one.prefix() + " " + one.nextHop() + " " + one.communities() + one.draining())
                .containsExactly(
                        "10.0.0.0/25 192.0.2.2 [65000:1]false",
                        "10.0.0.0/25 192.0.2.1 [65000:1, 65535:0]true",
                        "10.0.0.128/25 192.0.2.1 [65000:1]false");
    }

    @Test
    void refusesWhatTheHolderOfTheAddressesDidNotAllow() {
        Device device = device("sw1", "192.0.2.1");
        Origins origins = new Origins(
                VrpSet.of(List.of(new Vrp(IpPrefix.valueOf("10.0.0.0/16"), 24, 65000))),
                Map.of("mine", 65000L, "other", 65009L));
        Announce forced = new Announce(
                Routes.AGGREGATE,
                Optional.empty(),
                List.of(),
                List.of("mine"),
                OptionalLong.of(5),
                Duration.ZERO,
                Duration.ZERO,
                true);
        RoutePlanner.Routes routes = planner.plan(
                List.of(
                        proved("a", "10.0.1.0/24", policy(Routes.AGGREGATE), device),
                        proved("b", "10.0.2.0/25", policy(Routes.AGGREGATE), device),
                        proved("c", "10.0.3.0/25", forced, device),
                        proved("d", "10.1.0.0/25", policy(Routes.AGGREGATE), device)),
                origins);
        assertThat(routes.announcements())
                .extracting(one -> one.prefix() + " " + one.neighbors() + one.med())
                .containsExactly(
                        "10.0.1.0/24 [mine]OptionalLong.empty",
                        "10.0.3.0/25 [mine]OptionalLong[5]",
                        "10.1.0.0/25 []OptionalLong.empty");
        assertThat(routes.refused())
                .extracting(one ->
                        one.announcement().prefix() + " " + one.announcement().neighbors() + " " + one.reason())
                .containsExactly(
                        "10.0.1.0/24 [other] route-origin validation (RFC 6811): AS 65009 may not announce 10.0.1.0/24:"
                                + " the ROA of 10.0.0.0/16 allows AS 65000; change the ROA, or set announce.force of"
                                + " the translation",
                        "10.0.2.0/25 [mine, other] route-origin validation (RFC 6811): 10.0.2.0/25 is too specific: the"
                                + " ROA says 10.0.0.0/16 up to /24 by AS 65000; change the ROA, or set announce.force"
                                + " of the translation");
    }
}
