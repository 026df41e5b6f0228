package io.natator.nat;

import io.natator.model.device.Capabilities;
import io.natator.model.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One table a stage: the first four that the device has. */
final class PipelineLayout implements Layout {
    private final int[] tables;
    private final int[] capacities;

    PipelineLayout(Capabilities capabilities) {
        List<Integer> numbers =
                capabilities.tables().keySet().stream().limit(Stage.COUNT).toList();
        tables = numbers.stream().mapToInt(Integer::intValue).toArray();
        capacities = numbers.stream()
                .mapToInt(n -> capabilities.tables().get(n).capacity())
                .toArray();
    }

    @Override
    public Result place(Context context, List<Method> methods) {
        Program program = new Program(tables);
        Method.device(context, program);
        int[] used = program.counts();
        for (int i = 0; i < Stage.COUNT; i++) {
            if (used[i] > capacities[i]) {
                String problem = "table " + tables[i] + " holds " + capacities[i] + " rules, but the device needs "
                        + used[i] + " before any translation: needs a software switch";
                return new Result(List.of(), nothing(methods, problem), problem);
            }
        }
        Budget budget = new Budget(context, tables, capacities, used);
        Map<String, Done> done = new TreeMap<>();
        for (Method method : methods) {
            Budget.Share share = budget.take(method);
            Work work = method.work(share.units());
            if (share.leftovers()) {
                Method.emit(context, work, program);
            }
            done.put(method.translation().id(), new Done(work, method.how(), degraded(method, work, share.limit())));
        }
        List<Rule> rules = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            rules.addAll(program.rules(stage));
        }
        return new Result(rules, done, "");
    }

    static Map<String, Done> nothing(List<Method> methods, String why) {
        Map<String, Done> done = new TreeMap<>();
        methods.forEach(m -> done.put(m.translation().id(), new Done(m.work(0), m.how(), why)));
        return done;
    }

    /** Why not all is done, in numbers. */
    static String degraded(Method method, Work work, String limit) {
        if (limit.isEmpty() || !method.obstacle().isEmpty()) {
            return limit;
        }
        return "needs a software switch: " + work.done() + " of "
                + io.natator.model.packet.Addresses.size(work.inside()) + " addresses are translated (" + limit + ")";
    }
}
