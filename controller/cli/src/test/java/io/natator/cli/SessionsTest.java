package io.natator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import io.natator.v1.PoolUse;
import io.natator.v1.Session;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** sessions and whois: to the letter. */
class SessionsTest extends CommandTest {
    private static Timestamp at(long seconds) {
        return Timestamp.newBuilder().setSeconds(seconds).build();
    }

    private static Session session(int port) {
        return Session.newBuilder()
                .setDevice("devices/soft")
                .setTranslation("translations/office")
                .setProtocol(6)
                .setInside("192.168.2.10")
                .setInsidePort(40000)
                .setOutside("203.0.113.7")
                .setOutsidePort(port)
                .setRemote("198.51.100.1")
                .setRemotePort(443)
                .setState("established")
                .setStartTime(at(NOW.getEpochSecond() - 30))
                .setEndTime(at(NOW.getEpochSecond() + 60))
                .setPackets(1204)
                .setBytes(99_000)
                .build();
    }

    @Test
    void listsThem() {
        daemon.sessions().put(session(50000));
        assertThat(natator("sessions")).isZero();
        assertThat(out).isEqualTo("""
                        TRANSLATION   PROTOCOL   INSIDE               OUTSIDE             REMOTE             STATE         AGE   PACKETS
                        office        tcp        192.168.2.10:40000   203.0.113.7:50000   198.51.100.1:443   established   30s   1,204
                        """);
        assertThat(natator("sessions", "-o", "wide")).isZero();
        assertThat(out).contains("99,000").contains("soft");
        assertThat(natator("sessions", "-o", "name")).isZero();
        assertThat(out).isEqualTo("tcp/203.0.113.7:50000\n");
        assertThat(natator("sessions", "-o", "json")).isZero();
        List<Map<String, Object>> json = new Yaml().load(out);
        assertThat(json).singleElement().satisfies(s -> assertThat(s).containsEntry("outsidePort", 50000));
        assertThat(natator("sessions", "-o", "yaml")).isZero();
        assertThat(out).contains("inside: 192.168.2.10\n");
    }

    @Test
    void sendsItsConditions() {
        daemon.sessions().unreachable("devices/other");
        assertThat(natator(
                        "sessions",
                        "-t",
                        "office",
                        "-d",
                        "soft",
                        "-p",
                        "udp",
                        "--inside",
                        "192.168.2.0/24",
                        "--outside",
                        "203.0.113.7",
                        "--outside-port",
                        "50000",
                        "--remote",
                        "198.51.100.0/24"))
                .isZero();
        assertThat(err).isEqualTo("no sessions\nnot reached: devices/other\n");
        var filter = daemon.sessions().lastList().getFilter();
        assertThat(filter.getTranslation()).isEqualTo("translations/office");
        assertThat(filter.getDevice()).isEqualTo("devices/soft");
        assertThat(filter.getProtocol()).isEqualTo("udp");
        assertThat(filter.getInside()).isEqualTo("192.168.2.0/24");
        assertThat(filter.getOutside()).isEqualTo("203.0.113.7");
        assertThat(filter.getOutsidePort()).isEqualTo(50000);
        assertThat(filter.getRemote()).isEqualTo("198.51.100.0/24");
    }

