package io.natator.softswitch.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.natator.softswitch.config.SessionLogging;
import io.natator.softswitch.io.afpacket.Wires;
import io.natator.softswitch.session.End;
import io.natator.softswitch.session.Refusal;
import io.natator.softswitch.session.SessionLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.onlab.packet.Ip4Address;

/** Events reach Debian's nfcapd in another namespace, and nfdump reads them back. */
@Timeout(90)
class NfcapdIT {
    private static final int INSIDE = Ip4Address.valueOf("10.0.0.5").toInt();
    private static final int OUTSIDE = Ip4Address.valueOf("203.0.113.7").toInt();
    private static final int REMOTE = Ip4Address.valueOf("198.51.100.1").toInt();
    private static final int MANY = 500;
    /** Nine tenths of 256 addresses. */
    private static final int NEARLY_ALL = 231;

    @TempDir
    Path dir;

    @Test
    void eventsArriveAsTheyWere() throws Exception {
        Wires wires = new Wires();
        try {
            wires.ip("s", "addr add 10.9.1.4/24 dev i0");
            Process collector = wires.start(
                    "a", "nfcapd", "-4", "-b", "10.9.1.2", "-p", "4739", "-w", dir.toString(), "-t", "3600");
            try {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> wires.in("a", "ss", "-lun").contains(":4739"));
                Wires.call("s", NfcapdIT::send);
                // Until it has taken all that came: its receive queue is empty.
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> wires.in("a", "ss", "-Hlun", "sport", "=", ":4739")
                                .matches("(?s)UNCONN\\s+0\\s.*"));
            } finally {
                collector.destroy();
                assertThat(collector.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            wires.close();
        }
        List<JsonNode> events = read();
        assertThat(events).hasSize(MANY + 12 + NEARLY_ALL);
        assertThat(event(events, 0))
                .isEqualTo("4 proto=6 10.0.0.5:40000 203.0.113.7:50000 198.51.100.1:443 packets=0 bytes=0");
        assertThat(event(events, 1))
                .isEqualTo("5 proto=6 10.0.0.5:40000 203.0.113.7:50000 198.51.100.1:443 packets=12 bytes=3400");
        assertThat(event(events, 2)).startsWith("14 ").contains("10.0.0.5", "203.0.113.7");
        assertThat(event(events, 3)).startsWith("16 ").contains("10.0.0.5", "203.0.113.7");
        assertThat(event(events, 4)).startsWith("3 ");
        assertThat(event(events, 5)).startsWith("13 ").contains("10.0.0.5");
        for (int i = 0; i < MANY; i++) {
            assertThat(event(events, 6 + i))
                    .startsWith("4 proto=17 10.0.0.5:" + (1024 + i) + " 203.0.113.7:" + (2048 + i));
        }
        assertThat(event(events, MANY + 6)).startsWith("8 proto=6 10.0.0.5:40000 203.0.113.7:50000");
        assertThat(event(events, MANY + 8 + NEARLY_ALL)).startsWith("18 ");
        assertThat(event(events, MANY + 7)).startsWith("9 proto=6 10.0.0.5:40000 203.0.113.7:50000");
        ofIpv6Hosts(events.subList(MANY + 9 + NEARLY_ALL, events.size()));
    }

    private static void ofIpv6Hosts(List<JsonNode> events) {
        for (int i = 0; i < 2; i++) {
            JsonNode session = events.get(i);
            assertThat(text(session, "src6_addr") + " " + text(session, "dst6_addr"))
                    .isEqualTo("2001:db8:1::5 64:ff9b::c633:6401");
            assertThat(event(events, i))
                    .isEqualTo("%d proto=6 :40000 203.0.113.7:50000 :443 packets=%d bytes=%d"
                            .formatted(6 + i, i * 12, i * 3400));
        }
        assertThat(event(events, 2)).startsWith("16 ").contains("203.0.113.7");
        assertThat(text(events.get(2), "src6_addr")).isEqualTo("2001:db8:1::5");
    }

    private static Void send() throws Exception {
        sendSessions();
        sendMapping();
        sendIpv6();
        return null;
    }

