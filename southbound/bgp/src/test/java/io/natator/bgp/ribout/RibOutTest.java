package io.natator.bgp.ribout;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.bgp.codec.AsSegment;
import io.natator.bgp.codec.Decoded;
import io.natator.bgp.codec.Decoder;
import io.natator.bgp.codec.Family;
import io.natator.bgp.codec.Update;
import io.natator.bgp.codec.UpdateContext;
import io.natator.bgp.fsm.Negotiated;
import io.natator.model.compile.Announcement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

class RibOutTest {
    private static final UpdateContext EXTERNAL = new UpdateContext(true, false);

    private final RibOut ribOut = new RibOut(65000);

    private static Negotiated negotiated(UpdateContext context, boolean endOfRib, Family... families) {
        return new Negotiated(List.of(families), 90, 1, endOfRib, context);
    }

    private static Announcement announcement(String prefix, String nextHop, String... communities) {
        return new Announcement(
                IpPrefix.valueOf(prefix), IpAddress.valueOf(nextHop), List.of(communities), List.of(), List.of("t"));
    }

    private static Routes routes(Announcement... announcements) {
        return Routes.of(List.of(announcements), "n");
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
        ribOut.up(negotiated(EXTERNAL, true, Family.IPV4_UNICAST));
        assertThat(drain(EXTERNAL)).isEmpty();
        assertThat(ribOut.settled()).isFalse();
        ribOut.want(Routes.NONE);
        assertThat(drain(EXTERNAL))
                .singleElement()
                .satisfies(update -> assertThat(update.endOfRib()).hasValue(Family.IPV4_UNICAST));
        assertThat(ribOut.settled()).isTrue();
    }

    @Test
    void tellsOnlyDifferencesAndWhatIsNewFirst() {
        ribOut.up(negotiated(EXTERNAL, true, Family.values()));
        ribOut.want(routes(
                announcement("10.0.0.0/32", "192.0.2.1"),
                announcement("10.0.0.1/32", "192.0.2.1"),
                announcement("2001:db8:1::/64", "2001:db8::1")));
        List<Update> first = drain(EXTERNAL);
        assertThat(first).hasSize(4);
        assertThat(first.subList(2, 4)).extracting(Update::endOfRib).doesNotContain(Optional.empty());
        assertThat(first.getFirst().attributes().orElseThrow().asPath()).containsExactly(AsSegment.sequence(65000L));
        assertThat(first.getFirst().attributes().orElseThrow().localPref()).isEmpty();

        ribOut.want(routes(announcement("10.0.0.0/31", "192.0.2.1"), announcement("2001:db8:1::/64", "2001:db8::1")));
        List<Update> second = drain(EXTERNAL);
        assertThat(second).hasSize(2);
        assertThat(second.get(0).announced()).containsExactly(IpPrefix.valueOf("10.0.0.0/31"));
        assertThat(second.get(1).withdrawn())
                .containsExactlyInAnyOrder(IpPrefix.valueOf("10.0.0.0/32"), IpPrefix.valueOf("10.0.0.1/32"));

        ribOut.want(routes(announcement("10.0.0.0/31", "192.0.2.1"), announcement("2001:db8:1::/64", "2001:db8::1")));
        assertThat(drain(EXTERNAL)).isEmpty();
        ribOut.want(routes(
                announcement("10.0.0.0/31", "192.0.2.1", "65000:1"), announcement("2001:db8:1::/64", "2001:db8::1")));
        assertThat(drain(EXTERNAL))
                .singleElement()
                .satisfies(update -> assertThat(update.announced()).containsExactly(IpPrefix.valueOf("10.0.0.0/31")));
        assertThat(ribOut.told()).isEqualTo(2);
    }

    @Test
    void tellsFamiliesThatWereNegotiatedOnly() {
        ribOut.want(routes(announcement("10.0.0.0/32", "192.0.2.1"), announcement("2001:db8:1::/64", "2001:db8::1")));
        ribOut.up(negotiated(EXTERNAL, false, Family.IPV6_UNICAST));
        assertThat(drain(EXTERNAL))
                .singleElement()
                .satisfies(
                        update -> assertThat(update.announced()).containsExactly(IpPrefix.valueOf("2001:db8:1::/64")));
    }

