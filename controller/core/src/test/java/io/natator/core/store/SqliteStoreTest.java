package io.natator.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natator.core.store.Store.Memory;
import io.natator.core.store.Store.Row;
import io.natator.core.store.Store.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest {
    private static final Instant T = Instant.parse("2025-01-01T00:00:00.123456Z");

    @TempDir
    Path dir;

    private Path file() {
        return dir.resolve("sub/natator.db");
    }

    private static Row row(String id, String json) {
        return new Row("devices", id, json, "etag-" + json, T, T.plusSeconds(1));
    }

    @Test
    void keepsWhatWasCommitted() {
        try (Store store = SqliteStore.open(file())) {
            store.commit(List.of(new Write.Put(row("a", "1")), new Write.Put(row("b", "2"))));
            store.commit(List.of(new Write.Put(row("a", "3")), new Write.Delete("devices", "b")));
        }
        try (Store store = SqliteStore.open(file())) {
            assertThat(store.rows()).containsExactly(row("a", "3"));
        }
    }

    @Test
    void remembersWhatDevicesHold() {
        long id = 0xFFFF_0000_0000_0001L;
        try (Store store = SqliteStore.open(file())) {
            store.remember(List.of(
                    new Memory.Installed(id, "t1", Optional.of("one")),
                    new Memory.Installed(id, "t2", Optional.of("two")),
                    new Memory.Installed(2, "t1", Optional.of("other")),
                    new Memory.NextHop(id, "10.0.0.1", Optional.of("02:00:00:00:00:01")),
                    new Memory.NextHop(id, "10.0.0.2", Optional.of("02:00:00:00:00:02"))));
            store.remember(List.of(
                    new Memory.Installed(id, "t1", Optional.empty()),
                    new Memory.NextHop(id, "10.0.0.2", Optional.empty()),
                    new Memory.Forget(2)));
        }
        try (Store store = SqliteStore.open(file())) {
            Store.Memories memories = store.memories();
            assertThat(memories.installed()).isEqualTo(Map.of(id, List.of("two")));
            assertThat(memories.nextHops()).isEqualTo(Map.of(id, Map.of("10.0.0.1", "02:00:00:00:00:01")));
        }
    }

    @Test
    void refusesAFileThatAnotherDaemonUses() {
        try (Store first = SqliteStore.open(file())) {
            assertThat(first.rows()).isEmpty();
            assertThatThrownBy(() -> SqliteStore.open(file()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is in use")
                    .hasMessageContaining("store.path");
        }
    }

    @Test
    void refusesWhatIsNoDatabase() throws IOException {
        Path text = dir.resolve("text.db");
        Files.writeString(text, "this is no database, it is a text that is long enough to have a header\n".repeat(20));
        assertThatThrownBy(() -> SqliteStore.open(text))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is damaged")
                .hasMessageContaining(text.toString());
    }

    @Test
    void refusesADamagedDatabase() throws IOException {
        try (Store store = SqliteStore.open(file())) {
            for (int i = 0; i < 500; i++) {
                store.commit(List.of(new Write.Put(row("d" + i, "x".repeat(500)))));
            }
        }
        byte[] bytes = Files.readAllBytes(file());
        for (int i = 8_192; i < bytes.length; i += 64) {
            bytes[i] ^= 0x5A;
        }
        Files.write(file(), bytes);
        assertThatThrownBy(() -> SqliteStore.open(file()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is damaged");
    }

    @Test
    void refusesAFileOfANewerNatator() throws Exception {
        SqliteStore.open(file()).close();
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + file());
                var statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA user_version = 99");
        }
        assertThatThrownBy(() -> SqliteStore.open(file()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("newer Natator");
    }

    @Test
    void saysWhatIsWrongWithAPathThatCannotBe() throws IOException {
        Files.writeString(dir.resolve("file"), "");
        assertThatThrownBy(() -> SqliteStore.open(dir.resolve("file/natator.db")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("store.path");
    }
}
