package io.natator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** size: to the letter. */
class SizeTest extends CommandTest {
    private static final String[] OFFICE = {"--hosts", "1000", "--rate", "6/h", "--hold", "10m"};

    private int size(String... more) {
        String[] all = new String[1 + OFFICE.length + more.length];
        all[0] = "size";
        System.arraycopy(OFFICE, 0, all, 1, OFFICE.length);
        System.arraycopy(more, 0, all, 1 + OFFICE.length, more.length);
        return natator(all);
    }

    @Test
    void tellsHowManyAddressesAndWhatPoolsRefuseNow() {
        daemon.sessions().put(SessionsTest.pool());
        assertThat(size("--block-probability", "0.001")).isZero();
        assertThat(out).isEqualTo("""
                        1,000 hosts: 500.000 Erlang offered
                        MODEL      ADDRESSES   BLOCKING
                        Engset     540         0.000950
                        Erlang B   555         0.000920

                        MEASURED   DEVICE   HAS           ASKED    BLOCKING
                        office     soft     1,000 ports   10,000   0.00100
                        """);
    }

    @Test
    void worksWithoutADaemon() {
        assertThat(size("--addresses", "540", "--server", "127.0.0.1:1")).isZero();
        assertThat(out).contains("Engset     540         0.000950\n");
        assertThat(err).isEqualTo("nothing measured: no daemon with pools answers\n");
    }

    @Test
    void sizesPorts() {
        assertThat(natator(
                        "size",
                        "--of",
                        "ports",
                        "--hosts",
                        "20000",
                        "--rate",
                        "10/m",
                        "--hold",
                        "90s",
                        "--block-probability",
                        "1e-6"))
                .isZero();
        assertThat(out).isEqualTo("""
                        20,000 hosts: 300,000 Erlang offered
                        MODEL      PORTS     ADDRESSES   BLOCKING
                        Erlang B   301,991   5           9.95e-07
                        """);
    }

    @Test
    void forPrograms() {
        daemon.sessions().put(SessionsTest.pool());
        assertThat(size("--block-probability", "0.001", "-o", "json")).isZero();
        Map<String, Map<String, Object>> json = new Yaml().load(out);
        assertThat(json.get("engset")).containsEntry("addresses", 540);
        assertThat(json.get("erlangB")).containsEntry("addresses", 555);
        assertThat(json.get("measuredBlocking")).containsEntry("office@soft", 0.001);
        assertThat(size("--block-probability", "0.001", "-o", "yaml")).isZero();
        assertThat(out).contains("offeredErlangs: ");
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(size()).isEqualTo(ExitCode.USAGE);
        assertThat(err).contains("--block-probability P asks how many are needed");
        assertThat(size("--block-probability", "1")).isEqualTo(ExitCode.USAGE);
        assertThat(natator("size", "--hosts", "0", "--rate", "1/s", "--hold", "1s", "--addresses", "1"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(natator("size", "--hosts", "9", "--rate", "often", "--hold", "1s", "--addresses", "1"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err).contains("0.5/s, 10/m, 6/h or 20/d");
    }
}
