package io.natator.server.convert;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import io.natator.core.status.AnnouncementStatus;
import io.natator.core.status.DeviceStatus;
import io.natator.core.status.NeighborStatus;
import io.natator.core.status.PartState;
import io.natator.core.status.PartStatus;
import io.natator.model.compile.Announcement;
import io.natator.model.device.Capabilities;
import io.natator.model.peering.AddressFamily;
import io.natator.model.peering.Peering;
import io.natator.model.southbound.NeighborEvent;
import io.natator.model.validate.Violation;
import io.natator.v1.AnnouncePolicy;
import io.natator.v1.Bfd;
import io.natator.v1.Device;
import io.natator.v1.DevicePort;
import io.natator.v1.ExportPolicy;
import io.natator.v1.GracefulRestart;
import io.natator.v1.ImportPolicy;
import io.natator.v1.Neighbor;
import io.natator.v1.NeighborCapabilities;
import io.natator.v1.NeighborTransport;
import io.natator.v1.PeerGroup;
import io.natator.v1.Pool;
import io.natator.v1.PortForward;
import io.natator.v1.PrefixRange;
import io.natator.v1.Reservation;
import io.natator.v1.Route;
import io.natator.v1.SessionTimers;
import io.natator.v1.Translation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;

/** A field that is added to the proto files and forgotten in the conversion fails here. */
class EveryFieldTest {
    private static final io.natator.model.intent.Neighbor UNHEARD = new io.natator.model.intent.Neighbor(
            "n", IpAddress.valueOf("192.0.2.1"), 179, Peering.between(65000, 65001));

    private static final Instant T = Instant.parse("2025-01-01T00:00:00Z");

