package io.natator.hostroute;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.compile.Announcement;
import io.natator.model.compile.RoutePlanner.Problem;
import io.natator.model.compile.RoutePlanner.Proved;
import io.natator.model.intent.Announce;
import io.natator.model.intent.Announce.Routes;
import io.natator.model.intent.Device;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Translation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
        assertThat(planner.problems(all))
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
}
