package io.natator.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code natator lab demo napt} as its users run it, with {@code docs/examples/crowd.yaml}. */
@Tag("e2e")
class NaptDemoIT {
    @TempDir
    private Path target;

    @Test
    void aThousandHostsShareEightAddressesBesideAStaticBlock() throws Exception {
        DemoRun demo = DemoRun.start(target, "napt");
        JsonNode result = demo.goodEnd("napt");
        assertThat(result.path("http_answers").asInt()).isEqualTo(1000);
        assertThat(result.path("dns_answers").asInt()).isEqualTo(1000);
        assertThat(result.path("sessions_created").asInt()).isGreaterThanOrEqualTo(2000);
        assertThat(result.path("outside_addresses").asInt()).isBetween(1, 8);
        assertThat(result.path("placement_shared").asText()).contains("needs sessions");
        assertThat(result.path("static_packets_by_rules").asInt()).isGreaterThanOrEqualTo(100);
        assertThat(result.path("static_packets_by_software_switch").asInt(-1)).isZero();
        demo.assertNothingStays();
    }
}
