package io.natator.model.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Announce;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import io.natator.model.intent.DevicePort.Gateway;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Embedding;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.intent.Pool.Forward;
import io.natator.model.intent.Translation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Every refusal of a translation between IPv6 and IPv4. */
class EmbeddingCheckTest {
    private static final String INSIDE = "2001:db8:1::/120";
    private static final String OUTSIDE = "203.0.113.0/24";

    private static Device device(Device.Mode mode) {
        DevicePort inside = new DevicePort(
                "p1",
                Side.INSIDE,
                Optional.empty(),
                mode == Device.Mode.ROUTED
                        ? List.of(new Gateway(IpAddress.valueOf("2001:db8:1::1"), IpPrefix.valueOf("2001:db8:1::/64")))
                        : List.of(),
                Optional.empty());
        return new Device(
                "edge",
                1,
                mode,
                Device.Profile.AUTO,
                List.of(inside, DevicePort.service("p3", "ss", "s1")),
                List.of(),
                List.of(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5));
    }

    private static Translation translation(
            String id, Kind kind, String inside, String outside, String pref64, int mtu) {
        return new Translation(
                id,
                kind,
                IpPrefix.valueOf(inside),
                IpPrefix.valueOf(outside),
                List.of(),
                List.of(),
                List.of("edge"),
                Announce.none(),
                false,
                Pool.DEFAULT,
                Optional.of(new Embedding(IpPrefix.valueOf(pref64), mtu)));
    }

    private static Translation siit(String inside, String outside, String pref64) {
        return translation("t", Kind.SIIT, inside, outside, pref64, 1500);
    }

    private static List<String> wrong(Translation candidate, Device.Mode mode, Translation... others) {
        TreeMap<String, Translation> all = new TreeMap<>();
        for (Translation other : others) {
            all.put(other.id(), other);
        }
        Stored stored = new Stored(Map.of("edge", device(mode)), all, Map.of(), Map.of(), Map.of());
        return Validator.check(candidate, stored).stream()
                .map(v -> v.field() + ": " + v.message())
                .toList();
    }

    private static void refused(Translation candidate, String... messages) {
        assertThat(wrong(candidate, Device.Mode.ROUTED)).containsExactly(messages);
    }

    @Test
    void takesWhatCanBeDone() {
        assertThat(wrong(siit(INSIDE, OUTSIDE, "64:ff9b::/96"), Device.Mode.ROUTED))
                .isEmpty();
        assertThat(wrong(siit("2001:db8:1::/64", OUTSIDE, "2001:db8:64::/64"), Device.Mode.ROUTED))
                .isEmpty();
        assertThat(wrong(
                        translation("t", Kind.NAT64, "2001:db8:1::/64", "203.0.113.7/32", "64:ff9b::/96", 1280),
                        Device.Mode.ROUTED,
                        translation("u", Kind.SIIT, "2001:db8:1::8/128", "203.0.113.8/32", "64:ff9b::/96", 1500)))
                .as("a host has its own address, all others share one")
                .isEmpty();
    }

    @Test
    void refusesOtherFamilies() {
        refused(
                siit("10.0.0.0/24", OUTSIDE, "64:ff9b::/96"),
                "inside: 10.0.0.0/24 is IPv4: SIIT is for IPv6 hosts; write an IPv6 block, or set kind to STATIC,"
                        + " DYNAMIC or NAPT");
        refused(
                siit(INSIDE, "2001:db8:3::/120", "64:ff9b::/96"),
                "outside: 2001:db8:3::/120 is IPv6: SIIT is IPv4 outside; write an IPv4 block");
    }

    @Test
    void refusesBlocksThatCannotCorrespond() {
        refused(
                siit("2001:db8:1::/124", OUTSIDE, "64:ff9b::/96"),
                "outside: 203.0.113.0/24 has 256 addresses but inside 2001:db8:1::/124 only 16: SIIT maps one to one;"
                        + " write a /28 or longer");
    }

    @Test
    void refusesPrefixesThatHoldNoAddresses() {
        String lengths = " has no place for IPv4 addresses: write an IPv6 prefix of /32, /40, /48, /56, /64, /96";
        refused(siit(INSIDE, OUTSIDE, "64:ff9b::/95"), "pref64: 64:ff9b::/95" + lengths);
        refused(siit(INSIDE, OUTSIDE, "10.0.0.0/8"), "pref64: 10.0.0.0/8" + lengths);
    }

