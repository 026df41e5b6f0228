package io.natator.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.natator.lab.net.Shell;
import io.natator.lab.topology.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The command line against a live daemon, switch and router. */
@Tag("e2e")
class CommandLineIT {
    @RegisterExtension
    static final Live LIVE = new Live(Variant.NORMAL);

    @TempDir
    private Path dir;

    @Test
    void plansAppliesShowsAndDeletes() throws IOException {
        String file = LIVE.lab().moveFile().toString();
        Shell.Result plan = natator("plan", "-f", file);
        assertThat(plan.exit()).as(plan.all()).isZero();
        assertThat(plan.out()).contains("nw_dst=192.168.3.0/24", "192.168.3.0/24 via 10.0.0.2");
        assertThat(LIVE.api().allTranslations()).isEmpty();

        Shell.Result apply = natator("apply", "--wait", "-f", file);
        assertThat(apply.exit()).as(apply.all()).isZero();
        LIVE.awaitActive("office");

        JsonNode office = new ObjectMapper()
                .readTree(natator("get", "translation", "office", "-o", "json").out());
        assertThat(office.toString()).contains("192.168.3.0/24", "ACTIVE");
        assertThat(natator("describe", "translation", "office").out()).contains("ACTIVE");
        assertThat(natator("status").exit()).isZero();

        Shell.Result delete = natator("delete", "--wait", "translation", "office", "office-v6");
        assertThat(delete.exit()).as(delete.all()).isZero();
        assertThat(LIVE.api().allTranslations()).isEmpty();
        LIVE.lab().bird().awaitRoutes(Live.SOON);
    }

    @Test
    void namesTheFieldThatIsWrongAndStoresNothing() throws IOException {
        Shell.Result hostBits = applyWrong("192.168.2.1/24", "s1");
        assertThat(hostBits.all()).contains("wrong.yaml:2: inside: 192.168.2.1/24 has host bits set");
        Shell.Result unknown = applyWrong("192.168.2.0/24", "nowhere");
        assertThat(unknown.all()).contains("wrong.yaml:4: devices").contains("nowhere");
    }

    private Shell.Result applyWrong(String inside, String device) throws IOException {
        Path file = Files.writeString(dir.resolve("wrong.yaml"), """
                name: translations/wrong
                inside: "%s"
                outside: "192.168.3.0/24"
                devices: [devices/%s]
                """.formatted(inside, device));
        Shell.Result apply = natator("apply", "-f", file.toString());
        assertThat(apply.exit()).isNotZero();
        assertThat(LIVE.api().translation("wrong")).isEmpty();
        return apply;
    }

    private static Shell.Result natator(String... arguments) {
        return LIVE.lab().daemon().natator(arguments);
    }
}
