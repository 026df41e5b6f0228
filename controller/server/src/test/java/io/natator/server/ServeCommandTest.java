package io.natator.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.core.store.SqliteStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What keeps the daemon from starting is said with the key to change. */
@Timeout(60)
class ServeCommandTest {
    @TempDir
    Path dir;

    private final StringWriter err = new StringWriter();

    private int serve(String config) throws Exception {
        Path file = dir.resolve("natator.yaml");
        Files.writeString(file, config);
        return new CommandLine(new ServeCommand())
                .setErr(new PrintWriter(err, true))
                .execute("-c", file.toString());
    }

    private String config(String grpc, String openflow, String metrics, String bgp) {
        return """
                grpc: {listen: "%s"}
                openflow: {listen: "%s"}
                metrics: {listen: "%s"}
                bgp: {listen: "%s", router_id: 192.0.2.1}
                store: {path: "%s"}
                log: {level: error}
                """.formatted(grpc, openflow, metrics, bgp, dir.resolve("natator.db"));
    }

    @Test
    void namesTheKeyOfAnAddressThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String there = "127.0.0.1:" + taken.getLocalPort();
            String free = "127.0.0.1:0";
            assertThat(serve(config(there, free, "", ""))).isEqualTo(ServeCommand.CANNOT_START);
            assertThat(serve(config(free, there, "", ""))).isEqualTo(ServeCommand.CANNOT_START);
            assertThat(serve(config(free, free, there, ""))).isEqualTo(ServeCommand.CANNOT_START);
            assertThat(serve(config(free, free, "", there))).isEqualTo(ServeCommand.CANNOT_START);
            for (String key : new String[] {"grpc", "openflow", "metrics", "bgp"}) {
                assertThat(err.toString()).contains(key + ".listen: cannot listen on " + there);
            }
        }
    }

    @Test
    void namesTheStoreThatIsInUse() throws Exception {
        try (SqliteStore store = SqliteStore.open(dir.resolve("natator.db"))) {
            assertThat(store.rows()).isEmpty();
            assertThat(serve(config("127.0.0.1:0", "127.0.0.1:0", "", ""))).isEqualTo(ServeCommand.CANNOT_START);
        }
        assertThat(err.toString()).contains("store.path").contains("is in use");
    }

    @Test
    void namesTheKeyThatIsUnknown() throws Exception {
        assertThat(serve("grpc: {lissen: x}\n")).isEqualTo(ServeCommand.CANNOT_START);
        assertThat(err.toString()).contains("did you mean grpc.listen?");
    }
}
