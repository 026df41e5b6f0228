package io.natator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.natator.v1.AnnouncePolicy;
import io.natator.v1.Announcement;
import io.natator.v1.Device;
import io.natator.v1.DevicePort;
import io.natator.v1.DeviceStatus;
import io.natator.v1.Neighbor;
import io.natator.v1.NeighborStatus;
import io.natator.v1.NextHopStatus;
import io.natator.v1.PortStatus;
import io.natator.v1.Route;
import io.natator.v1.TableStatus;
import io.natator.v1.ToldNeighbor;
import io.natator.v1.Translation;
import io.natator.v1.TranslationStatus;
import io.natator.v1.TranslationStatus.State;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** get, describe, status: what is printed, to the letter. */
class ShowTest extends CommandTest {
    private static Timestamp ago(long seconds) {
        return Timestamp.newBuilder().setSeconds(NOW.getEpochSecond() - seconds).build();
    }

    private static Translation office() {
        return Translation.newBuilder()
                .setName("translations/office")
                .setInside("192.168.2.0/24")
                .setOutside("192.168.3.0/24")
                .addDevices("devices/edge")
                .addExemptDestinations("10.0.0.0/8")
                .setAnnounce(AnnouncePolicy.newBuilder()
                        .setRoutes(AnnouncePolicy.Routes.HOST_ROUTES)
                        .addCommunities("65000:100"))
                .setEtag("v1")
                .setCreateTime(ago(7200))
                .addStatuses(TranslationStatus.newBuilder()
                        .setDevice("devices/edge")
                        .setState(State.ACTIVE)
                        .setPlacement("masked set-field")
                        .setRules(4)
                        .setPackets(1_234_567)
                        .setBytes(98_765_432)
                        .setSince(ago(90)))
                .build();
    }

    private static Device edge() {
        return Device.newBuilder()
                .setName("devices/edge")
                .setDatapathId("0000000000000001")
                .setMode(Device.Mode.ROUTED)
                .addPorts(DevicePort.newBuilder()
                        .setPort("inside")
                        .setSide(DevicePort.Side.INSIDE)
                        .addGateways("192.168.2.1/24"))
                .addPorts(DevicePort.newBuilder().setPort("outside").setSide(DevicePort.Side.OUTSIDE))
                .addRoutes(Route.newBuilder().setPrefix("0.0.0.0/0").setNextHop("10.0.0.1"))
                .setHold(Duration.newBuilder().setSeconds(10))
                .setStatus(DeviceStatus.newBuilder()
                        .setConnected(true)
                        .setInSync(true)
                        .setSince(ago(60))
                        .setPeer("127.0.0.1:40000")
                        .setOpenflowVersion("1.4")
                        .setManufacturer("Nicira, Inc.")
                        .setSoftware("3.1.0")
                        .addCapabilities("bundles")
                        .addCapabilities("masked set-field")
                        .addPorts(PortStatus.newBuilder()
                                .setPort("inside")
                                .setNumber(1)
                                .setMac("02:00:00:00:00:01")
                                .setUp(true))
                        .addTables(TableStatus.newBuilder()
                                .setTable(1)
                                .setTitle("to-inside")
                                .setRules(20)
                                .setCapacity(80))
                        .addNextHops(NextHopStatus.newBuilder()
                                .setAddress("10.0.0.1")
                                .setPort("outside"))
                        .setRulesInstalled(20)
                        .setRulesAdded(21)
                        .setRulesRestored(1))
                .build();
    }

    private static Neighbor upstream(Neighbor.SessionState state, String error) {
        return Neighbor.newBuilder()
                .setName("neighbors/upstream")
                .setAddress("203.0.113.1")
                .setLocalAs(65000)
                .setPeerAs((int) 4_200_000_000L)
                .setStatus(NeighborStatus.newBuilder()
                        .setState(state)
                        .setRoutesSent(1)
                        .setSince(ago(30))
                        .setLastError(error)
                        .addFamilies("ipv4-unicast"))
                .build();
    }

    @BeforeEach
    void fill() {
        daemon.put(office());
        daemon.put(edge());
        daemon.put(upstream(Neighbor.SessionState.ESTABLISHED, ""));
        daemon.put(Announcement.newBuilder()
                .setName("announcements/192.168.3.0-24@10.0.0.2")
                .setPrefix("192.168.3.0/24")
                .setNextHop("10.0.0.2")
                .addTranslations("translations/office")
                .addSentTo("neighbors/upstream")
                .setState(Announcement.State.ANNOUNCED)
                .addTold(ToldNeighbor.newBuilder()
                        .setNeighbor("neighbors/upstream")
                        .setOutcome(ToldNeighbor.Outcome.SENT))
                .setSince(ago(30))
                .build());
    }