    private static void sendIpv6() throws Exception {
        SessionArchive archive =
                SessionArchive.start(SessionLogging.parse("", "", "", "10.9.1.2"), 42, System::nanoTime);
        try (archive) {
            archive.shares(List.of(Shares.nat64(1, "six", 0), Shares.nat64(2, "blocks", 64)));
            SessionLog log = archive.listener();
            long now = System.nanoTime();
            log.created(1, 6, Rig.HIGH, Rig.LOW, 40000, OUTSIDE, 50000, REMOTE, 443, now);
            log.ended(1, 6, Rig.HIGH, Rig.LOW, 40000, OUTSIDE, 50000, REMOTE, 443, now, now, 12, 3400, End.CLOSED);
            log.blockTaken(2, Rig.HIGH, Rig.LOW, OUTSIDE, 1024, 1087, now);
        }
        assertThat(archive.counters()).containsEntry("ipfix_records", 3L);
    }

    private static void sendMapping() throws Exception {
        SessionArchive archive =
                SessionArchive.start(SessionLogging.parse("", "", "mappings", "10.9.1.2"), 42, System::nanoTime);
        try (archive) {
            archive.shares(List.of(Shares.napt(1, "office", 0, false), Shares.dynamic(2, "hosts")));
            SessionLog log = archive.listener();
            long now = System.nanoTime();
            log.created(1, 6, 0, INSIDE, 40000, OUTSIDE, 50000, REMOTE, 443, now);
            log.mapped(1, 6, 0, INSIDE, 40000, OUTSIDE, 50000, now);
            log.unmapped(1, 6, 0, INSIDE, 40000, OUTSIDE, 50000, now, End.IDLE);
            for (int i = 0; i < NEARLY_ALL; i++) {
                log.created(2, 0, 0, INSIDE + i, 0, OUTSIDE + i, 0, OUTSIDE + i, 0, now);
            }
        }
        assertThat(archive.counters()).containsEntry("ipfix_records", 3L + NEARLY_ALL);
    }

    private static void sendSessions() throws Exception {
        SessionArchive archive =
                SessionArchive.start(SessionLogging.parse("", "", "", "10.9.1.2"), 42, System::nanoTime);
        try {
            archive.shares(List.of(
                    Shares.napt(1, "office", 0, false),
                    Shares.dynamic(2, "hosts"),
                    Shares.napt(3, "blocks", 64, false)));
            SessionLog log = archive.listener();
            long now = System.nanoTime();
            log.created(1, 6, 0, INSIDE, 40000, OUTSIDE, 50000, REMOTE, 443, now);
            log.ended(1, 6, 0, INSIDE, 40000, OUTSIDE, 50000, REMOTE, 443, now, now, 12, 3400, End.CLOSED);
            log.created(2, 0, 0, INSIDE, 0, OUTSIDE, 0, OUTSIDE, 0, now);
            log.blockTaken(3, 0, INSIDE, OUTSIDE, 1024, 1087, now);
            log.refused(2, 6, 0, INSIDE, REMOTE, 443, Refusal.POOL_EMPTY, now);
            log.refused(1, 6, 0, INSIDE, REMOTE, 443, Refusal.HOST_SESSIONS, now);
            for (int i = 0; i < MANY; i++) {
                log.created(1, 17, 0, INSIDE, 1024 + i, OUTSIDE, 2048 + i, REMOTE, 53, now);
            }
        } finally {
            archive.close();
        }
        assertThat(archive.counters())
                .containsEntry("ipfix_records", (long) MANY + 6)
                .containsEntry("ipfix_records_failed", 0L);
    }

    private List<JsonNode> read() throws Exception {
        Path file;
        try (Stream<Path> files = Files.list(dir)) {
            file = files.filter(f -> f.getFileName().toString().matches("nfcapd\\.[0-9]+"))
                    .findFirst()
                    .orElseThrow();
        }
        Process nfdump = new ProcessBuilder("nfdump", "-r", file.toString(), "-o", "json")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<JsonNode> events = new ArrayList<>();
        byte[] json = nfdump.getInputStream().readAllBytes();
        new ObjectMapper().readTree(json).forEach(events::add);
        assertThat(nfdump.waitFor()).isZero();
        return events;
    }

    private static String event(List<JsonNode> events, int number) {
        JsonNode e = events.get(number);
        return text(e, "nat_event_id") + " proto=" + text(e, "proto") + " " + text(e, "src4_addr") + ":"
                + text(e, "src_port") + " " + text(e, "src4_xlt_ip") + ":" + text(e, "src_xlt_port") + " "
                + text(e, "dst4_addr") + ":" + text(e, "dst_port") + " packets=" + text(e, "in_packets") + " bytes="
                + text(e, "in_bytes");
    }

    private static String text(JsonNode event, String field) {
        return event.path(field).asText("");
    }
}
