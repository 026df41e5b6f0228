package io.natator.server.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.core.plan.Plan;
import io.natator.model.rule.Actions;
import io.natator.model.rule.Match;
import io.natator.model.rule.Rule;
import io.natator.v1.DevicePlan;
import io.natator.v1.RuleChange;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlansTest {
    private static List<Rule> rules(int table, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Rule("", table, i + 1, Match.any(), Actions.drop()))
                .toList();
    }

    /** Neither side hides the other, and no room is left empty while there is something to list. */
    @ParameterizedTest
    @CsvSource({
        "20, 5, 5, 5, 5",
        "20, 1000, 1000, 10, 10",
        "20, 1000, 3, 17, 3",
        "20, 3, 1000, 3, 17",
        "20, 1000, 0, 20, 0",
        "3, 100, 100, 1, 2",
        "1, 100, 100, 0, 1",
        "1, 100, 0, 1, 0",
    })
    void listsSomeOfEach(int most, int added, int removed, int addedListed, int removedListed) {
        Plan.OfDevice device =
                new Plan.OfDevice("sw", true, rules(1, added), 0, rules(2, removed), Collections.emptySortedMap());
        Plan plan = new Plan(List.of(device), new Plan.Routes(List.of(), 0, List.of()), List.of(), List.of());
        DevicePlan listed = Plans.message(plan, most).getDevices(0);
        assertThat(count(listed, RuleChange.Change.ADD)).isEqualTo(addedListed);
        assertThat(count(listed, RuleChange.Change.REMOVE)).isEqualTo(removedListed);
        assertThat(listed.getRulesAdded()).isEqualTo(added);
        assertThat(listed.getRulesRemoved()).isEqualTo(removed);
    }

    private static long count(DevicePlan device, RuleChange.Change change) {
        return device.getChangesList().stream()
                .filter(c -> c.getChange() == change)
                .count();
    }
}
