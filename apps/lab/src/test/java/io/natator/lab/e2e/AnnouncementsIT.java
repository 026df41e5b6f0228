package io.natator.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.lab.net.Shell;
import io.natator.lab.net.Wait;
import io.natator.lab.topology.Variant;
import io.natator.lab.traffic.Pinger;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the router is told, and what is told of that. */
class AnnouncementsIT {
    @RegisterExtension
    static final Live LIVE = new Live(Variant.NORMAL);

    private static final String OFFICE = """
            name: translations/office
            inside: 192.168.2.0/24
            outside: 192.168.3.0/24
            devices: [devices/s1]
            announce: {communities: ["65000:100"], graceful_shutdown: 10s}
            """;

    @Test
    void asksToBeAvoidedBeforeItWithdrawsAndLosesNothingMeanwhile() {
        LIVE.apply(OFFICE);
        LIVE.awaitActive("office");
        LIVE.lab().bird().awaitRoutes(Live.SOON, "192.168.3.0/24");
        assertThat(attributes()).contains("(65000,100)").doesNotContain("(65535,0)");
        assertThat(natator("neighbors")).contains("ESTABLISHED");
        assertThat(natator("routes")).contains("192.168.3.0/24", "ANNOUNCED", " sent");
        assertThat(natator("routes", "--cost")).containsPattern("IPv4 +256 +1 +1 +255");

        try (Pinger pinger = Pinger.start(LIVE.network().client(), "192.168.3.10", Duration.ofMillis(20))) {
            LIVE.delete("office");
            Wait.until(
                    "GRACEFUL_SHUTDOWN",
                    Duration.ofSeconds(5),
                    () -> attributes().contains("(65535,0)"));
            assertThat(natator("routes")).contains("DRAINING");
            assertThat(LIVE.lab().bird().routes()).containsExactly("192.168.3.0/24");
            assertThat(pinger.stop().lost()).isEmpty();
        }
        LIVE.lab().bird().awaitRoutes(Live.SOON);
        LIVE.api().awaitGone("office", Live.SOON);
    }

    private static String attributes() {
        return LIVE.lab().bird().birdc("show", "route", "192.168.3.0/24", "all");
    }

    private static String natator(String... arguments) {
        Shell.Result result = LIVE.lab().daemon().natator(arguments);
        assertThat(result.exit()).as(result.all()).isZero();
        return result.out();
    }
}
