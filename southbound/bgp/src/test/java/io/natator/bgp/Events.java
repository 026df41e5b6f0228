package io.natator.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natator.model.southbound.NeighborEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What a speaker told, in order. */
public final class Events implements Consumer<NeighborEvent> {
    private final List<NeighborEvent> all = new CopyOnWriteArrayList<>();

    @Override
    public void accept(NeighborEvent event) {
        all.add(event);
    }

    public List<NeighborEvent> all() {
        return all;
    }

    public List<NeighborEvent.StateChanged> states() {
        return all.stream()
                .filter(NeighborEvent.StateChanged.class::isInstance)
                .map(NeighborEvent.StateChanged.class::cast)
                .toList();
    }

    public NeighborEvent.StateChanged last() {
        return states().getLast();
    }

    public void awaitState(NeighborEvent.State state) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(states())
                        .isNotEmpty()
                        .last()
                        .satisfies(last -> assertThat(last.state()).isEqualTo(state)));
    }

    public void awaitReason(String part) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(states())
                        .anySatisfy(state -> assertThat(state.reason()).contains(part)));
    }

    public void awaitSent(long routes) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(all.stream().filter(NeighborEvent.Routes.class::isInstance))
                        .isNotEmpty()
                        .last()
                        .satisfies(last ->
                                assertThat(((NeighborEvent.Routes) last).sent()).isEqualTo(routes)));
    }
}
