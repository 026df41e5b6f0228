package io.natator.bgp.ribout;

import static io.natator.bgp.ribout.Sessions.EXTERNAL;
import static io.natator.bgp.ribout.Sessions.INTERNAL;
import static io.natator.bgp.ribout.Sessions.announcement;
import static io.natator.bgp.ribout.Sessions.negotiated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.natator.bgp.codec.AsSegment;
import io.natator.bgp.codec.Decoded;
import io.natator.bgp.codec.Decoder;
import io.natator.bgp.codec.Family;
import io.natator.bgp.codec.PathAttributes;
import io.natator.bgp.codec.Update;
import io.natator.bgp.codec.UpdateContext;
import io.natator.model.compile.Announcement;
import io.natator.model.peering.Community;
import io.natator.model.peering.ExportPolicy;
import io.natator.model.peering.Peering;
import io.natator.model.peering.PrefixRange;
import io.natator.model.southbound.NeighborEvent.Unsent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

class RibOutTest {
    private static final Peering PEERING = Peering.between(65000, 65001);

    private final Rib rib = new Rib();
    private final RibOut ribOut = rib.neighbor("n");

    private void up(UpdateContext context, boolean endOfRib, Family... families) {
        ribOut.up(PEERING, negotiated(context, endOfRib, families));
    }

    private void want(Announcement... announcements) {
        rib.replace(List.of(announcements));
    }

    private List<Update> drain(UpdateContext context) {
        List<Update> updates = new ArrayList<>();
        for (Optional<byte[]> next = ribOut.next(); next.isPresent(); next = ribOut.next()) {
            updates.add((Update) ((Decoded.Ok) Decoder.decode(next.get(), context)).message());
        }
        return updates;
    }

    @Test
    void tellsNothingBeforeItKnowsWhatIsWanted() {
        up(EXTERNAL, true, Family.IPV4_UNICAST);
        assertThat(drain(EXTERNAL)).isEmpty();
        assertThat(ribOut.settled()).isFalse();
        want();
        assertThat(drain(EXTERNAL))
                .singleElement()
                .satisfies(update -> assertThat(update.endOfRib()).hasValue(Family.IPV4_UNICAST));
        assertThat(ribOut.settled()).isTrue();
    }

    @Test
    void changesNothingBeforeThereIsASet() {
        assertThatIllegalStateException().isThrownBy(() -> rib.change(List.of(), List.of()));
    }

    @Test
    void tellsOnlyDifferencesAndWhatIsNewFirst() {
        up(EXTERNAL, true, Family.values());
        want(
                announcement("10.0.0.0/32", "192.0.2.1"),
                announcement("10.0.0.1/32", "192.0.2.1"),
                announcement("2001:db8:1::/64", "2001:db8::1"));
        List<Update> first = drain(EXTERNAL);
        assertThat(first).hasSize(4);
        assertThat(first.subList(2, 4)).extracting(Update::endOfRib).doesNotContain(Optional.empty());
        assertThat(first.getFirst().attributes().orElseThrow().asPath()).containsExactly(AsSegment.sequence(65000L));
        assertThat(first.getFirst().attributes().orElseThrow().localPref()).isEmpty();

        want(announcement("10.0.0.0/31", "192.0.2.1"), announcement("2001:db8:1::/64", "2001:db8::1"));
        List<Update> second = drain(EXTERNAL);
        assertThat(second).hasSize(2);
        assertThat(second.get(0).announced()).containsExactly(IpPrefix.valueOf("10.0.0.0/31"));
        assertThat(second.get(1).withdrawn())
                .containsExactlyInAnyOrder(IpPrefix.valueOf("10.0.0.0/32"), IpPrefix.valueOf("10.0.0.1/32"));

        want(announcement("10.0.0.0/31", "192.0.2.1"), announcement("2001:db8:1::/64", "2001:db8::1"));
        assertThat(drain(EXTERNAL)).isEmpty();
        want(announcement("10.0.0.0/31", "192.0.2.1", "65000:1"), announcement("2001:db8:1::/64", "2001:db8::1"));
        assertThat(drain(EXTERNAL))
                .singleElement()
                .satisfies(update -> assertThat(update.announced()).containsExactly(IpPrefix.valueOf("10.0.0.0/31")));
        assertThat(ribOut.told()).isEqualTo(2);
    }

