package io.natator.bgp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natator.bgp.Counters;
import io.natator.bgp.rpki.Cache;
import io.natator.bgp.rpki.RtrCaches;
import io.natator.model.rpki.Validity;
import io.natator.model.southbound.RoaEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.onlab.packet.IpPrefix;

/** VRPs from real caches: StayRTR, fed with a file. */
@Timeout(180)
class RtrIT {
    private static final Cache FIRST = new Cache(TwoNamespaces.PEER_IPV4, 8282);
    private static final Cache SECOND = new Cache(TwoNamespaces.PEER_IPV6, 8283);
    private static final IpPrefix PREFIX = IpPrefix.valueOf("192.0.2.0/24");

    @TempDir
    Path directory;

    private final TwoNamespaces namespaces = new TwoNamespaces();
    private final List<RoaEvent> events = new CopyOnWriteArrayList<>();
    private final List<Child> children = new ArrayList<>();
    private RtrCaches caches;

    @AfterEach
    void stop() {
        if (caches != null) {
            caches.close();
        }
        children.forEach(Child::kill);
        namespaces.close();
    }

    private Child startCache(Cache cache, int version, int... origins) throws IOException {
        Path file = directory.resolve(cache.port() + ".json");
        writeRoas(file, origins);
        List<String> command = new ArrayList<>(Arrays.asList(namespaces.inPeer()));
        command.addAll(List.of("stayrtr", "-bind", cache.label(), "-cache", file.toString(), "-checktime=false"));
        command.addAll(List.of("-refresh", "1", "-metrics.addr", "", "-protocol", Integer.toString(version)));
        Path log = directory.resolve(cache.port() + "-" + children.size() + ".log");
        Child child = new Child(log, "stayrtr", command).await("stayrtr", said -> said.contains("Server started"));
        children.add(child);
        return child;
    }

    private static void writeRoas(Path file, int... origins) throws IOException {
        List<String> roas = Arrays.stream(origins)
                .mapToObj(
                        "{\"prefix\": \"192.0.2.0/24\", \"maxLength\": 24, \"asn\": \"AS%d\", \"ta\": \"test\"}"
                                ::formatted)
                .toList();
        Files.writeString(file, "{\"metadata\": {}, \"roas\": [" + String.join(",", roas) + "]}");
    }

    private void follow(Cache... order) {
        caches = Netns.in(namespaces.speaker(), () -> {
            RtrCaches made = new RtrCaches(List.of(order), new Counters());
            made.start(events::add);
            return made;
        });
    }

    private void awaitValid(long origin) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(last(RoaEvent.Vrps.class))
                        .hasValueSatisfying(last ->
                                assertThat(last.vrps().validate(PREFIX, origin)).isEqualTo(new Validity.Valid())));
    }

    private <T extends RoaEvent> Optional<T> last(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).reduce((earlier, later) -> later);
    }

    @Test
    void followsTheFirstCacheAndKeepsWhatItSaidWhileItIsAway() throws IOException {
        Child first = startCache(FIRST, 1, 65001);
        follow(FIRST);
        awaitValid(65001);
        writeRoas(directory.resolve(FIRST.port() + ".json"), 65001, 65003);
        awaitValid(65003);

        first.kill();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(last(RoaEvent.Reached.class))
                        .hasValueSatisfying(last -> assertThat(last.up()).isFalse()));
        awaitValid(65003);
        startCache(FIRST, 2, 65004);
        awaitValid(65004);
        assertThat(last(RoaEvent.Reached.class)).contains(new RoaEvent.Reached(FIRST.label(), true, ""));
    }

    @Test
    void takesTheSecondOnlyWhileTheFirstHasNothing() throws IOException {
        startCache(SECOND, 0, 65002);
        follow(FIRST, SECOND);
        awaitValid(65002);
        startCache(FIRST, 1, 65001);
        awaitValid(65001);
        assertThat(events).allSatisfy(event -> assertThat(event.source()).isEqualTo(caches.name()));
    }
}
