package io.natator.softswitch.table;

import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Instructions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many rules use each group and each meter. */
public final class References {
    private final Map<Integer, Integer> groups = new HashMap<>();
    private final Map<Integer, Integer> meters = new HashMap<>();

    /** Rules that send to a group. */
    public int group(int group) {
        return groups.getOrDefault(group, 0);
    }

    /** Rules that go through a meter. */
    public int meter(int meter) {
        return meters.getOrDefault(meter, 0);
    }

    /** @param by 1 for a rule that comes, −1 for one that goes */
    void count(Instructions instructions, int by) {
        if (instructions.meter() != 0) {
            add(meters, instructions.meter(), by);
        }
        count(instructions.apply(), by);
        count(instructions.write(), by);
    }

    private void count(List<Action> actions, int by) {
        for (Action action : actions) {
            if (action instanceof Action.Group(int group)) {
                add(groups, group, by);
            }
        }
    }

    private static void add(Map<Integer, Integer> to, int id, int by) {
        to.merge(id, by, (old, more) -> old + more == 0 ? null : Integer.valueOf(old + more));
    }
}