    @Test
    void refusesPrefixesThatMeanSomethingElse() {
        refused(
                siit("2001:db8:64::/120", OUTSIDE, "2001:db8:64::/96"),
                "pref64: 2001:db8:64::/96 overlaps inside 2001:db8:64::/120: choose a prefix that no host uses");
        refused(
                siit("2001:db8:2::/120", OUTSIDE, "2001:db8:1::/96"),
                "pref64: 2001:db8:1::/96 overlaps 2001:db8:1::/64, which is on a link of devices/edge: choose a prefix"
                        + " that no host uses");
        assertThat(wrong(
                        siit(INSIDE, OUTSIDE, "2001:db8:64::/64"),
                        Device.Mode.ROUTED,
                        translation("u", Kind.SIIT, "2001:db8:2::/128", "198.51.100.8/32", "2001:db8:64::/96", 1500)))
                .containsExactly("pref64: 2001:db8:64::/64 overlaps pref64 2001:db8:64::/96 of translations/u, also on"
                        + " devices/edge: write the same, or a disjoint one");
    }

    @Test
    void refusesOtherModes() {
        assertThat(wrong(siit(INSIDE, OUTSIDE, "64:ff9b::/96"), Device.Mode.TRANSPARENT))
                .containsExactly(
                        "devices[0]: devices/edge is TRANSPARENT, and SIIT needs a router between IPv6 and IPv4:"
                                + " set its mode to ROUTED, or name another device");
    }

    @Test
    void refusesWhatWouldChangeWhatIsThere() {
        Translation there = siit(INSIDE, OUTSIDE, "2001:db8:64::/96");
        Stored stored = new Stored(
                Map.of("edge", device(Device.Mode.ROUTED)), Map.of("t", there), Map.of(), Map.of(), Map.of());
        assertThat(Validator.check(device(Device.Mode.NORMAL), stored))
                .contains(new Violation(
                        "mode", "translations/t is SIIT, which needs a router between IPv6 and IPv4: keep ROUTED"));
        Translation beside = new Translation(
                "u",
                Kind.STATIC,
                IpPrefix.valueOf("2001:db8:64::/120"),
                IpPrefix.valueOf("2001:db8:65::/120"),
                List.of(),
                List.of(),
                List.of("edge"),
                Announce.none(),
                false);
        assertThat(Validator.check(beside, stored))
                .containsExactly(new Violation(
                        "inside",
                        "2001:db8:64::/120 overlaps pref64 2001:db8:64::/96 of translations/t, also on devices/edge: an"
                                + " address has one meaning on a device; choose disjoint blocks or another device"));
    }

    @Test
    void refusesSizesOfPackets() {
        refused(
                translation("t", Kind.SIIT, INSIDE, OUTSIDE, "64:ff9b::/96", 1279),
                "ipv6_mtu: 1279 is out of range: write 1280 to 9000");
    }

    @Test
    void refusesWhatOnlyIpv4Has() {
        UnaryOperator<Pool> with = p -> p.but()
                .deterministic(true)
                .forwards(List.of(
                        new Forward(6, IpAddress.valueOf("203.0.113.7"), 80, IpAddress.valueOf("10.0.0.1"), 80)))
                .build();
        Translation plain = translation("t", Kind.NAT64, "2001:db8:1::/64", "203.0.113.7/32", "64:ff9b::/96", 1500);
        Translation candidate = new Translation(
                "t",
                Kind.NAT64,
                plain.inside(),
                plain.outside(),
                List.of(IpPrefix.valueOf("64:ff9b::/96")),
                List.of(),
                plain.devices(),
                plain.announce(),
                false,
                with.apply(Pool.DEFAULT),
                plain.embedding());
        refused(
                candidate,
                "exempt_destinations[0]: NAT64 translates only what is sent to pref64: leave it out",
                "pool.deterministic: an IPv6 block has too many addresses for each to have ports of its own: leave it"
                        + " out, or set port_block",
                "pool.forwards[0].inside: 10.0.0.1 is not within inside 2001:db8:1::/64: name a host of this translation");
    }
}
