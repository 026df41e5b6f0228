package io.natator.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    @TempDir
    Path dir;

    private static void refused(String text, String... message) {
        assertThatThrownBy(() -> ConfigFile.parse(text))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(message);
    }

    @Test
    void anEmptyFileTakesAllDefaults() {
        assertThat(ConfigFile.parse("")).isEqualTo(Config.defaults());
        assertThat(ConfigFile.parse("# nothing\n")).isEqualTo(Config.defaults());
        assertThat(ConfigFile.parse("grpc:\n")).isEqualTo(Config.defaults());
    }

    @Test
    void everyKeyCanBeSet() {
        Config config = ConfigFile.parse("""
                grpc: {listen: ["127.0.0.1:1", "unix:/run/natator.sock"]}
                openflow: {listen: "[::]:2"}
                bgp:
                  listen: ":179"
                  router_id: 192.0.2.1
                  bmp: {collectors: ["192.0.2.7:11019"]}
                  rpki: {caches: ["192.0.2.8:3323", "[2001:db8::8]:3323"], file: /etc/natator/roas.json}
                store: {path: /var/lib/natator/natator.db}
                metrics: {listen: ""}
                log: {level: debug}
                softswitch:
                  datapath_id: "2a"
                  ports: 1=eth1,2=eth2
                  listen: "tcp:127.0.0.1:6654"
                  fail_mode: standalone
                  profile: of13-exact,tables=4
                  mode: latency
                  control: /run/s1.sock
                  session_log: /var/lib/natator/sessions
                  session_log_size: 2GiB
                  session_log_detail: mappings
                  ipfix: "192.0.2.5:2055"
                """);
        assertThat(config)
                .isEqualTo(new Config(
                        new Config.Grpc(List.of("127.0.0.1:1", "unix:/run/natator.sock")),
                        new Config.OpenFlow("[::]:2"),
                        new Config.Bgp(
                                ":179",
                                "192.0.2.1",
                                new Config.Bmp(List.of(new Remote("192.0.2.7", 11019))),
                                new Config.Rpki(
                                        List.of(new Remote("192.0.2.8", 3323), new Remote("2001:db8::8", 3323)),
                                        "/etc/natator/roas.json")),
                        new Config.StoreFile("/var/lib/natator/natator.db"),
                        new Config.Metrics(""),
                        new Config.Log("debug"),
                        new Config.SoftSwitch(
                                "2a",
                                "1=eth1,2=eth2",
                                List.of("tcp:127.0.0.1:6654"),
                                "standalone",
                                "of13-exact,tables=4",
                                "latency",
                                "/run/s1.sock",
                                "/var/lib/natator/sessions",
                                "2GiB",
                                "mappings",
                                "192.0.2.5:2055")));
    }

    @Test
    void anUnknownKeyIsAnErrorThatNamesTheNearest() {
        refused("grpc:\n  lisen: 127.0.0.1:1\n", "grpc.lisen", "unknown key", "did you mean grpc.listen?");
        refused("opnflow: {}\n", "opnflow", "did you mean openflow?");
        refused("zebra_crossing: 1\n", "zebra_crossing", "known are grpc, openflow");
    }

    @Test
    void aWrongValueNamesItsKeyAndTheRemedy() {
        refused("grpc: 5\n", "grpc", "must be a mapping");
        refused("grpc: {listen: nowhere}\n", "grpc.listen", "write it like");
        refused("bgp: {rpki: {caches: here}}\n", "bgp.rpki.caches", "write it like");
        refused("bgp: {bmp: {collectors: here}}\n", "bgp.bmp.collectors", "write it like");
        refused("bgp: {rpki: {cache: 1}}\n", "bgp.rpki.cache", "did you mean bgp.rpki.caches?");
        refused("grpc: {listen: []}\n", "grpc.listen", "lists no address");
        refused("softswitch: {ports: eth1}\n", "softswitch", "not NUMBER=INTERFACE");
        refused("softswitch: {ports: 1=eth1, fail_mode: open}\n", "fail mode", "secure, standalone");
        refused("softswitch: {ports: 1=eth1, session_log_size: 5}\n", "session log size \"5\"", "at least 16MiB");
        refused("softswitch: {ports: 1=eth1, session_log_detail: all}\n", "session log detail \"all\"", "mappings");
        refused("softswitch: {ports: 1=eth1, session_log_size: big}\n", "session log size", "like 1GiB");
        refused("softswitch: {ports: 1=eth1, ipfix: 'a:b:c'}\n", "IPFIX collector", "HOST[:PORT]");
        refused("openflow: {listen: '127.0.0.1:70000'}\n", "openflow.listen");
        refused("bgp: {router_id: '::1'}\n", "bgp.router_id", "like an IPv4 address");
        refused("store: {path: ''}\n", "store.path");
        refused("log: {level: loud}\n", "log.level", "trace, debug, info");
        refused("log: {level: [a]}\n", "log.level", "must be a text");
        refused("grpc: {listen: 1.1.1.1:1, listen: 1.1.1.1:2}\n", "not YAML");
        refused("grpc: [\n", "line", "not YAML");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path file = dir.resolve("none.yaml");
        assertThatThrownBy(() -> ConfigFile.read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(file.toString(), "no such file");
    }

    @Test
    void anErrorInAFileNamesTheFile() throws Exception {
        Path file = dir.resolve("bad.yaml");
        Files.writeString(file, "x: 1\n");
        assertThatThrownBy(() -> ConfigFile.read(file)).hasMessageContaining(file.toString());
    }
}
