package io.natator.lab.e2e;

import static io.natator.lab.e2e.Live.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.lab.net.Namespace;
import io.natator.lab.net.SwitchKind;
import io.natator.lab.topology.Variant;
import io.natator.lab.traffic.Download;
import io.natator.lab.traffic.HttpSite;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One host with an old and a new outside address, on Open vSwitch with a software switch at its SERVICE port. */
@Tag("e2e")
class AffinityIT {
    @RegisterExtension
    static final Live LIVE = new Live(Variant.ROUTED, SwitchKind.OVS);

    private static final String OLD = "192.168.3.10";
    private static final String NEW = "198.51.100.10";
    private static final String OTHER_HOST = "192.168.3.11";
    private static final String CLIENT = Family.IPV4.client;

    private static final String NETWORK = ServedDevice.NETWORK + """
            ---
            name: translations/old
            inside: "192.168.2.0/28"
            outside: "192.168.3.0/28"
            devices: [devices/s1]
            ---
            name: translations/new
            inside: "192.168.2.10/32"
            outside: "198.51.100.10/32"
            devices: [devices/s1]
            """;

    @BeforeAll
    static void build() {
        var _ = ServedDevice.start(LIVE);
        LIVE.apply(NETWORK);
        LIVE.awaitActive("old");
        LIVE.awaitActive("new");
        LIVE.lab().bird().awaitRoutes(SOON, "192.168.3.0/28", "198.51.100.10/32");
    }

    private static Namespace client() {
        return LIVE.network().client();
    }

    private static String placement(String translation) {
        return LIVE.api().translation(translation).orElseThrow().getStatuses(0).getPlacement();
    }

    @Test
    void eachAddressAnswersForItself() throws Exception {
        List<String> targets = List.of(OLD, NEW, OTHER_HOST);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<Integer>>> pings = targets.stream()
                    .map(to -> (Callable<List<Integer>>)
                            () -> LIVE.ping(client(), to).lost())
                    .toList();
            for (Future<List<Integer>> lost : executor.invokeAll(pings)) {
                assertThat(lost.get()).isEmpty();
            }
            // TCP takes no answer from elsewhere.
            List<Callable<String>> downloads = targets.stream()
                    .map(to -> (Callable<String>) () -> client().run(
                                    "curl", "-s", "-m10", "-o/dev/null", "-w%{size_download}", url(to, "/file/300000")))
                    .toList();
            for (Future<String> size : executor.invokeAll(downloads)) {
                assertThat(size.get().trim()).isEqualTo("300000");
            }
        }
    }

    @Test
    void whatTheHostBeginsLeavesByTheLongerPrefix() {
        assertThat(LIVE.ping(LIVE.network().h1(), CLIENT).lost()).isEmpty();
        assertThat(Download.seenAs(LIVE.network().h1(), CLIENT)).isEqualTo(NEW);
        assertThat(Download.seenAs(LIVE.network().h2(), CLIENT)).isEqualTo(OTHER_HOST);
    }

    @Test
    void onlyTheSharedHostTakesTheDetour() {
        assertThat(placement("old"))
                .isEqualTo("masked set-field for 15 of 16 addresses, the others (shares inside hosts with"
                        + " translations/new) and ICMP errors devices/ss1");
        assertThat(placement("new")).isEqualTo("devices/ss1: shares inside hosts with translations/old");
    }

    private static String url(String host, String path) {
        return "http://" + host + ":" + HttpSite.PORT + path;
    }
}