    @Test
    void tellsAnAggregateBeforeItsPartsLeaveAlsoOneWhoIsBehind() {
        up(EXTERNAL, false, Family.IPV4_UNICAST);
        want(announcement("10.0.0.0/32", "192.0.2.1"), announcement("10.0.0.1/32", "192.0.2.1"));
        drain(EXTERNAL);
        want(announcement("10.0.0.0/31", "192.0.2.1"));
        want(announcement("10.0.0.0/31", "192.0.2.1", "65000:1"));
        List<Update> updates = drain(EXTERNAL);
        assertThat(updates).hasSize(2);
        assertThat(updates.get(0).announced()).containsExactly(IpPrefix.valueOf("10.0.0.0/31"));
        assertThat(updates.get(1).withdrawn()).hasSize(2);
    }

    /** A block moves to another device, all but a part that stays: at no moment is the part led away. */
    @Test
    void tellsWhatIsAnExceptionBeforeItsBlockMoves() {
        up(EXTERNAL, false, Family.IPV4_UNICAST);
        want(announcement("10.0.0.0/24", "192.0.2.1"));
        drain(EXTERNAL);
        want(
                announcement("10.0.0.0/24", "192.0.2.2"),
                announcement("10.0.0.16/28", "192.0.2.1"),
                announcement("10.0.0.99/32", "192.0.2.2"));
        assertThat(drain(EXTERNAL))
                .extracting(Update::announced)
                .containsExactly(
                        List.of(IpPrefix.valueOf("10.0.0.99/32")),
                        List.of(IpPrefix.valueOf("10.0.0.16/28")),
                        List.of(IpPrefix.valueOf("10.0.0.0/24")));
    }

    @Test
    void tellsFamiliesThatWereNegotiatedOnly() {
        want(announcement("10.0.0.0/32", "192.0.2.1"), announcement("2001:db8:1::/64", "2001:db8::1"));
        up(EXTERNAL, false, Family.IPV6_UNICAST);
        assertThat(drain(EXTERNAL))
                .singleElement()
                .satisfies(
                        update -> assertThat(update.announced()).containsExactly(IpPrefix.valueOf("2001:db8:1::/64")));
        assertThat(ribOut.heldBackBy()).isEqualTo(Map.of("the neighbour does not speak ipv4-unicast", 1));
        assertThat(ribOut.unsent())
                .containsExactly(new Unsent.Reason(
                        IpPrefix.valueOf("10.0.0.0/32"),
                        IpAddress.valueOf("192.0.2.1"),
                        "the neighbour does not speak ipv4-unicast"));
    }

    @Test
    void tellsAllAgainInANewSessionAndWhenAsked() {
        want(announcement("10.0.0.0/32", "192.0.2.1"), announcement("2001:db8:1::/64", "2001:db8::1"));
        up(EXTERNAL, false, Family.values());
        assertThat(drain(EXTERNAL)).hasSize(2);
        ribOut.refresh(Family.IPV4_UNICAST);
        assertThat(drain(EXTERNAL))
                .singleElement()
                .satisfies(update -> assertThat(update.announced()).containsExactly(IpPrefix.valueOf("10.0.0.0/32")));
        ribOut.down();
        assertThat(drain(EXTERNAL)).isEmpty();
        up(EXTERNAL, false, Family.values());
        assertThat(drain(EXTERNAL)).hasSize(2);
    }

