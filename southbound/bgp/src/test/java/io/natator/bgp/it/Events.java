package io.natator.bgp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natator.model.southbound.NeighborEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What a speaker told, in order. */
final class Events implements Consumer<NeighborEvent> {
    private final List<NeighborEvent> all = new CopyOnWriteArrayList<>();

    @Override
    public void accept(NeighborEvent event) {
        all.add(event);
    }

    List<NeighborEvent> all() {
        return all;
    }

    List<NeighborEvent.StateChanged> states() {
        return all.stream()
                .filter(NeighborEvent.StateChanged.class::isInstance)
                .map(NeighborEvent.StateChanged.class::cast)
                .toList();
    }

    NeighborEvent.StateChanged last() {
        return states().getLast();
    }

    void awaitState(NeighborEvent.State state) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(states())
                        .isNotEmpty()
                        .last()
                        .satisfies(last -> assertThat(last.state()).isEqualTo(state)));
    }

    void awaitReason(String part) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(states())
                        .anySatisfy(state -> assertThat(state.reason()).contains(part)));
    }

    void awaitSent(long routes) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(all.stream().filter(NeighborEvent.Routes.class::isInstance))
                        .isNotEmpty()
                        .last()
                        .satisfies(last ->
                                assertThat(((NeighborEvent.Routes) last).sent()).isEqualTo(routes)));
    }
}
