package io.natator.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.lab.net.Daemon;
import io.natator.lab.net.Namespace;
import io.natator.lab.net.Shell;
import io.natator.lab.net.SwitchKind;
import io.natator.lab.net.Wait;
import io.natator.lab.topology.Lab;
import io.natator.lab.topology.Variant;
import io.natator.lab.traffic.Pinger;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One process is controller and switch: {@code softswitch:} in the daemon's configuration, nothing else installed. */
@Tag("e2e")
class EmbeddedSwitchIT {
    @Test
    void theDaemonTranslatesByItself() {
        try (Lab lab = Lab.up(Variant.TRANSPARENT, SwitchKind.NATATOR)) {
            lab.dataplane().kill();
            Path control = lab.inventory().dir().resolve("embedded.ctl");
            Daemon daemon = Daemon.start(lab.inventory(), lab.network().switchSpace(), """
                    softswitch:
                      ports: 1=inside,2=outside
                      control: %s
                    """.formatted(control));
            Shell.Result applied = daemon.natator("apply", "-f", lab.intents().toString());
            assertThat(applied.exit()).as(applied.all()).isZero();
            for (Family family : Family.values()) {
                passes(lab.network().client(), family.h1Outside);
                passes(lab.network().h1(), family.client);
            }
            assertThat(daemon.natator("switch", "dump-flows", "--control", control.toString())
                            .out())
                    .contains(Family.IPV4.outsideBlock);
            daemon.stop();
            // The interfaces are the kernel's again.
            assertThat(lab.network().switchSpace().run("nft", "list", "ruleset"))
                    .doesNotContain("inside");
        }
    }

    private static void passes(Namespace from, String target) {
        Wait.until("an answer of " + target, () -> Pinger.ping(from, target, 1).received() == 1);
        assertThat(Pinger.ping(from, target, 5).lost()).isEqualTo(List.of());
    }
}