    @Test
    void marksBeginAndEndOfARefresh() {
        want(announcement("10.0.0.0/32", "192.0.2.1"), announcement("10.0.0.1/32", "192.0.2.2"));
        up(EXTERNAL, true, Family.IPV4_UNICAST);
        Receiver receiver = new Receiver(false);
        receiver.drain(ribOut);
        assertThat(receiver.seen()).containsExactly("announce", "announce", "end");
        receiver.seen().clear();
        ribOut.refresh(Family.IPV4_UNICAST);
        receiver.take(ribOut, 2);
        ribOut.refresh(Family.IPV4_UNICAST);
        receiver.drain(ribOut);
        assertThat(receiver.seen())
                .containsExactly("refresh 1", "announce", "refresh 1", "announce", "announce", "refresh 2");
        assertThat(ribOut.settled()).isTrue();
    }

    @Test
    void withdrawsEvenInTheMiddleOfARefresh() {
        want(announcement("10.0.0.0/32", "192.0.2.1"), announcement("10.0.0.1/32", "192.0.2.1"));
        up(EXTERNAL, false, Family.values());
        drain(EXTERNAL);
        ribOut.refresh(Family.IPV4_UNICAST);
        want(announcement("10.0.0.0/32", "192.0.2.1"));
        List<Update> updates = drain(EXTERNAL);
        assertThat(updates.get(0).announced()).containsExactly(IpPrefix.valueOf("10.0.0.0/32"));
        assertThat(updates.get(1).withdrawn()).containsExactly(IpPrefix.valueOf("10.0.0.1/32"));
    }

    @Test
    void hasLocalPreferenceAndNoPathWithinAnAs() {
        want(announcement("10.0.0.0/32", "192.0.2.1"));
        up(INTERNAL, false, Family.IPV4_UNICAST);
        Update update = drain(INTERNAL).getFirst();
        assertThat(update.attributes().orElseThrow().asPath()).isEmpty();
        assertThat(update.attributes().orElseThrow().localPref()).hasValue(100);
    }

    @Test
    void packsAHundredThousand() {
        Announcement[] many = IntStream.range(0, 100_000)
                .mapToObj(i -> new Announcement(
                        IpPrefix.valueOf(0x0a000000 + i, 32),
                        IpAddress.valueOf("192.0.2.1"),
                        List.of("65000:1"),
                        List.of(),
                        List.of("t")))
                .toArray(Announcement[]::new);
        want(many);
        up(EXTERNAL, false, Family.IPV4_UNICAST);
        assertThat(drain(EXTERNAL)).hasSizeLessThanOrEqualTo(125);
        assertThat(ribOut.told()).isEqualTo(100_000);
        ribOut.down();
        up(new UpdateContext(true, false, true, false), false, Family.IPV4_UNICAST);
        int messages = 0;
        while (ribOut.next().isPresent()) {
            messages++;
        }
        assertThat(messages).as("extended messages").isLessThanOrEqualTo(8);
    }

    @Test
    void holdsBackWhatWouldLoseSomething() {
        want(
                announcement("10.0.0.0/32", "2001:db8::1"),
                announcement("10.0.0.1/32", "192.0.2.1", "no-export"),
                announcement("10.0.0.3/32", "192.0.2.1", manyCommunities()),
                announcement("10.0.0.2/32", "192.0.2.1"));
        up(EXTERNAL, false, Family.IPV4_UNICAST);
        assertThat(drain(EXTERNAL))
                .singleElement()
                .satisfies(update -> assertThat(update.announced()).containsExactly(IpPrefix.valueOf("10.0.0.2/32")));
        assertThat(ribOut.heldBackBy())
                .isEqualTo(Map.of(
                        "the next hop is of another family than ipv4-unicast", 1,
                        "communities [no-export] are not all communities", 1,
                        "the attributes do not fit into an UPDATE: use fewer communities", 1));
        assertThat(ribOut.unsent())
                .extracting(reason -> reason.prefix().toString())
                .containsExactlyInAnyOrder("10.0.0.0/32", "10.0.0.1/32", "10.0.0.3/32");
        rib.change(List.of(), List.of(announcement("10.0.0.1/32", "192.0.2.1", "no-export")));
        assertThat(ribOut.heldBack()).isEqualTo(2);
    }