    @Test
    void tables() {
        assertThat(natator("get", "translations")).isZero();
        assertThat(out).isEqualTo("""
                        NAME     INSIDE           OUTSIDE          DEVICES   STATE    AGE
                        office   192.168.2.0/24   192.168.3.0/24   edge      ACTIVE   2h
                        """);
        assertThat(natator("get", "tr", "-o", "wide")).isZero();
        assertThat(out).contains("PLACEMENT").contains("1,234,567").contains("masked set-field");
        assertThat(natator("get", "dev")).isZero();
        assertThat(out).isEqualTo("""
                        NAME   DATAPATH           MODE     STATE     RULES   AGE
                        edge   0000000000000001   ROUTED   in sync   20      -
                        """);
        assertThat(natator("get", "Neighbors")).isZero();
        assertThat(out).isEqualTo("""
                        NAME       ADDRESS       LOCAL-AS   PEER-AS      STATE         ROUTES-SENT   SINCE
                        upstream   203.0.113.1   65000      4200000000   ESTABLISHED   1             30s
                        """);
        assertThat(natator("get", "an")).isZero();
        assertThat(out).isEqualTo("""
                        PREFIX           NEXT-HOP   STATE       SENT-TO    TRANSLATIONS   SINCE
                        192.168.3.0/24   10.0.0.2   ANNOUNCED   upstream   office         30s
                        """);
    }

    @Test
    void readsAllPages() {
        for (int i = 0; i < 7; i++) {
            daemon.put(office().toBuilder().setName("translations/b" + i).build());
        }

        natator("get", "tr", "-o", "name");

        assertThat(out.lines())
                .containsExactly(
                        "translations/b0",
                        "translations/b1",
                        "translations/b2",
                        "translations/b3",
                        "translations/b4",
                        "translations/b5",
                        "translations/b6",
                        "translations/office");
    }

    @Test
    void jsonAndYaml() {
        assertThat(natator("get", "nb/upstream", "-o", "json")).isZero();
        assertThat(out).startsWith("{\n  \"name\": \"neighbors/upstream\"").contains("\"peerAs\": 4200000000");

        assertThat(natator("get", "neighbor", "-o", "json")).isZero();
        assertThat(out).startsWith("[\n{\n");

        assertThat(natator("get", "neighbor", "upstream", "-o", "yaml")).isZero();
        assertThat(out).isEqualTo("""
                        name: neighbors/upstream
                        address: 203.0.113.1
                        localAs: 65000
                        peerAs: 4200000000
                        status:
                          state: ESTABLISHED
                          since: '2026-03-01T11:59:30Z'
                          routesSent: '1'
                          families:
                            - ipv4-unicast
                        """);
    }

    @Test
    void describesATranslation() {
        assertThat(natator("describe", "translation", "office")).isZero();
        assertThat(out).isEqualTo("""
                        Name:             translations/office
                        Kind:             STATIC
                        Inside:           192.168.2.0/24
                        Outside:          192.168.3.0/24
                        Exempt:           10.0.0.0/8
                        Devices:          devices/edge
                        Announce:
                          Routes:         HOST_ROUTES
                          Next hop:       the device's own
                          Communities:    65000:100
                          Neighbors:      all
                        Created:          2026-03-01T10:00:00Z (2h ago)
                        Etag:             v1
                        On devices/edge:
                          State:          ACTIVE
                          Since:          2026-03-01T11:58:30Z (90s ago)
                          Placement:      masked set-field
                          Rules:          4
                          Packets:        1,234,567
                          Bytes:          98,765,432
                        """);
    }

    @Test
    void describesWhereIpv4HostsAreFound() {
        daemon.put(Translation.newBuilder()
                .setName("translations/server")
                .setKind(Translation.Kind.SIIT)
                .setInside("2001:db8:2::10/128")
                .setOutside("198.51.100.10/32")
                .setPref64("64:ff9b::/96")
                .setIpv6Mtu(1500)
                .addDevices("devices/edge")
                .build());
        assertThat(natator("describe", "translation", "server")).isZero();
        assertThat(out).startsWith("""
                        Name:             translations/server
                        Kind:             SIIT
                        Inside:           2001:db8:2::10/128
                        Outside:          198.51.100.10/32
                        Pref64:           64:ff9b::/96
                        IPv6 MTU:         1,500
                        Devices:          devices/edge
                        """);
    }

