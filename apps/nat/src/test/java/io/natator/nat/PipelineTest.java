package io.natator.nat;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.compile.Compilation;
import io.natator.model.intent.Device;
import io.natator.model.intent.Translation;
import io.natator.model.rule.RuleText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;

/** Two whole pipelines, word for word, as {@code docs/pipeline.md} describes them. */
class PipelineTest {
    private static final IpPrefix OUTSIDE = IpPrefix.valueOf("192.168.3.0/24");

    private static void assertRules(Compilation compilation, String resource) {
        assertThat(compilation.problem()).isEmpty();
        assertThat(compilation.placements().get("t").translated()).containsExactly(OUTSIDE);
        assertThat(compilation.placements().get("t").degraded()).isEmpty();
        assertThat(compilation.rules().stream().map(RuleText::describe).toList())
                .isEqualTo(lines(resource));
    }

    private static List<String> lines(String resource) {
        try (InputStream in = PipelineTest.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void transparent() {
        Translation t = Fixtures.translation(
                "t", "192.168.2.0/24", "192.168.3.0/24", List.of("10.9.0.0/16"), List.of("192.168.2.1"));
        assertRules(
                new NatCompiler().compile(Fixtures.wire(Device.Mode.TRANSPARENT), Fixtures.ovs(), List.of(t), Map.of()),
                "transparent.rules");
    }

    @Test
    void routed() {
        Translation t = Fixtures.translation("t", "192.168.2.0/24", "192.168.3.0/24");
        Map<IpAddress, MacAddress> nextHops = Map.of(
                IpAddress.valueOf("203.0.113.1"), MacAddress.valueOf("02:00:00:00:01:01"),
                IpAddress.valueOf("192.168.2.10"), MacAddress.valueOf("02:00:00:00:02:10"));
        assertRules(new NatCompiler().compile(Fixtures.router(), Fixtures.ovs(), List.of(t), nextHops), "routed.rules");
    }
}