    private static String[] manyCommunities() {
        return IntStream.range(0, 600).mapToObj(i -> "65000:" + i).toArray(String[]::new);
    }

    @Test
    void tellsIpv6NextHopsOfIpv4RoutesToThoseWhoUnderstand() {
        UpdateContext extended = new UpdateContext(true, false, false, true);
        want(announcement("10.0.0.0/32", "2001:db8::1"));
        up(extended, false, Family.IPV4_UNICAST);
        PathAttributes attributes = drain(extended).getFirst().attributes().orElseThrow();
        assertThat(attributes.nextHop()).hasValue(IpAddress.valueOf("2001:db8::1"));
    }

    @Test
    void tellsTheLowestNextHopThatDoesNotDrain() {
        Announcement low = announcement("10.0.0.0/32", "192.0.2.1");
        Announcement high = announcement("10.0.0.0/32", "192.0.2.2");
        want(high, low);
        up(INTERNAL, false, Family.IPV4_UNICAST);
        assertThat(nextHop(drain(INTERNAL))).isEqualTo("192.0.2.1");
        rib.change(List.of(low.drained()), List.of(low));
        assertThat(nextHop(drain(INTERNAL))).isEqualTo("192.0.2.2");
        rib.change(List.of(), List.of(high));
        List<Update> draining = drain(INTERNAL);
        assertThat(draining).as("no withdrawal in between").hasSize(1);
        assertThat(nextHop(draining)).isEqualTo("192.0.2.1");
        PathAttributes attributes = draining.getFirst().attributes().orElseThrow();
        assertThat(attributes.localPref()).hasValue(0);
        assertThat(attributes.communities().words()).containsExactly("65535:0");
    }

    private static String nextHop(List<Update> updates) {
        return updates.getLast()
                .attributes()
                .orElseThrow()
                .nextHop()
                .orElseThrow()
                .toString();
    }

    @Test
    void tellsEveryNextHopWithAddPath() {
        Receiver receiver = new Receiver(true);
        want(announcement("10.0.0.0/32", "192.0.2.2"), announcement("10.0.0.0/32", "192.0.2.1"));
        ribOut.up(PEERING, negotiated(EXTERNAL, false, List.of(Family.IPV4_UNICAST), Family.IPV4_UNICAST));
        receiver.drain(ribOut);
        assertThat(receiver.routes().values())
                .extracting(attributes -> attributes.substring(0, 8))
                .containsExactlyInAnyOrder("c0000201", "c0000202");
        Map<String, String> before = Map.copyOf(receiver.routes());
        rib.change(List.of(), List.of(announcement("10.0.0.0/32", "192.0.2.2")));
        receiver.seen().clear();
        receiver.drain(ribOut);
        assertThat(receiver.seen()).containsExactly("withdraw");
        assertThat(before).containsAllEntriesOf(receiver.routes());
        assertThat(receiver.routes().values()).singleElement().asString().startsWith("c0000201");
        assertThat(ribOut.told()).isEqualTo(1);
    }

