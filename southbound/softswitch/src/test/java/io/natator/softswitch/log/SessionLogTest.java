package io.natator.softswitch.log;

import static io.natator.softswitch.log.Rig.EPOCH;
import static io.natator.softswitch.log.Rig.INSIDE;
import static io.natator.softswitch.log.Rig.OUTSIDE;
import static io.natator.softswitch.log.Rig.REMOTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natator.model.session.Session;
import io.natator.softswitch.session.End;
import io.natator.softswitch.session.Refusal;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onlab.packet.IpAddress;

class SessionLogTest {
    private static final long OCTETS = 16L << 20;
    private static final String LONG_NAME = "a".repeat(60) + "-z9";

    @TempDir
    Path dir;

    private List<Path> files() throws IOException {
        return SegmentFormat.files(dir);
    }

    @Test
    void tellsWhoHadAPortAndWhen() throws IOException {
        try (Rig rig = new Rig(dir, OCTETS, Shares.napt(3, LONG_NAME, 0, false))) {
            rig.at(10);
            rig.created(3, 6, 40000, 50000);
            rig.write();
            assertThat(rig.lookup(6, 50000, 9)).isEmpty();
            assertThat(rig.lookup(6, 50000, 10)).extracting(Session::state).containsExactly(LogAnswer.OPEN);
            rig.at(70);
            rig.ended(3, 6, 40000, 50000, 10);
            rig.write();
            Session expected = new Session(
                    LONG_NAME,
                    6,
                    IpAddress.valueOf("10.0.0.5"),
                    40000,
                    IpAddress.valueOf("203.0.113.7"),
                    50000,
                    IpAddress.valueOf("198.51.100.1"),
                    443,
                    "ended: closed",
                    EPOCH.plusSeconds(10),
                    EPOCH.plusSeconds(70),
                    12,
                    3400);
            assertThat(rig.lookup(6, 50000, 69)).containsExactly(expected);
            assertThat(rig.lookup(0, 50000, 10)).containsExactly(expected);
            assertThat(rig.lookup(0, 0, 10)).containsExactly(expected);
            assertThat(rig.lookup(6, 50000, 70)).isEmpty();
            assertThat(rig.lookup(17, 50000, 69)).isEmpty();
            assertThat(rig.lookup(6, 50001, 69)).isEmpty();
        }
        // By the index that is there now.
        LogAnswer answer = new LogReader(dir).lookup(IpAddress.valueOf("203.0.113.7"), 6, 50000, EPOCH.plusSeconds(69));
        assertThat(answer.sessions()).extracting(Session::translation).containsExactly(LONG_NAME);
        assertThat(answer.from()).isEqualTo(EPOCH);
        assertThat(answer.lost()).isZero();
        assertThat(new LogReader(dir)
                        .lookup(IpAddress.valueOf("203.0.113.8"), 6, 50000, EPOCH.plusSeconds(69))
                        .sessions())
                .isEmpty();
    }

    @Test
    void blocksTellOfAllTheirPortsAndSessionsInThemAreNotLogged() throws IOException {
        try (Rig rig = new Rig(dir, OCTETS, Shares.napt(3, "blocks", 64, false), Shares.napt(4, "exact", 64, true))) {
            rig.log.blockTaken(3, 0, INSIDE, OUTSIDE, 1024, 1087, rig.now);
            rig.created(3, 6, 40000, 1030);
            rig.created(4, 6, 40000, 2000);
            rig.at(5);
            rig.log.blockFreed(3, 0, INSIDE, OUTSIDE, 1024, 1087, rig.now, End.IDLE);
            rig.write();
            assertThat(rig.counts.get(LogCount.LOG_RECORDS))
                    .as("start, name, two blocks")
                    .isEqualTo(4);
            for (int port : new int[] {1024, 1050, 1087}) {
                assertThat(rig.lookup(17, port, 3))
                        .extracting(Session::state)
                        .containsExactly("ports 1024-1087, ended: idle");
            }
            assertThat(rig.lookup(17, 1088, 3)).isEmpty();
            assertThat(rig.lookup(17, 1023, 3)).isEmpty();
        }
        Path file = files().getFirst();
        try (Segment segment = Segment.open(file)) {
            assertThat(segment.created()).isPresent();
        }
        assertThat(new LogReader(dir)
                        .lookup(IpAddress.valueOf("203.0.113.7"), 6, 1087, EPOCH.plusSeconds(3))
                        .sessions())
                .hasSize(1);
    }

