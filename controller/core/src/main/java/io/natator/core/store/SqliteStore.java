package io.natator.core.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * {@link Store} in one SQLite file: write-ahead log, {@code synchronous=FULL} (a commit returns after the log was
 * synced to disk), and locked for as long as it is open, so that two daemons never share it.
 */
public final class SqliteStore implements Store {
    private static final int SCHEMA = 1;

    private static final List<String> TABLES = List.of("""
            CREATE TABLE resource (
              collection TEXT NOT NULL, id TEXT NOT NULL, json TEXT NOT NULL, etag TEXT NOT NULL,
              created TEXT NOT NULL, updated TEXT NOT NULL, PRIMARY KEY (collection, id)) WITHOUT ROWID""", """
            CREATE TABLE installed (
              datapath_id TEXT NOT NULL, translation TEXT NOT NULL, json TEXT NOT NULL,
              PRIMARY KEY (datapath_id, translation)) WITHOUT ROWID""", """
            CREATE TABLE next_hop (
              datapath_id TEXT NOT NULL, address TEXT NOT NULL, mac TEXT NOT NULL,
              PRIMARY KEY (datapath_id, address)) WITHOUT ROWID""");

    private final Path file;
    private final Connection connection;

    private SqliteStore(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /**
     * Opens {@code file}, or creates it with its directories.
     *
     * @throws StoreException if it cannot be opened, is in use, damaged, or of a newer Natator
     */
    public static SqliteStore open(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
        config.setBusyTimeout(1000);
        Connection connection = null;
        try {
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            createPrivate(file);
            connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
            prepare(file, connection);
            return new SqliteStore(file, connection);
        } catch (SQLException e) {
            closeQuietly(connection);
            throw explain(file, e);
        } catch (IOException e) {
            throw new StoreException("store.path " + file + ": cannot be created: " + e.getMessage(), e);
        } catch (StoreException e) {
            closeQuietly(connection);
            throw e;
        }
    }

    /** It holds the keys of BGP sessions: nobody but its owner may read it, nor the files that SQLite puts beside it. */
    private static void createPrivate(Path file) throws IOException {
        try {
            if (!Files.exists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (FileAlreadyExistsException e) {
            // Another daemon was faster: which of the two may have it, the lock decides.
        }
    }

    private static void prepare(Path file, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            String check = text(statement, "PRAGMA quick_check(1)");
            if (!check.equals("ok")) {
                throw new StoreException(damaged(file, check), null);
            }
            int version = Integer.parseInt(text(statement, "PRAGMA user_version"));
            if (version > SCHEMA) {
                throw new StoreException(
                        "store.path %s was written by a newer Natator (schema %d, this one knows %d): run that one"
                                .formatted(file, version, SCHEMA),
                        null);
            }
            connection.setAutoCommit(false);
            if (version == 0) {
                for (String table : TABLES) {
                    statement.executeUpdate(table);
                }
                statement.executeUpdate("PRAGMA user_version = " + SCHEMA);
            } else {
                // Takes the exclusive lock now rather than at the first change.
                statement.executeUpdate("DELETE FROM resource WHERE collection = ''");
            }
            connection.commit();
        }
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getString(1) : "";
        }
    }

    private static String damaged(Path file, String what) {
        return "store.path %s is damaged (%s): restore it from a copy, or move it away to start empty"
                .formatted(file, what);
    }

    private static StoreException explain(Path file, SQLException e) {
        if (e instanceof SQLiteException s) {
            SQLiteErrorCode code = s.getResultCode();
            if (code == SQLiteErrorCode.SQLITE_NOTADB || code.name().startsWith("SQLITE_CORRUPT")) {
                return new StoreException(damaged(file, code.message), e);
            }
            if (code.name().startsWith("SQLITE_BUSY") || code.name().startsWith("SQLITE_LOCKED")) {
                return new StoreException(
                        "store.path %s is in use: stop the other daemon, or give this one a path of its own"
                                .formatted(file),
                        e);
            }
        }
        return new StoreException("store.path %s: %s".formatted(file, e.getMessage()), e);
    }

    private static void closeQuietly(Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException ignored) {
            // What made us close it is what the user is told.
        }
    }

    @Override
    public synchronized List<Row> rows() {
        String sql = "SELECT collection, id, json, etag, created, updated FROM resource ORDER BY collection, id";
        try (Statement statement = connection.createStatement();
                ResultSet r = statement.executeQuery(sql)) {
            List<Row> rows = new ArrayList<>();
            while (r.next()) {
                rows.add(new Row(
                        r.getString(1),
                        r.getString(2),
                        r.getString(3),
                        r.getString(4),
                        Instant.parse(r.getString(5)),
                        Instant.parse(r.getString(6))));
            }
            return rows;
        } catch (SQLException e) {
            throw explain(file, e);
        }
    }