    @Test
    void limitsAndPages() {
        for (int i = 0; i < 2500; i++) {
            daemon.sessions().put(session(20000 + i));
        }
        assertThat(natator("sessions", "-o", "name")).isZero();
        assertThat(out.lines()).hasSize(1000);
        assertThat(err).isEqualTo("there are more than 1,000: --limit 0 shows all\n");
        assertThat(natator("sessions", "-o", "name", "--limit", "0")).isZero();
        assertThat(out.lines()).hasSize(2500).last().isEqualTo("tcp/203.0.113.7:22499");
        assertThat(natator("sessions", "--limit", "-1")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void sortsThem() {
        for (int i = 1; i <= 3; i++) {
            daemon.sessions()
                    .put(session(i).toBuilder()
                            .setPackets(i)
                            .setBytes(10L - i)
                            .setStartTime(at(i == 2 ? 1 : 2))
                            .build());
        }
        assertThat(natator("sessions", "--sort", "packets", "-o", "name")).isZero();
        assertThat(out).isEqualTo("tcp/203.0.113.7:3\ntcp/203.0.113.7:2\ntcp/203.0.113.7:1\n");
        assertThat(natator("sessions", "--sort", "bytes", "-o", "name", "--limit", "1"))
                .isZero();
        assertThat(out).isEqualTo("tcp/203.0.113.7:1\n");
        assertThat(natator("sessions", "--sort", "age", "-o", "name", "--limit", "1"))
                .isZero();
        assertThat(out).isEqualTo("tcp/203.0.113.7:2\n");
        assertThat(natator("sessions", "--sort", "colour")).isEqualTo(ExitCode.USAGE);
        assertThat(err).contains("--sort").contains("PACKETS");
    }

    @Test
    void takesAPortBesideTheOutsideAddress() {
        assertThat(natator("sessions", "--outside", "203.0.113.7:50000")).isZero();
        assertThat(daemon.sessions().lastList().getFilter().getOutside()).isEqualTo("203.0.113.7");
        assertThat(daemon.sessions().lastList().getFilter().getOutsidePort()).isEqualTo(50000);
        assertThat(natator("sessions", "--outside", "[2001:db8::1]:7")).isZero();
        assertThat(daemon.sessions().lastList().getFilter().getOutside()).isEqualTo("2001:db8::1");
        assertThat(natator("sessions", "--outside", "nowhere")).isEqualTo(ExitCode.USAGE);
        assertThat(err).contains("--outside \"nowhere\" is not IP[:PORT]: write 203.0.113.7:50000");
        assertThat(natator("sessions", "--outside", "203.0.113.7:1", "--outside-port", "2"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err).contains("--outside-port");
    }

    @Test
    void watchesThem() {
        daemon.sessions().put(session(50000));
        daemon.sessions().unreachable("devices/other");
        watch("DELETED", () -> {}, "sessions", "--watch", "-p", "tcp", "--interval", "500ms");
        String row = "  office  tcp  192.168.2.10:40000  203.0.113.7:50000  198.51.100.1:443  established  1,204\n";
        assertThat(out).isEqualTo("2026-03-01T12:00:00Z  ADDED   " + row + "2026-03-01T12:00:00Z  DELETED " + row);
        assertThat(err).isEqualTo("not reached: devices/other\n");
        assertThat(daemon.sessions().lastWatch().getFilter().getProtocol()).isEqualTo("tcp");
        assertThat(daemon.sessions().lastWatch().getInterval()).isEqualTo(Durations.fromMillis(500));
        watch("DELETED", () -> {}, "sessions", "--watch", "-o", "json");
        assertThat(out.lines().toList().get(1)).isEqualTo("{\"type\":\"SYNCED\",\"unreachable\":[\"devices/other\"]}");
        assertThat(natator("sessions", "--interval", "1s")).isEqualTo(ExitCode.USAGE);
        assertThat(natator("sessions", "--watch", "--sort", "age")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void showsWhoHasMost() {
        daemon.sessions().put(pool());
        daemon.sessions()
                .put(pool().toBuilder()
                        .setDevice("devices/other")
                        .clearTopHosts()
                        .addTopHosts(PoolUse.Host.newBuilder()
                                .setInside("192.168.2.11")
                                .setSessions(199))
                        .build());
        assertThat(natator("sessions", "top")).isZero();
        assertThat(out).isEqualTo("""
                        HOST           SESSIONS   OF    TRANSLATION   DEVICE
                        192.168.2.11   199        200   office        other
                        192.168.2.10   150        200   office        soft
                        """);
        assertThat(natator("sessions", "top", "-o", "name")).isZero();
        assertThat(out).isEqualTo("192.168.2.11\n192.168.2.10\n");
    }

    @Test
    void clears() {
        daemon.sessions().put(session(1));
        assertThat(natator("sessions", "clear")).isEqualTo(ExitCode.USAGE);
        assertThat(natator("sessions", "clear", "--all", "-p", "tcp")).isEqualTo(ExitCode.USAGE);
        assertThat(natator("sessions", "clear", "-p", "tcp")).isZero();
        assertThat(out).isEqualTo("1 session cleared\n");
        assertThat(daemon.sessions().lastClear().getAll()).isFalse();
        daemon.sessions().unreachable("devices/other");
        assertThat(natator("sessions", "clear", "--all")).isEqualTo(ExitCode.NOT_AS_WISHED);
        assertThat(daemon.sessions().lastClear().getAll()).isTrue();
        assertThat(natator("sessions", "clear", "--help")).isZero();
        assertThat(out).startsWith("Usage: natator sessions clear").contains("Examples:");
    }

    static PoolUse pool() {
        return PoolUse.newBuilder()
                .setDevice("devices/soft")
                .setTranslation("translations/office")
                .setShare(3)
                .setAddresses(2)
                .setAddressesUsed(1)
                .setPorts(1000)
                .setPortsUsed(250)
                .setSessions(200)
                .setCreated(9990)
                .putRefused("pool-empty", 10)
                .putRefused("host-sessions", 0)
                .addTopHosts(PoolUse.Host.newBuilder().setInside("192.168.2.10").setSessions(150))
                .build();
    }

    @Test
    void showsPools() {
        daemon.sessions().put(pool());
        assertThat(natator("sessions", "use")).isZero();
        assertThat(out).isEqualTo("""
                        TRANSLATION   DEVICE   SESSIONS   ADDRESSES   PORTS       USE                      CREATED   REFUSED              LOST
                        office        soft     200        1/2         250/1,000   [#####...............]   9,990     10 (pool-empty 10)   0
                        """);
        assertThat(natator("sessions", "pools", "-o", "wide")).isZero();
        assertThat(out).contains("TOP-HOSTS").contains("192.168.2.10 150");
    }

    @Test
    void showsBindingsInHardware() {
        daemon.sessions()
                .put(PoolUse.newBuilder()
                        .setDevice("devices/soft")
                        .setTranslation("translations/guests")
                        .setAddresses(8)
                        .setAddressesUsed(4)
                        .setSessions(4)
                        .setCreated(9)
                        .setHardwareBindings(3)
                        .build());
        assertThat(natator("sessions", "use")).isZero();
        assertThat(out).isEqualTo("""
                        TRANSLATION   DEVICE   SESSIONS   BINDINGS   IN-HARDWARE   ADDRESSES   PORTS   USE                      CREATED   REFUSED   LOST
                        guests        soft     4          4          3             4/8         -       [##########..........]   9         0         0
                        """);
    }

    @Test
    void tellsWhoItWas() {
        daemon.sessions()
                .put(session(50000).toBuilder().setState("ended: closed").build());
        assertThat(natator("whois", "203.0.113.7:50000", "--protocol", "tcp")).isZero();
        assertThat(out.lines().findFirst())
                .hasValueSatisfying(l -> assertThat(l).startsWith("INSIDE "));
        assertThat(out).contains("192.168.2.10:40000   office").contains("ended: closed");
        assertThat(daemon.sessions().lastLookup().getOutside()).isEqualTo("203.0.113.7");
        assertThat(daemon.sessions().lastLookup().getProtocol()).isEqualTo("tcp");
        assertThat(daemon.sessions().lastLookup().hasTime()).isFalse();
        assertThat(natator("whois", "203.0.113.7:50000", "--at", "5m")).isZero();
        assertThat(daemon.sessions().lastLookup().getTime().getSeconds()).isEqualTo(NOW.getEpochSecond() - 300);
        assertThat(natator("whois", "203.0.113.7:50000", "--at", "2026-01-31T10:00:00+01:00"))
                .isZero();
        assertThat(daemon.sessions().lastLookup().getTime().getSeconds()).isEqualTo(1769850000L);
        assertThat(natator("whois", "[2001:db8::1]:50000")).isZero();
        assertThat(daemon.sessions().lastLookup().getOutside()).isEqualTo("2001:db8::1");
        assertThat(natator("whois", "203.0.113.7:1")).isEqualTo(ExitCode.NOT_AS_WISHED);
        assertThat(err).isEqualTo("no host is known that had 203.0.113.7:1\n");
        assertThat(natator("whois", "nowhere")).isEqualTo(ExitCode.USAGE);
        assertThat(natator("whois", "203.0.113.7", "--at", "noon")).isEqualTo(ExitCode.USAGE);
    }
}
