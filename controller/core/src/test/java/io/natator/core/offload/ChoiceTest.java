package io.natator.core.offload;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.core.offload.Choice.Candidate;
import io.natator.core.offload.Choice.Present;
import io.natator.model.session.Binding;
import io.natator.model.session.BindingRound.Busy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;

/** Which bindings come and go, on a clock that goes from round to round. */
class ChoiceTest {
    private static final Duration OLD = Duration.ofMinutes(10);
    private static final Duration ROUND = Duration.ofSeconds(5);

    private static Present present(long id, long rate) {
        return new Present(id, "t", rate, OLD, false);
    }

    private static Candidate candidate(int host, long rate) {
        return candidate("t", host, rate);
    }

    private static Candidate candidate(String translation, int host, long rate) {
        Binding binding = new Binding(1, IpAddress.valueOf(0x0A000000 + host), IpAddress.valueOf(0x0B000000 + host));
        return new Candidate(translation, new Busy(binding, rate));
    }

    @Test
    void thoseUsedMostComeWhileThereIsRoom() {
        Choice choice = Choice.of(
                List.of(present(1, 100)),
                1,
                4,
                Map.of("t", 100),
                List.of(candidate(1, 70), candidate(2, 900), candidate(3, 80), candidate(4, Choice.WORTH - 1)));
        assertThat(choice.leave()).isEmpty();
        assertThat(choice.offer()).containsExactly(candidate(2, 900), candidate(3, 80));
    }

    @Test
    void theCeilingIsOfEachTranslation() {
        Choice choice = Choice.of(
                List.of(present(1, 100)),
                0,
                100,
                Map.of("t", 1, "u", 1),
                List.of(candidate(1, 900), candidate("u", 2, 70), candidate("u", 3, 80), candidate("v", 4, 99)));
        assertThat(choice.leave()).containsExactly(1L);
        assertThat(choice.offer()).containsExactly(candidate("u", 3, 80));
    }

    @Test
    void whatIsQuietOrHasNoRoomLeaves() {
        Present quiet = new Present(3, "t", 5000, OLD, true);
        assertThat(Choice.of(List.of(present(1, 10), present(2, 20), quiet), 0, 1, Map.of("t", 9), List.of())
                        .leave())
                .containsExactlyInAnyOrder(1L, 3L);
        assertThat(Choice.of(List.of(present(1, 10)), 0, 9, Map.of(), List.of()).leave())
                .as("offered no more")
                .containsExactly(1L);
    }

    /** Random rates: never too many, and nobody comes and goes all the time. */
    @RepeatedTest(50)
    void neverTooManyAndInNoHaste() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        Random random = new Random(seed);
        int places = random.nextInt(12);
        int most = random.nextInt(12);
        Map<Integer, Integer> rates = new HashMap<>();
        Map<Integer, Duration> here = new TreeMap<>();
        Map<Integer, Integer> turns = new HashMap<>();
        int rounds = 240;
        for (int round = 0; round < rounds; round++) {
            for (int host = 0; host < 20; host++) {
                rates.merge(
                        host, 100 + random.nextInt(100), (a, b) -> random.nextInt(10) == 0 ? random.nextInt(5000) : a);
            }
            List<Present> present = new ArrayList<>();
            here.replaceAll((_, age) -> age.plus(ROUND));
            here.forEach((h, age) -> present.add(new Present(h, "t", rates.get(h), age, rates.get(h) == 0)));
            List<Candidate> candidates = new ArrayList<>();
            rates.forEach((h, rate) -> {
                if (!here.containsKey(h)) {
                    candidates.add(candidate(h, rate));
                }
            });
            Choice choice = Choice.of(present, 0, places, Map.of("t", most), candidates);
            for (long id : choice.leave()) {
                int host = (int) id;
                assertThat(here.get(host).compareTo(Choice.STAY) >= 0 || rates.get(host) == 0)
                        .as("seed %d: %s left after %s", seed, host, here.get(host))
                        .isTrue();
                here.remove(host);
                turns.merge(host, 1, Integer::sum);
            }
            choice.offer()
                    .forEach(c ->
                            here.put(c.busy().binding().inside().getIp4Address().toInt() - 0x0A000000, Duration.ZERO));
            assertThat(here.size()).as("seed %d", seed).isLessThanOrEqualTo(Math.min(places, most));
        }
        assertThat(turns.values()).as("seed %d", seed).allMatch(t -> t <= rounds * ROUND.toSeconds() / 30 + 1);
    }
}