    @Override
    public synchronized Memories memories() {
        try (Statement statement = connection.createStatement()) {
            Map<Long, List<String>> installed = new HashMap<>();
            try (ResultSet r =
                    statement.executeQuery("SELECT datapath_id, json FROM installed ORDER BY 1, translation")) {
                while (r.next()) {
                    installed
                            .computeIfAbsent(datapath(r.getString(1)), x -> new ArrayList<>())
                            .add(r.getString(2));
                }
            }
            Map<Long, Map<String, String>> nextHops = new HashMap<>();
            try (ResultSet r = statement.executeQuery("SELECT datapath_id, address, mac FROM next_hop")) {
                while (r.next()) {
                    nextHops.computeIfAbsent(datapath(r.getString(1)), x -> new HashMap<>())
                            .put(r.getString(2), r.getString(3));
                }
            }
            return new Memories(installed, nextHops);
        } catch (SQLException e) {
            throw explain(file, e);
        }
    }

    private static String datapath(long id) {
        return "%016x".formatted(id);
    }

    private static long datapath(String id) {
        return Long.parseUnsignedLong(id, 16);
    }

    /** One statement with its parameters. */
    private record Sql(String text, List<String> parameters) {
        static Sql of(String text, String... parameters) {
            return new Sql(text, List.of(parameters));
        }
    }

    @Override
    public synchronized void commit(List<Write> writes) {
        transact(writes.stream().map(SqliteStore::sql).toList());
    }

    private static Sql sql(Write write) {
        return switch (write) {
            case Write.Put(Row row) ->
                Sql.of(
                        "INSERT OR REPLACE INTO resource (collection, id, json, etag, created, updated)"
                                + " VALUES (?, ?, ?, ?, ?, ?)",
                        row.collection(),
                        row.id(),
                        row.json(),
                        row.etag(),
                        row.created().toString(),
                        row.updated().toString());
            case Write.Delete(String collection, String id) ->
                Sql.of("DELETE FROM resource WHERE collection = ? AND id = ?", collection, id);
        };
    }

    @Override
    public synchronized void remember(List<Memory> memories) {
        transact(memories.stream().flatMap(m -> sql(m).stream()).toList());
    }

    private static List<Sql> sql(Memory memory) {
        return switch (memory) {
            case Memory.Installed m ->
                List.of(m.json()
                        .map(json -> Sql.of(
                                "INSERT OR REPLACE INTO installed (datapath_id, translation, json) VALUES (?, ?, ?)",
                                datapath(m.datapathId()),
                                m.translation(),
                                json))
                        .orElseGet(() -> Sql.of(
                                "DELETE FROM installed WHERE datapath_id = ? AND translation = ?",
                                datapath(m.datapathId()),
                                m.translation())));
            case Memory.NextHop m ->
                List.of(m.mac()
                        .map(mac -> Sql.of(
                                "INSERT OR REPLACE INTO next_hop (datapath_id, address, mac) VALUES (?, ?, ?)",
                                datapath(m.datapathId()),
                                m.address(),
                                mac))
                        .orElseGet(() -> Sql.of(
                                "DELETE FROM next_hop WHERE datapath_id = ? AND address = ?",
                                datapath(m.datapathId()),
                                m.address())));
            case Memory.Forget m ->
                List.of(
                        Sql.of("DELETE FROM installed WHERE datapath_id = ?", datapath(m.datapathId())),
                        Sql.of("DELETE FROM next_hop WHERE datapath_id = ?", datapath(m.datapathId())));
        };
    }

    private void transact(List<Sql> statements) {
        Map<String, PreparedStatement> prepared = new HashMap<>();
        try {
            try {
                for (Sql sql : statements) {
                    PreparedStatement statement = prepared.get(sql.text());
                    if (statement == null) {
                        statement = connection.prepareStatement(sql.text());
                        prepared.put(sql.text(), statement);
                    }
                    for (int i = 0; i < sql.parameters().size(); i++) {
                        statement.setString(i + 1, sql.parameters().get(i));
                    }
                    statement.executeUpdate();
                }
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                for (PreparedStatement statement : prepared.values()) {
                    statement.close();
                }
            }
        } catch (SQLException e) {
            throw explain(file, e);
        }
    }

    @Override
    public synchronized void close() {
        closeQuietly(connection);
    }
}
