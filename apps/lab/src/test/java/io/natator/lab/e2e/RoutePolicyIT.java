package io.natator.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.lab.net.Shell;
import io.natator.lab.net.SwitchKind;
import io.natator.lab.net.Wait;
import io.natator.lab.topology.Addresses;
import io.natator.lab.topology.Lab;
import io.natator.lab.topology.Variant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A daemon with an RPKI cache (StayRTR) and a BMP collector (pmbmpd), all in the router's namespace: what the ROAs do not allow is
 * not announced, and the collector is told what is.
 */
class RoutePolicyIT {
    private static final int CACHE_PORT = 8282;
    private static final int COLLECTOR_PORT = 1790;

    @RegisterExtension
    static final Live LIVE = new Live(Variant.NORMAL, SwitchKind.OVS, RoutePolicyIT::startOthers);

    private static final String OFFICE = """
            name: translations/office
            inside: 192.168.2.0/24
            outside: 192.168.3.0/24
            devices: [devices/s1]
            announce: {force: %s}
            """;
    private static final String LONE = """
            name: translations/lone
            inside: 192.168.4.7/32
            outside: 192.168.5.7/32
            devices: [devices/s1]
            """;
    private static final String FINE = """
            name: translations/fine
            inside: 192.168.6.7/32
            outside: 192.168.7.7/32
            devices: [devices/s1]
            """;

    private static Map<String, String> startOthers(Lab lab) {
        Path dir = lab.inventory().dir();
        try {
            Path roas = Files.writeString(dir.resolve("roas.json"), """
                    {"roas": [
                      {"prefix": "192.168.3.0/24", "maxLength": 24, "asn": "AS64999"},
                      {"prefix": "192.168.5.0/24", "maxLength": 24, "asn": "AS65000"},
                      {"prefix": "192.168.7.0/24", "maxLength": 32, "asn": "AS65000"}]}
                    """);
            Path collector = Files.writeString(dir.resolve("pmbmpd.conf"), """
                    daemonize: false
                    bmp_daemon_ip: %s
                    bmp_daemon_port: %d
                    bmp_daemon_msglog_file: %s
                    bmp_daemon_msglog_output: json
                    """.formatted(
                            Addresses.CONTROLLER_OF_ROUTER, COLLECTOR_PORT, told(lab)));
            String cache = Addresses.CONTROLLER_OF_ROUTER + ":" + CACHE_PORT;
            var _ = lab.network()
                    .router()
                    .start(
                            "stayrtr",
                            List.of(
                                    "stayrtr",
                                    "-bind",
                                    cache,
                                    "-cache",
                                    roas.toString(),
                                    "-checktime=false",
                                    "-metrics.addr",
                                    ""));
            var _ = lab.network().router().start("pmbmpd", List.of("pmbmpd", "-f", collector.toString()));
            return Map.of(
                    "rpki", "{caches: [\"" + cache + "\"]}",
                    "bmp", "{collectors: [\"" + Addresses.CONTROLLER_OF_ROUTER + ":" + COLLECTOR_PORT + "\"]}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path told(Lab lab) {
        return lab.inventory().dir().resolve("bmp.told");
    }

    private static String collected() {
        try {
            return Files.exists(told(LIVE.lab())) ? Files.readString(told(LIVE.lab())) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String routes(String prefix) {
        Shell.Result result = LIVE.lab().daemon().natator("routes", prefix);
        assertThat(result.exit()).as(result.all()).isZero();
        return result.out();
    }

    private static void awaitRoute(String prefix, String... words) {
        Wait.until(prefix + " to be " + List.of(words), Duration.ofSeconds(40), () -> {
            String line = routes(prefix);
            return List.of(words).stream().allMatch(line::contains);
        });
    }

    @Test
    void refusesWhatRoasDoNotAllowAndTellsTheCollectorTheRest() {
        LIVE.apply(OFFICE.formatted("false"));
        LIVE.apply(LONE);
        LIVE.apply(FINE);
        LIVE.lab().bird().awaitRoutes(Duration.ofSeconds(40), "192.168.7.7/32");
        awaitRoute("192.168.7.7/32", "ANNOUNCED", " sent");
        awaitRoute("192.168.3.0/24", "REFUSED", "route-origin validation", "64999", "announce.force");
        awaitRoute("192.168.5.7/32", "REFUSED", "route-origin validation", "24");
        assertThat(LIVE.lab().bird().routes()).containsExactly("192.168.7.7/32");

        LIVE.apply(OFFICE.formatted("true"));
        LIVE.lab().bird().awaitRoutes(Duration.ofSeconds(40), "192.168.3.0/24", "192.168.7.7/32");
        awaitRoute("192.168.3.0/24", "ANNOUNCED", " sent");

        Wait.until(
                "the collector to be told",
                Duration.ofSeconds(20),
                () -> collected().contains("192.168.3.0/24") && collected().contains("192.168.7.7/32"));
        assertThat(collected()).contains("\"peer_up\"").doesNotContain("192.168.5.7");
    }
}