    @Test
    void mappingsAreLoggedInThePlaceOfSessionsIfRemotesAreNot() throws IOException {
        try (Rig rig = Rig.ofMappings(dir, Shares.napt(1, "office", 0, false), Shares.napt(2, "exact", 0, true))) {
            rig.created(1, 6, 40000, 50000);
            rig.log.mapped(1, 6, 0, INSIDE, 40000, OUTSIDE, 50000, rig.now);
            rig.log.mapped(2, 6, 0, INSIDE, 40000, OUTSIDE, 2000, rig.now);
            rig.at(5);
            rig.ended(1, 6, 40000, 50000, 0);
            rig.log.unmapped(1, 6, 0, INSIDE, 40000, OUTSIDE, 50000, rig.now, End.CLOSED);
            rig.log.mapped(1, 6, 0, INSIDE, 40001, OUTSIDE, 50000, rig.now);
            rig.write();
            assertThat(rig.counts.get(LogCount.LOG_RECORDS))
                    .as("start, name, three of mappings")
                    .isEqualTo(5);
            assertThat(rig.lookup(6, 50000, 3)).singleElement().satisfies(s -> {
                assertThat(s.insidePort()).isEqualTo(40000);
                assertThat(s.state()).isEqualTo("ended: closed");
                assertThat(s.since()).isEqualTo(EPOCH);
                assertThat(s.until()).isEqualTo(EPOCH.plusSeconds(5));
                assertThat(s.remote()).as("none").isEqualTo(s.outside());
            });
            assertThat(rig.lookup(6, 50000, 7))
                    .extracting(Session::insidePort, Session::state)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(40001, LogAnswer.OPEN));
            assertThat(rig.lookup(17, 50000, 3)).isEmpty();
        }
        assertThat(new LogReader(dir)
                        .lookup(IpAddress.valueOf("203.0.113.7"), 6, 50000, EPOCH.plusSeconds(3))
                        .sessions())
                .as("by the index")
                .hasSize(1);
    }

    @Test
    void tellsOfIpv6Hosts() throws IOException {
        try (Rig rig = new Rig(dir, OCTETS, Shares.napt(3, "six", 0, false), Shares.napt(4, "blocks", 64, false))) {
            rig.created6(3, 6, 40000, 50000);
            rig.log.blockTaken(4, Rig.HIGH, Rig.LOW, OUTSIDE, 1024, 1087, rig.now);
            rig.log.refused(3, 6, Rig.HIGH, Rig.LOW, REMOTE, 443, Refusal.POOL_EMPTY, rig.now);
            rig.created(3, 6, 40000, 50001);
            rig.at(9);
            rig.ended6(3, 6, 40000, 50000, 0);
            rig.write();
            assertThat(rig.counts.get(LogCount.LOG_RECORDS))
                    .as("start, two names, one, and four that have another one with the address")
                    .isEqualTo(3 + 1 + 4 * 2);
            assertThat(rig.lookup(6, 50000, 3)).singleElement().satisfies(s -> {
                assertThat(s.inside()).isEqualTo(Rig.INSIDE_6);
                assertThat(s.insidePort()).isEqualTo(40000);
                assertThat(s.until()).isEqualTo(EPOCH.plusSeconds(9));
                assertThat(s.packets()).isEqualTo(12);
            });
            assertThat(rig.lookup(6, 50001, 3))
                    .singleElement()
                    .satisfies(s -> assertThat(s.inside()).hasToString("10.0.0.5"));
        }
        LogReader reader = new LogReader(dir);
        for (int port : new int[] {50000, 1050}) {
            assertThat(reader.lookup(IpAddress.valueOf("203.0.113.7"), 6, port, EPOCH.plusSeconds(3))
                            .sessions())
                    .as("by the index")
                    .singleElement()
                    .extracting(Session::inside)
                    .isEqualTo(Rig.INSIDE_6);
        }
    }

    /** An address that cannot be read must not be taken for another one. */
    @Test
    void anIpv6HostWhoseAddressIsDamagedIsNotToldOf() throws IOException {
        try (Rig rig = new Rig(dir, OCTETS, Shares.napt(3, "six", 0, false))) {
            rig.created6(3, 6, 40000, 50000);
            rig.created6(3, 6, 40001, 50001);
        }
        try (RandomAccessFile file = new RandomAccessFile(files().getLast().toFile(), "rw")) {
            file.seek(SegmentFormat.offset(3) + RecordLayout.ADDRESS); // after start, name and the session
            file.write(7);
        }
        LogReader reader = new LogReader(dir);
        IpAddress outside = IpAddress.valueOf("203.0.113.7");
        assertThat(reader.lookup(outside, 6, 50000, EPOCH).sessions()).isEmpty();
        assertThat(reader.lookup(outside, 6, 50001, EPOCH).sessions()).hasSize(1);
    }

    @Test
    void aFileDoesNotEndBetweenAHostAndItsAddress() throws IOException {
        int most = SegmentFormat.RECORDS;
        try (Rig rig = new Rig(dir, OCTETS, Shares.napt(3, "six", 0, false))) {
            for (int i = 0; i < most; i++) {
                if (i % 3 == 0) {
                    rig.created6(3, 6, i & 0xFFFF, i & 0xFFFF);
                } else {
                    rig.created(3, 6, i & 0xFFFF, i & 0xFFFF);
                }
                rig.write();
            }
            assertThat(files()).hasSize(2);
            for (int i = most / 4 * 3 - 20; i < most / 4 * 3 + 20; i++) {
                assertThat(rig.lookup(6, i, 1))
                        .singleElement()
                        .satisfies(s -> assertThat(s.insidePort()).isEqualTo(s.outsidePort()));
                assertThat(rig.lookup(6, i, 1).getFirst().inside().isIp6()).isEqualTo(i % 3 == 0);
            }
        }
    }

    @Test
    void readsFilesOfTheVersionBefore() throws IOException {
        try (Rig rig = new Rig(dir, OCTETS, Shares.napt(3, "office", 0, false))) {
            rig.created(3, 6, 40000, 50000);
        }
        Path file = files().getLast();
        byte[] octets = Files.readAllBytes(file);
        octets[7] = 1;
        java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(octets, 0, 60);
        io.natator.packet.Bytes.put32(octets, 60, (int) crc.getValue());
        Files.write(file, octets);
        assertThat(new LogReader(dir)
                        .lookup(IpAddress.valueOf("203.0.113.7"), 6, 50000, EPOCH)
                        .sessions())
                .singleElement()
                .satisfies(s -> assertThat(s.inside()).hasToString("10.0.0.5"));
    }

    @Test
    void aBindingHasAllPorts() throws IOException {
        try (Rig rig = new Rig(dir, OCTETS, Shares.dynamic(1, "hosts"))) {
            rig.log.created(1, 0, 0, INSIDE, 0, OUTSIDE, 0, OUTSIDE, 0, rig.now);
            rig.write();
            assertThat(rig.lookup(6, 50000, 1)).extracting(Session::insidePort).containsExactly(0);
        }
        try (Rig rig = new Rig(dir, OCTETS, 64, 9)) {
            assertThat(rig.lookup(6, 50000, 1))
                    .as("by the index, ended when the switch started again")
                    .extracting(Session::state, Session::until)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("ended: switch stopped", EPOCH.plusSeconds(9)));
        }
    }

    @Test
    void goesOnAfterItWasKilledInTheMiddleOfARecord() throws IOException {
        Path before = dir.resolve("before");
        Path file;
        try (Rig killed = new Rig(before, OCTETS, Shares.napt(3, "office", 0, false))) {
            killed.created(3, 6, 1, 2001);
            killed.created(3, 6, 2, 2002);
            killed.write();
            Path written = SegmentFormat.files(before).getLast();
            file = Files.copy(written, dir.resolve(written.getFileName()));
        }
        try (RandomAccessFile f = new RandomAccessFile(file.toFile(), "rw")) {
            f.setLength(f.length() - 10);
        }
        try (Rig rig = new Rig(dir, OCTETS, 64, 9)) {
            assertThat(rig.lookup(6, 2001, 1)).hasSize(1);
            assertThat(rig.lookup(6, 2002, 1)).isEmpty();
            assertThat(files()).hasSize(2);
            try (Segment segment = Segment.open(file)) {
                assertThat(segment.isComplete()).isTrue();
            }
        }
    }

    @Test
    void passesOverDamageAndDoesWithoutADamagedIndex() throws IOException {
        try (Rig rig = new Rig(dir, OCTETS, Shares.napt(3, "office", 0, false))) {
            rig.created(3, 6, 1, 2001);
            rig.created(3, 6, 2, 2002);
            rig.created(3, 6, 3, 2003);
        }
        Path file = files().getLast();
        byte[] good = Files.readAllBytes(file);
        // start, name, 2001, 2002, 2003
        for (int damaged : new int[] {SegmentFormat.offset(3) + 20, good.length - 40, good.length - 70}) {
            byte[] bad = good.clone();
            bad[damaged] ^= 0x40;
            Files.write(file, bad);
            LogReader reader = new LogReader(dir);
            for (int port = 2001; port <= 2003; port++) {
                int expected = damaged == SegmentFormat.offset(3) + 20 && port == 2002 ? 0 : 1;
                assertThat(reader.lookup(IpAddress.valueOf("203.0.113.7"), 6, port, EPOCH.plusSeconds(1))
                                .sessions())
                        .as("octet %d, port %d", damaged, port)
                        .hasSize(expected);
            }
        }
        Files.write(file, new byte[] {1, 2, 3});
        assertThat(new LogReader(dir)
                        .lookup(IpAddress.valueOf("203.0.113.7"), 6, 2001, EPOCH.plusSeconds(1))
                        .sessions())
                .isEmpty();
        new Rig(dir, OCTETS, 64, 9).close();
        assertThat(file).as("it held nothing").doesNotExist();
    }

    @Test
    void deletesTheOldestToStayWithinItsSize() throws IOException {
        try (Rig rig = new Rig(dir, OCTETS, Shares.napt(3, "office", 0, false))) {
            for (int second = 0; second < 100; second++) {
                rig.at(second);
                for (int i = 0; i < 4000; i++) {
                    rig.created(3, 6, second, 1024 + i);
                }
                rig.write();
            }
            long octets = 0;
            for (Path file : files()) {
                octets += Files.size(file);
            }
            assertThat(octets).isLessThanOrEqualTo(OCTETS).isGreaterThan(OCTETS / 2);
            assertThat(rig.counts.get(LogCount.LOG_SEGMENTS_REMOVED)).isPositive();
            assertThat(rig.counts.get(LogCount.LOG_RING_FULL)).isZero();
            assertThat(rig.lookup(6, 1024, 99).stream().anyMatch(s -> s.insidePort() == 99))
                    .isTrue();
            assertThat(rig.answer(6, 1024, 5).from()).isAfter(EPOCH.plusSeconds(5));
        }
    }

    @Test
    void whatFindsNoRoomIsCountedAndMissedByReaders() throws IOException {
        try (Rig rig = new Rig(dir, OCTETS, 64, 0, Shares.napt(3, "office", 0, false))) {
            for (int i = 0; i < 100; i++) {
                rig.created(3, 6, i, 1024 + i);
            }
            rig.write();
            assertThat(rig.counts.get(LogCount.LOG_RING_FULL)).isEqualTo(36);
            assertThat(rig.answer(6, 1024 + 63, 1).sessions()).hasSize(1);
            assertThat(rig.answer(6, 1024 + 64, 1).sessions()).isEmpty();
            assertThat(rig.answer(6, 1024 + 64, 1).lost()).isEqualTo(36);
        }
    }

    @Test
    void refusalsAreLoggedButNotEachOfAFlood() throws IOException {
        try (Rig rig = new Rig(dir, OCTETS, Shares.napt(3, "office", 0, false))) {
            for (int i = 0; i < 1000; i++) {
                rig.log.refused(3, 6, 0, INSIDE, REMOTE, 443, Refusal.POOL_EMPTY, rig.now);
                rig.log.refused(3, 6, 0, INSIDE, REMOTE, 443, Refusal.FILTERED, rig.now);
            }
            rig.at(1);
            rig.log.refused(3, 6, 0, INSIDE, REMOTE, 443, Refusal.HOST_PORTS, rig.now);
            rig.write();
            int logged = SessionRecorder.REFUSALS_PER_SECOND + 1;
            assertThat(rig.counts.get(LogCount.LOG_RECORDS)).isEqualTo(2 + logged);
            assertThat(rig.counts.get(LogCount.LOG_REFUSALS_SUPPRESSED))
                    .isEqualTo(1000 - SessionRecorder.REFUSALS_PER_SECOND);
        }
    }

    @Test
    void aDiskThatTakesNothingIsTriedAgain() throws IOException {
        Path gone = dir.resolve("log");
        try (Rig rig = new Rig(gone, OCTETS, 1 << 17, 0, Shares.napt(3, "office", 0, false))) {
            for (Path file : SegmentFormat.files(gone)) {
                Files.delete(file);
            }
            Files.delete(gone.resolve("lock"));
            Files.delete(gone);
            int more = 1000;
            for (int i = 0; i < SegmentFormat.RECORDS + more; i++) {
                rig.created(3, 6, 1, i & 0xFFFF);
            }
            rig.write();
            assertThat(rig.counts.get(LogCount.LOG_WRITE_FAILED)).isEqualTo(more + 2); // start and name came first
            Files.createDirectory(gone);
            rig.at(2);
            rig.created(3, 6, 2, 2002);
            rig.write();
            LogAnswer answer =
                    new LogReader(gone).lookup(IpAddress.valueOf("203.0.113.7"), 6, 2002, EPOCH.plusSeconds(3));
            assertThat(answer.sessions()).hasSize(1);
            assertThat(answer.lost()).isEqualTo(more + 2);
        }
    }

    @Test
    void oneWriterADirectory() throws IOException {
        try (Rig _ = new Rig(dir, OCTETS)) {
            assertThatThrownBy(() -> new Rig(dir, OCTETS))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another switch writes the session log in " + dir);
        }
        assertThatThrownBy(
                        () -> new LogReader(dir.resolve("none")).lookup(IpAddress.valueOf("203.0.113.7"), 6, 1, EPOCH))
                .hasMessageContaining("no such directory");
    }
}