    /** Every field of the message, and of messages in it, is set in {@code full}. */
    private static void assertFull(Message full, Set<String> exempt) {
        for (FieldDescriptor field : full.getDescriptorForType().getFields()) {
            String name = field.getName();
            if (exempt.contains(name)) {
                continue;
            }
            boolean set = field.isRepeated() ? full.getRepeatedFieldCount(field) > 0 : full.hasField(field);
            assertThat(set).as("%s is set", field.getFullName()).isTrue();
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                    && field.getMessageType().getFullName().startsWith("natator.")) {
                Object value = field.isRepeated() ? full.getRepeatedField(field, 0) : full.getField(field);
                assertFull((Message) value, exempt);
            }
        }
    }

    /** Clearing any one field that a user sets makes another value, or is refused. */
    private static <M extends Message> void assertEachMatters(M full, Function<M, Optional<?>> parse) {
        Optional<?> value = parse.apply(full);
        assertThat(value).isPresent();
        for (Message less : without(full)) {
            @SuppressWarnings("unchecked") // Made of full.
            M other = (M) less;
            assertThat(parse.apply(other)).as("%s%nless than%n%s", other, full).isNotEqualTo(value);
        }
    }

    private static List<Message> without(Message full) {
        List<Message> all = new ArrayList<>();
        for (FieldDescriptor field : full.getAllFields().keySet()) {
            if (field.getName().equals("description")) {
                continue; // For people: only shown.
            }
            all.add(full.toBuilder().clearField(field).build());
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                    && field.getMessageType().getFullName().startsWith("natator.")) {
                nested(full, field, all);
            }
        }
        return all;
    }

    private static void nested(Message full, FieldDescriptor field, List<Message> all) {
        if (field.isRepeated()) {
            for (Message inner : without((Message) full.getRepeatedField(field, 0))) {
                all.add(full.toBuilder().setRepeatedField(field, 0, inner).build());
            }
        } else {
            without((Message) full.getField(field))
                    .forEach(inner ->
                            all.add(full.toBuilder().setField(field, inner).build()));
        }
    }

    private static Duration seconds(long seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }

    private static Set<String> notUsers(Message message) {
        Set<String> names = new java.util.HashSet<>(Set.of("name", "etag"));
        message.getDescriptorForType().getFields().stream()
                .filter(f -> f.getOptions()
                        .getExtension(FieldBehaviorProto.fieldBehavior)
                        .contains(FieldBehavior.OUTPUT_ONLY))
                .forEach(f -> names.add(f.getName()));
        return names;
    }

    @Test
    void everyFieldOfATranslationMatters() {
        Translation full = Translation.newBuilder()
                .setDescription("x")
                .setKind(Translation.Kind.STATIC)
                .setInside("10.0.0.0/24")
                .setOutside("198.51.100.0/24")
                .addExemptDestinations("192.0.2.0/24")
                .addGateways("10.0.0.1")
                .addDevices("devices/sw")
                .setAnnounce(AnnouncePolicy.newBuilder()
                        .setRoutes(AnnouncePolicy.Routes.HOST_ROUTES)
                        .setNextHop("203.0.113.1")
                        .addCommunities("65000:1")
                        .addNeighbors("neighbors/r")
                        .setMed(0)
                        .setHoldDown(seconds(5))
                        .setGracefulShutdown(seconds(6))
                        .setForce(true))
                .setPerHostRules(true)
                .build();
        Set<String> exempt = notUsers(full);
        exempt.addAll(Set.of("pool", "pref64", "ipv6_mtu")); // Of other kinds only.
        assertFull(full, exempt);
        // It is the default.
        assertEachMatters(full.toBuilder().clearKind().build(), m -> parse(m));
        var value = parse(full).orElseThrow();
        assertThat(parse(Translations.message(value))).as("what is remembered").contains(value);
    }

    private static Translation.Builder pooled(Translation.Kind kind, Pool pool) {
        return Translation.newBuilder()
                .setKind(kind)
                .setInside("10.0.0.0/24")
                .setOutside("198.51.100.0/28")
                .setPool(pool);
    }

    @Test
    void everyFieldOfAPoolMatters() {
        Pool napt = Pool.newBuilder()
                .addAlso("198.51.100.32/28")
                .setFirstPort(2000)
                .setLastPort(3000)
                .setMapping(Pool.Behavior.ADDRESS_DEPENDENT)
                .setFiltering(Pool.Behavior.ADDRESS_AND_PORT_DEPENDENT)
                .setPairing(Pool.Pairing.ARBITRARY)
                .setPreservePort(true)
                .setPreserveParity(false)
                .setSessionsPerHost(10)
                .setPortsPerHost(11)
                .setPortBlock(12)
                .setDeterministic(true)
                .addForwards(PortForward.newBuilder()
                        .setProtocol(PortForward.Protocol.UDP)
                        .setOutside("198.51.100.1")
                        .setOutsidePort(80)
                        .setInside("10.0.0.1")
                        .setInsidePort(8080))
                .setTimers(SessionTimers.newBuilder()
                        .setUdp(seconds(1))
                        .setTcpEstablished(seconds(2))
                        .setTcpTransitory(seconds(3))
                        .setIcmp(seconds(4)))
                .setMss(1200)
                .setOtherProtocols(Pool.OtherProtocols.ADDRESS_ONLY)
                .build();
        Pool dynamic = Pool.newBuilder()
                .addAlso("198.51.100.32/28")
                .addReservations(Reservation.newBuilder().setInside("10.0.0.1").setOutside("198.51.100.1"))
                .setSticky(seconds(5))
                .setIdle(seconds(6))
                .setHardwareBindings(7)
                .build();
        assertFull(napt, Set.of("reservations", "sticky", "idle", "hardware_bindings"));
        for (Pool pool : List.of(napt, dynamic)) {
            Translation full = pooled(pool.equals(napt) ? Translation.Kind.NAPT : Translation.Kind.DYNAMIC, pool)
                    .build();
            // Which kind it is, is not all that matters: a pool of one is refused of the other.
            assertEachMatters(full, m -> parse(Translations.complete(m)));
            var value = parse(full).orElseThrow();
            assertThat(parse(Translations.message(value)))
                    .as("what is remembered")
                    .contains(value);
            assertThat(Translations.complete(Translations.message(value)).getPool())
                    .isEqualTo(pool);
        }
    }

    @Test
    void whatAPoolLeavesOutIsTheDefault() {
        for (Translation.Kind kind : List.of(Translation.Kind.NAPT, Translation.Kind.DYNAMIC)) {
            Translation bare = pooled(kind, Pool.getDefaultInstance()).build();
            Translation complete = Translations.complete(bare);
            assertThat(Translations.complete(complete)).isEqualTo(complete);
            assertThat(parse(complete)).isPresent().isEqualTo(parse(bare));
        }
        assertThat(parse(pooled(Translation.Kind.NAPT, Pool.getDefaultInstance())
                                .build())
                        .orElseThrow()
                        .pool())
                .isEqualTo(io.natator.model.intent.Pool.DEFAULT);
    }

    @Test
    void aPoolIsToldWhatItsKindHasNot() {
        List<Violation> violations = new ArrayList<>();
        Pool some = Pool.newBuilder().setIdle(seconds(1)).setMss(1200).build();
        for (Translation.Kind kind :
                List.of(Translation.Kind.STATIC, Translation.Kind.NAPT, Translation.Kind.DYNAMIC)) {
            assertThat(Translations.parse("t", pooled(kind, some).build(), violations))
                    .isEmpty();
        }
        assertThat(violations)
                .containsExactly(
                        new Violation("pool", "STATIC has none: leave it out, or set kind to DYNAMIC, NAPT or NAT64"),
                        new Violation("pool.idle", "is of no meaning for NAPT: leave it out"),
                        new Violation("pool.mss", "is of no meaning for DYNAMIC: leave it out"));
    }

    @Test
    void whereIpv4HostsAreFoundMatters() {
        for (Translation.Kind kind : List.of(Translation.Kind.SIIT, Translation.Kind.NAT64)) {
            Translation bare = Translation.newBuilder()
                    .setKind(kind)
                    .setInside("2001:db8:1::/124")
                    .setOutside("198.51.100.0/28")
                    .build();
            Translation complete = Translations.complete(bare);
            assertThat(complete.getPref64()).isEqualTo("64:ff9b::/96");
            assertThat(complete.getIpv6Mtu()).isEqualTo(1500);
            assertThat(parse(complete)).isPresent().isEqualTo(parse(bare));
            Translation full = bare.toBuilder()
                    .setPref64("2001:db8:64::/96")
                    .setIpv6Mtu(1400)
                    .build();
            assertEachMatters(full, EveryFieldTest::parse);
            assertThat(parse(Translations.message(parse(full).orElseThrow()))).isEqualTo(parse(full));
        }
    }

    @Test
    void othersFindNoIpv4Hosts() {
        List<Violation> violations = new ArrayList<>();
        assertThat(Translations.parse(
                        "t",
                        pooled(Translation.Kind.NAPT, Pool.getDefaultInstance())
                                .setPref64("64:ff9b::/96")
                                .setIpv6Mtu(1500)
                                .build(),
                        violations))
                .isEmpty();
        String remedy = "is of no meaning for NAPT: leave it out, or set kind to SIIT or NAT64";
        assertThat(violations).containsExactly(new Violation("pref64", remedy), new Violation("ipv6_mtu", remedy));
    }

    private static Optional<io.natator.model.intent.Translation> parse(Translation message) {
        return Translations.parse("t", message, new ArrayList<>());
    }

    @Test
    void everyFieldOfADeviceMatters() {
        Device full = Device.newBuilder()
                .setDescription("x")
                .setDatapathId("1")
                .setMode(Device.Mode.ROUTED)
                .setProfile(Device.Profile.EXACT)
                .addPorts(DevicePort.newBuilder()
                        .setPort("p1")
                        .setSide(DevicePort.Side.INSIDE)
                        .setPeer("p2")
                        .addGateways("10.0.0.1/24")
                        .setMac("02:00:00:00:00:01"))
                .addRoutes(Route.newBuilder().setPrefix("0.0.0.0/0").setNextHop("10.0.0.2"))
                .addNextHops("203.0.113.1")
                .setHold(Duration.newBuilder().setSeconds(3))
                .setDrain(Duration.newBuilder().setSeconds(4))
                .build();
        Set<String> exempt = notUsers(full);
        exempt.addAll(Set.of("software_switch", "software_switch_port")); // Of SERVICE ports only.
        assertFull(full, exempt);
        assertEachMatters(full, m -> Devices.parse("d", m, new ArrayList<>()));
        DevicePort service = DevicePort.newBuilder()
                .setPort("p1")
                .setSide(DevicePort.Side.SERVICE)
                .setSoftwareSwitch("devices/ss")
                .setSoftwareSwitchPort("s1")
                .build();
        assertEachMatters(full.toBuilder().setPorts(0, service).build(), m -> Devices.parse("d", m, new ArrayList<>()));
    }

    private static Neighbor neighbor() {
        return Neighbor.newBuilder()
                .setDescription("x")
                .setAddress("192.0.2.1")
                .setPort(1179)
                .setLocalAs(0xFFFF_FFF0)
                .setPeerAs(65001)
                .setRouterId("192.0.2.9")
                .setLocalAddress("192.0.2.2")
                .setHoldTime(Duration.newBuilder().setSeconds(30))
                .setPassword("secret")
                .setEnabled(false)
                .setShutdownText("maintenance")
                .setBfdAuthKey("key")
                .setPeerGroup("peerGroups/g")
                .setTransport(NeighborTransport.newBuilder()
                        .setPassive(true)
                        .setTtlSecurityHops(1)
                        .setMultihopTtl(2)
                        .setBindDevice("vrf-red")
                        .setKeepAlive(seconds(10))
                        .setUserTimeout(seconds(20)))
                .setCapabilities(NeighborCapabilities.newBuilder()
                        .addFamilies("ipv6-unicast")
                        .setExtendedNextHop(true)
                        .setAddPathSend(true)
                        .setGracefulRestart(GracefulRestart.newBuilder()
                                .setEnabled(false)
                                .setRestartTime(seconds(60))
                                .setLongLivedStaleTime(seconds(3600))))
                .setImportPolicy(ImportPolicy.newBuilder().setMaxPrefixes(10).setShowReceived(true))
                .setExportPolicy(ExportPolicy.newBuilder()
                        .addAllowedPrefixes(PrefixRange.newBuilder()
                                .setPrefix("198.51.100.0/24")
                                .setGe(25)
                                .setLe(26))
                        .addCommunities("rt:65000:1")
                        .setMed(0)
                        .setLocalPreference(200)
                        .setPrependCount(2)
                        .setMaxRoutes(1000))
                .setBfd(Bfd.newBuilder()
                        .setEnabled(true)
                        .setMinTx(seconds(1))
                        .setMinRx(seconds(2))
                        .setMultiplier(5)
                        .setMultihop(true)
                        .setStrict(true)
                        .setAuthKeyId(7)
                        .setAuthType(Bfd.AuthType.KEYED_MD5))
                .build();
    }

    @Test
    void everyFieldOfANeighborMatters() {
        Neighbor full = neighbor();
        assertFull(full, notUsers(full));
        // What is left out gets a default, and none of those is what is written here.
        assertEachMatters(full, m -> parse(Neighbors.complete(m), PeerGroup.getDefaultInstance()));
        assertThat(parse(full, PeerGroup.getDefaultInstance())
                        .orElseThrow()
                        .peering()
                        .localAs())
                .isEqualTo(0xFFFF_FFF0L);
    }

    private static Optional<io.natator.model.intent.Neighbor> parse(Neighbor message, PeerGroup group) {
        return Neighbors.parse("n", message, id -> Optional.of(group), new ArrayList<>());
    }

    /** A group that says all that {@link #neighbor} says. */
    private static PeerGroup group() {
        PeerGroup.Builder group =
                PeerGroup.newBuilder().addDynamicPrefixes("10.0.0.0/24").setMaxDynamic(7);
        neighbor().getAllFields().forEach((field, value) -> {
            FieldDescriptor same = PeerGroup.getDescriptor().findFieldByName(field.getName());
            if (same != null) {
                group.setField(same, value);
            }
        });
        return group.build();
    }

    @Test
    void everyFieldOfAPeerGroupMatters() {
        PeerGroup full = group();
        assertFull(full, notUsers(full));
        assertEachMatters(full, m -> PeerGroups.parse("g", PeerGroups.complete(m), new ArrayList<>()));
    }

    @Test
    void everyFieldOfAPeerGroupIsInherited() {
        Neighbor bare = Neighbors.complete(Neighbor.newBuilder()
                .setAddress("192.0.2.1")
                .setPeerGroup("peerGroups/g")
                .build());
        PeerGroup full =
                group().toBuilder().clearDynamicPrefixes().clearMaxDynamic().build();
        assertEachMatters(full, m -> parse(bare, m));
        assertThat(parse(bare, full).orElseThrow().peering())
                .isEqualTo(parse(neighbor(), PeerGroup.getDefaultInstance())
                        .orElseThrow()
                        .peering());
        // What a neighbour says itself counts, field by field.
        Neighbor some = bare.toBuilder()
                .setLocalAs(65009)
                .setTransport(NeighborTransport.newBuilder().setPassive(false))
                .setCapabilities(NeighborCapabilities.newBuilder().addFamilies("ipv4-unicast"))
                .build();
        var peering = parse(some, full).orElseThrow().peering();
        assertThat(peering.localAs()).isEqualTo(65009);
        assertThat(peering.peerAs()).isEqualTo(65001);
        assertThat(peering.transport().passive()).isFalse();
        assertThat(peering.transport().bindDevice()).contains("vrf-red");
        assertThat(peering.features().families()).containsExactly(AddressFamily.IPV4_UNICAST);
        assertThat(peering.features().addPathSend()).isTrue();
    }

    @Test
    void everyFieldOfAStatusIsTold() {
        assertFull(
                Translations.status(new PartStatus("t", "d", PartState.ACTIVE, "why", "how", 1, 2, 3, 4, 5, 6, 7, T)),
                Set.of());
        TreeMap<Integer, Capabilities.Table> tables = new TreeMap<>();
        tables.put(1, new Capabilities.Table("t1", 1000));
        TreeMap<Integer, Integer> rules = new TreeMap<>();
        rules.put(1, 7);
        Capabilities capabilities = new Capabilities(
                5,
                "m",
                "h",
                "s",
                Set.of(Capabilities.Feature.BUNDLES),
                tables,
                List.of(new Capabilities.Port(1, "p1", "02:00:00:00:00:01", true)));
        var hop = new DeviceStatus.NextHop(
                IpAddress.valueOf("10.0.0.1"), "p1", Optional.of(MacAddress.valueOf("02:00:00:00:00:02")));
        assertFull(
                Devices.status(new DeviceStatus(
                        "d",
                        true,
                        T,
                        "peer",
                        Optional.of(capabilities),
                        true,
                        rules,
                        1,
                        2,
                        3,
                        List.of(hop),
                        "trouble")),
                Set.of());
        assertFull(
                Neighbors.status(
                        UNHEARD,
                        new NeighborStatus(
                                "n",
                                NeighborEvent.State.ESTABLISHED,
                                T,
                                Optional.of(new NeighborStatus.Remark("error", T)),
                                new NeighborEvent.Routes("n", 1, 0, 3, 4, 5, true, 6),
                                6,
                                List.of("ipv4-unicast"),
                                List.of("extended-messages"),
                                Optional.of(new NeighborStatus.Bfd(NeighborEvent.BfdState.INIT, "reason", T)),
                                List.of(new NeighborEvent.Heard.Route(
                                        IpPrefix.valueOf("10.0.0.0/8"),
                                        IpAddress.valueOf("203.0.113.9"),
                                        "65001",
                                        List.of("65001:1"))))),
                Set.of("routes_received"));
        assertFull(
                Announcements.message(new AnnouncementStatus(
                        new Announcement(
                                IpPrefix.valueOf("198.51.100.0/24"),
                                IpAddress.valueOf("203.0.113.1"),
                                List.of("65000:1"),
                                OptionalLong.of(5),
                                true,
                                List.of("n"),
                                List.of("t")),
                        AnnouncementStatus.State.DRAINING,
                        "reason",
                        List.of(new AnnouncementStatus.Told(
                                "n", AnnouncementStatus.Outcome.PROBABLY_FILTERED, "reason")),
                        T)),
                Set.of());
    }
}