    @Test
    void doesWhatTheExportPolicySays() {
        ExportPolicy policy = new ExportPolicy(
                List.of(new PrefixRange(IpPrefix.valueOf("10.0.0.0/8"), 32, 32)),
                List.of(Community.parse("65000:7").orElseThrow()),
                OptionalLong.of(50),
                OptionalLong.of(200),
                2,
                ExportPolicy.MAX_ROUTES);
        want(
                announcement("10.0.0.0/32", "192.0.2.1", "65000:1"),
                announcement("10.0.0.0/31", "192.0.2.1"),
                announcement("192.0.2.7/32", "192.0.2.1"));
        ribOut.up(PEERING.with(policy), negotiated(EXTERNAL, false, Family.IPV4_UNICAST));
        List<Update> updates = drain(EXTERNAL);
        assertThat(updates).hasSize(1);
        PathAttributes attributes = updates.getFirst().attributes().orElseThrow();
        assertThat(updates.getFirst().announced()).containsExactly(IpPrefix.valueOf("10.0.0.0/32"));
        assertThat(attributes.asPath()).containsExactly(AsSegment.sequence(65000L, 65000L, 65000L));
        assertThat(attributes.med()).hasValue(50);
        assertThat(attributes.localPref()).isEmpty();
        assertThat(attributes.communities().words()).containsExactly("65000:1", "65000:7");
        assertThat(ribOut.filtered()).isEqualTo(2);
        assertThat(ribOut.heldBack()).isZero();
        ribOut.up(PEERING.with(policy), negotiated(INTERNAL, false, Family.IPV4_UNICAST));
        PathAttributes inside = drain(INTERNAL).getFirst().attributes().orElseThrow();
        assertThat(inside.localPref()).hasValue(200);
        assertThat(inside.asPath()).isEmpty();
    }

    @Test
    void staysBelowItsCeilingAndFillsWhatBecomesFree() {
        ExportPolicy two = new ExportPolicy(List.of(), List.of(), OptionalLong.empty(), OptionalLong.empty(), 0, 2);
        Announcement first = announcement("10.0.0.1/32", "192.0.2.1");
        want(
                first,
                announcement("10.0.0.2/32", "192.0.2.1"),
                announcement("10.0.0.3/32", "192.0.2.1"),
                announcement("10.0.0.4/32", "192.0.2.1"));
        ribOut.up(PEERING.with(two), negotiated(EXTERNAL, false, Family.IPV4_UNICAST));
        drain(EXTERNAL);
        assertThat(ribOut.told()).isEqualTo(2);
        assertThat(ribOut.heldBackBy())
                .isEqualTo(Map.of("the neighbour may be told at most 2 routes of ipv4-unicast", 2));
        Announcement told = List.of(first, announcement("10.0.0.2/32", "192.0.2.1")).stream()
                .filter(one -> ribOut.unsent().stream()
                        .noneMatch(reason -> reason.prefix().equals(one.prefix())))
                .findFirst()
                .orElse(announcement("10.0.0.3/32", "192.0.2.1"));
        rib.change(List.of(), List.of(told));
        List<Update> updates = drain(EXTERNAL);
        assertThat(updates).hasSize(2);
        assertThat(updates.get(0).announced()).hasSize(1);
        assertThat(updates.get(1).withdrawn()).containsExactly(told.prefix());
        assertThat(ribOut.told()).isEqualTo(2);
    }

    @Test
    void tellsANeighbourOnlyWhatIsMeantForIt() {
        RibOut other = rib.neighbor("m");
        Receiver here = new Receiver(false);
        Receiver there = new Receiver(false);
        want(announcement("10.0.0.0/32", "192.0.2.1"));
        up(EXTERNAL, false, Family.IPV4_UNICAST);
        other.up(PEERING, negotiated(EXTERNAL, false, Family.IPV4_UNICAST));
        here.drain(ribOut);
        rib.change(
                List.of(announcement("10.0.0.1/32", "192.0.2.1", List.of("m"))),
                List.of(announcement("10.0.0.0/32", "192.0.2.1")));
        here.drain(ribOut);
        there.drain(other);
        assertThat(here.routes()).isEmpty();
        assertThat(there.routes()).containsOnlyKeys("1 0 32/0a000001");
        rib.change(List.of(), List.of(announcement("10.0.0.1/32", "192.0.2.1", List.of("m"))));
        there.drain(other);
        assertThat(there.routes()).isEmpty();
    }
}
