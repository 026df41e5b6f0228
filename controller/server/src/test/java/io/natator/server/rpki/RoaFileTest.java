package io.natator.server.rpki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natator.model.rpki.Vrp;
import io.natator.model.rpki.VrpSet;
import io.natator.model.southbound.RoaEvent;
import io.natator.server.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onlab.packet.IpPrefix;

class RoaFileTest {
    @TempDir
    Path dir;

    private Path file(String text) throws IOException {
        return Files.writeString(dir.resolve("roas.json"), text);
    }

    /** As rpki-client writes it (numbers) and as Routinator does (texts), with fields that do not matter here. */
    @Test
    void tellsWhatValidatorsExport() throws IOException {
        Path file = file("""
                {"metadata": {"generated": 1}, "roas": [
                  {"asn": 65000, "prefix": "198.51.100.0/24", "maxLength": 26, "ta": "ripe", "expires": 9},
                  {"asn": "AS4200000000", "prefix": "2001:db8::/32", "maxLength": 48},
                  {"asn": "AS0", "prefix": "203.0.113.0/24"}
                ]}
                """);
        List<RoaEvent> told = new ArrayList<>();
        try (RoaFile source = RoaFile.read(file)) {
            source.start(told::add);
        }
        assertThat(told)
                .containsExactly(new RoaEvent.Vrps(
                        file.toString(),
                        VrpSet.of(List.of(
                                new Vrp(IpPrefix.valueOf("198.51.100.0/24"), 26, 65000),
                                new Vrp(IpPrefix.valueOf("2001:db8::/32"), 48, 4_200_000_000L),
                                new Vrp(IpPrefix.valueOf("203.0.113.0/24"), 24, 0)))));
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        refused("[", "not JSON");
        refused("{}", "has no list \"roas\"");
        refused("{\"roas\": [{\"asn\": 1, \"prefix\": \"10.0.0.1/8\"}]}", "roas[0].prefix: 10.0.0.1/8 has host bits");
        refused(
                "{\"roas\": [{\"asn\": 1, \"prefix\": \"10.0.0.0/8\", \"maxLength\": 33}]}",
                "roas[0].maxLength: 33 is out of range: write 8 to 32");
        refused("{\"roas\": [{\"asn\": \"ASX\", \"prefix\": \"10.0.0.0/8\"}]}", "roas[0].asn: \"ASX\" is not an AS");
        refused("{\"roas\": [{\"asn\": 4294967296, \"prefix\": \"10.0.0.0/8\"}]}", "is not an AS number");
        assertThatThrownBy(() -> RoaFile.read(dir.resolve("none")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("bgp.rpki.file");
    }

    private void refused(String text, String why) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> RoaFile.read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("bgp.rpki.file: " + file, why);
    }
}