    @Test
    void describesADevice() {
        assertThat(natator("describe", "devices/edge")).isZero();
        assertThat(out).isEqualTo("""
                        Name:             devices/edge
                        Datapath id:      0000000000000001
                        Mode:             ROUTED
                        Profile:          AUTO
                        State:            in sync
                        Since:            2026-03-01T11:59:00Z (60s ago)
                        Hold:             10 s
                        Ports:
                          PORT      SIDE      PEER   GATEWAYS         NUMBER   MAC                 LINK
                          inside    INSIDE    -      192.168.2.1/24   1        02:00:00:00:00:01   up
                          outside   OUTSIDE   -      -                -        -                   absent
                        Routes:
                          0.0.0.0/0 via 10.0.0.1
                        Next hops:
                          ADDRESS    PORT      MAC
                          10.0.0.1   outside   unresolved
                        Datapath:
                          Peer:           127.0.0.1:40000
                          OpenFlow:       1.4
                          Manufacturer:   Nicira, Inc.
                          Software:       3.1.0
                          Capabilities:   bundles, masked set-field
                        Rules:
                          Installed:      20
                          Added:          21 since the daemon's start
                          Removed:        0
                          Restored:       1
                          TABLE         RULES   CAPACITY   USE
                          1 to-inside   20      80         [#####...............]
                        """);
    }

    @Test
    void describesANeighborAndAnAnnouncement() {
        natator("describe", "nb", "upstream");
        assertThat(out).contains("Peer AS:          4200000000").contains("  State:          ESTABLISHED");

        natator("describe", "an", "192.168.3.0-24@10.0.0.2");
        assertThat(out).contains("Told:             upstream: sent");
    }

    @Test
    void statusOfAHealthyNetwork() {
        assertThat(natator("status")).isEqualTo(ExitCode.OK);
        assertThat(out).isEqualTo("""
                        Daemon: %s, serving
                        Devices:
                          NAME   STATE     RULES   SOFTWARE
                          edge   in sync   20      Nicira, Inc. 3.1.0
                        Neighbors:
                          NAME       ADDRESS       STATE         ROUTES-SENT
                          upstream   203.0.113.1   ESTABLISHED   1
                        Translations:
                          NAME     INSIDE           OUTSIDE          STATE
                          office   192.168.2.0/24   192.168.3.0/24   ACTIVE
                        Announcements: 1 prefix, sent

                        All is well.
                        """.formatted(daemon.address()));
    }

    @Test
    void statusForPrograms() {
        assertThat(natator("status", "-o", "json")).isEqualTo(ExitCode.OK);
        Map<String, Object> json = new Yaml().load(out);
        assertThat(json)
                .containsOnlyKeys("well", "problems", "devices", "neighbors", "translations", "announcements")
                .containsEntry("well", true)
                .containsEntry("problems", List.of());
        assertThat(natator("status", "-o", "yaml")).isEqualTo(ExitCode.OK);
        assertThat(new Yaml().<Map<String, Object>>load(out)).isEqualTo(json);
    }

    @Test
    void statusNamesWhatIsWrong() {
        daemon.put(
                edge().toBuilder().setStatus(DeviceStatus.getDefaultInstance()).build());
        daemon.put(upstream(Neighbor.SessionState.ACTIVE, "Connection refused"));
        daemon.put(office().toBuilder()
                .clearStatuses()
                .addStatuses(TranslationStatus.newBuilder()
                        .setDevice("devices/edge")
                        .setState(State.PENDING)
                        .setReason("the device is not connected"))
                .build());

        assertThat(natator("status")).isEqualTo(ExitCode.NOT_AS_WISHED);

        assertThat(out).endsWith("""
                        Not well:
                          device edge: not connected; its controller must be tcp:THIS-HOST:6653 and its datapath id 0000000000000001
                          neighbor upstream: no session (ACTIVE): Connection refused
                          translation office on edge: PENDING: the device is not connected
                        """);
    }

    @Test
    void coloursOnlyWhereWanted() {
        natator("get", "tr");
        assertThat(out).doesNotContain("\u001b");

        colours = true;
        natator("get", "tr");
        assertThat(out).contains("\u001b[32mACTIVE\u001b[0m");
    }

    @Test
    void saysWhatIsNotThere() {
        assertThat(natator("get", "tr", "nope")).isEqualTo(ExitCode.FAILURE);
        assertThat(err).isEqualTo("error: tr nope: there is no translations/nope\n");

        assertThat(natator("get", "translatoins")).isEqualTo(ExitCode.USAGE);
        assertThat(err).contains("there is no kind \"translatoins\"; did you mean \"translation\"?");

        assertThat(natator("gett")).isEqualTo(ExitCode.USAGE);
        assertThat(err).contains("natator get");
    }
}
