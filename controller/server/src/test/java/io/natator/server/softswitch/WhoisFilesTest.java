package io.natator.server.softswitch;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.session.Share;
import io.natator.softswitch.config.SessionLogging;
import io.natator.softswitch.log.SessionArchive;
import io.natator.softswitch.session.End;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.IpPrefix;
import picocli.CommandLine;

/** {@code natator switch whois}: from files that a switch wrote. */
class WhoisFilesTest {
    private static final long MINUTE = 60_000_000_000L;

    @TempDir
    Path dir;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int whois(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all = new String[arguments.length + 1];
        all[0] = "whois";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return new CommandLine(new SwitchCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }

    /** One that ended a minute ago, after another minute, and one that is open. */
    @BeforeEach
    void log() throws IOException {
        try (SessionArchive archive = SessionArchive.start(
                SessionLogging.parse(dir.resolve("log").toString(), "", "", ""), 1, System::nanoTime)) {
            archive.shares(List.of(new Share(
                    3,
                    "office",
                    Kind.NAPT,
                    IpPrefix.valueOf("10.0.0.0/8"),
                    List.of(IpPrefix.valueOf("203.0.113.0/24")),
                    List.of(),
                    false,
                    Pool.DEFAULT)));
            long now = System.nanoTime();
            archive.listener()
                    .ended(
                            3,
                            6,
                            0,
                            address("10.0.0.5"),
                            40000,
                            (int) address("203.0.113.7"),
                            50000,
                            (int) address("198.51.100.1"),
                            443,
                            now - 2 * MINUTE,
                            now - MINUTE,
                            12,
                            3400,
                            End.IDLE);
            archive.listener()
                    .created(
                            3,
                            17,
                            0,
                            address("10.0.0.6"),
                            40001,
                            (int) address("203.0.113.7"),
                            50000,
                            (int) address("198.51.100.2"),
                            53,
                            now - MINUTE / 2);
        }
    }

    private static long address(String text) {
        return Ip4Address.valueOf(text).toInt() & 0xFFFF_FFFFL;
    }

    @Test
    void aMappingHasNoRemote() throws IOException {
        String log = dir.resolve("mappings").toString();
        try (SessionArchive archive =
                SessionArchive.start(SessionLogging.parse(log, "", "mappings", ""), 1, System::nanoTime)) {
            archive.listener()
                    .mapped(
                            3,
                            17,
                            0,
                            address("10.0.0.6"),
                            40001,
                            (int) address("203.0.113.7"),
                            50000,
                            System.nanoTime() - MINUTE);
        }
        assertThat(whois("203.0.113.7:50000", "--log", log)).isZero();
        assertThat(out.toString())
                .startsWith("10.0.0.6:40001 udp 203.0.113.7:50000 from ")
                .endsWith(", open\n");
    }

    @Test
    void tellsOfIpv6Hosts() throws IOException {
        String log = dir.resolve("six").toString();
        try (SessionArchive archive =
                SessionArchive.start(SessionLogging.parse(log, "", "mappings", ""), 1, System::nanoTime)) {
            archive.listener()
                    .mapped(
                            3,
                            17,
                            0x2001_0db8_0000_0000L,
                            6,
                            40001,
                            (int) address("203.0.113.7"),
                            50000,
                            System.nanoTime() - MINUTE);
        }
        assertThat(whois("203.0.113.7:50000", "--log", log)).isZero();
        assertThat(out.toString()).startsWith("[2001:db8::6]:40001 udp 203.0.113.7:50000 from ");
    }

    @Test
    void tellsWhoItWas() {
        String log = dir.resolve("log").toString();
        String then = Instant.now().minusSeconds(90).toString();
        assertThat(whois("203.0.113.7:50000", "--log", log, "--at", then, "--protocol", "tcp"))
                .isZero();
        assertThat(out.toString())
                .startsWith("10.0.0.5:40000 office tcp 203.0.113.7:50000 -> 198.51.100.1:443 from ")
                .endsWith(", ended: idle\n");
        assertThat(whois("203.0.113.7:50000", "--log", log)).isZero();
        assertThat(out.toString())
                .startsWith("10.0.0.6:40001 office udp 203.0.113.7:50000 -> 198.51.100.2:53 from ")
                .endsWith(", open\n");
        assertThat(whois("203.0.113.7", "--log", log, "-p", "6")).isEqualTo(3);
        assertThat(err.toString()).contains("nobody is known that had 203.0.113.7 at ");
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        String log = dir.resolve("log").toString();
        assertThat(whois("203.0.113.7:70000", "--log", log)).isEqualTo(2);
        assertThat(err.toString()).contains("\"70000\" is no port");
        assertThat(whois("nowhere", "--log", log)).isEqualTo(2);
        assertThat(whois("203.0.113.7:1", "--log", log, "--at", "noon")).isEqualTo(2);
        assertThat(err.toString()).contains("write it like 2026-01-31T10:00:00Z");
        assertThat(whois("203.0.113.7:1", "--log", dir.resolve("none").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("no such directory");
        Files.createDirectory(dir.resolve("empty"));
        assertThat(whois("203.0.113.7:1", "--log", dir.resolve("empty").toString()))
                .isEqualTo(3);
    }
}