    @Test
    void tellsAllAgainInANewSessionAndWhenAsked() {
        ribOut.want(routes(announcement("10.0.0.0/32", "192.0.2.1"), announcement("2001:db8:1::/64", "2001:db8::1")));
        ribOut.up(negotiated(EXTERNAL, false, Family.values()));
        assertThat(drain(EXTERNAL)).hasSize(2);
        ribOut.refresh(Family.IPV4_UNICAST);
        assertThat(drain(EXTERNAL))
                .singleElement()
                .satisfies(update -> assertThat(update.announced()).containsExactly(IpPrefix.valueOf("10.0.0.0/32")));
        ribOut.down();
        assertThat(drain(EXTERNAL)).isEmpty();
        ribOut.up(negotiated(EXTERNAL, false, Family.values()));
        assertThat(drain(EXTERNAL)).hasSize(2);
    }

    @Test
    void withdrawsEvenInTheMiddleOfARefresh() {
        ribOut.want(routes(announcement("10.0.0.0/32", "192.0.2.1"), announcement("10.0.0.1/32", "192.0.2.1")));
        ribOut.up(negotiated(EXTERNAL, false, Family.values()));
        drain(EXTERNAL);
        ribOut.refresh(Family.IPV4_UNICAST);
        ribOut.want(routes(announcement("10.0.0.0/32", "192.0.2.1")));
        List<Update> updates = drain(EXTERNAL);
        assertThat(updates.get(0).announced()).containsExactly(IpPrefix.valueOf("10.0.0.0/32"));
        assertThat(updates.get(1).withdrawn()).containsExactly(IpPrefix.valueOf("10.0.0.1/32"));
    }

    @Test
    void hasLocalPreferenceAndNoPathWithinAnAs() {
        UpdateContext internal = new UpdateContext(true, true);
        ribOut.want(routes(announcement("10.0.0.0/32", "192.0.2.1")));
        ribOut.up(negotiated(internal, false, Family.IPV4_UNICAST));
        Update update = drain(internal).getFirst();
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
        ribOut.want(routes(many));
        ribOut.up(negotiated(EXTERNAL, false, Family.IPV4_UNICAST));
        assertThat(drain(EXTERNAL)).hasSizeLessThanOrEqualTo(125);
        assertThat(ribOut.told()).isEqualTo(100_000);
    }

    @Test
    void refusesWhatWouldLoseSomething() {
        Routes routes = routes(
                announcement("10.0.0.0/32", "2001:db8::1"),
                announcement("10.0.0.1/32", "192.0.2.1", "no-export"),
                announcement("10.0.0.3/32", "192.0.2.1", manyCommunities()),
                announcement("10.0.0.2/32", "192.0.2.1"),
                announcement("10.0.0.2/32", "192.0.2.2"));
        assertThat(routes.paths()).containsOnlyKeys(IpPrefix.valueOf("10.0.0.2/32"));
        assertThat(routes.paths().values()).extracting(Path::nextHop).containsExactly(IpAddress.valueOf("192.0.2.1"));
        assertThat(routes.refused())
                .containsExactly(
                        "10.0.0.0/32: next hop 2001:db8::1 is of another family",
                        "10.0.0.1/32: communities [no-export] are not all of the form 65000:100 or 65000:1:2",
                        "10.0.0.3/32: 500 communities do not fit into an UPDATE");
        assertThat(routes.shadowed()).isEqualTo(1);
    }

    private static String[] manyCommunities() {
        return IntStream.range(0, 500).mapToObj(i -> "65000:" + i).toArray(String[]::new);
    }

    @Test
    void tellsANeighbourOnlyWhatIsMeantForIt() {
        Announcement forOther = new Announcement(
                IpPrefix.valueOf("10.0.0.0/32"), IpAddress.valueOf("192.0.2.1"), List.of(), List.of("m"), List.of("t"));
        assertThat(Routes.of(List.of(forOther), "n").paths()).isEmpty();
        assertThat(Routes.of(List.of(forOther), "m").paths()).hasSize(1);
    }
}
