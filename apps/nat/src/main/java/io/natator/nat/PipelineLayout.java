package io.natator.nat;

import io.natator.model.compile.BindingRules;
import io.natator.model.device.Capabilities;
import io.natator.model.rule.Rule;
import io.natator.model.session.Binding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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

    private int[] device(Context context) {
        Program device = new Program(tables);
        context.everywhere(device);
        return device.counts();
    }

    @Override
    public boolean holds(Context context, List<Method> methods) {
        int[] used = device(context);
        return IntStream.range(0, Stage.COUNT).allMatch(i -> used[i] <= capacities[i]);
    }

    @Override
    public Plan plan(Context context, List<Method> methods) {
        int[] used = device(context);
        for (int i = 0; i < Stage.COUNT; i++) {
            if (used[i] > capacities[i]) {
                return Plan.nothing(
                        methods,
                        "needs a software switch: table " + tables[i] + " holds " + capacities[i]
                                + " rules, and the device alone needs " + used[i]);
            }
        }
        Budget budget = new Budget(context, tables, capacities, used);
        budget.reserve(methods);
        List<Share> shares = new ArrayList<>();
        for (Method method : methods) {
            Budget.Take take = budget.take(method);
            Work work = method.work(take.units());
            String degraded = Layout.degraded(method, work, take.limit());
            shares.add(new Share(
                    method,
                    work,
                    take.leftovers(),
                    take.leftovers() ? degraded : degraded + "; the others pass untranslated"));
        }
        return new Plan(shares, "");
    }

    @Override
    public List<Rule> rules(Context context, Plan plan) {
        return Layout.program(context, plan, tables).rules();
    }

    /** Two a binding, whatever else there is. */
    private record Pair(String translation, List<Integer> tables) implements BindingRules {
        @Override
        public List<Rule> of(Binding binding) {
            Program program =
                    new Program(tables.stream().mapToInt(Integer::intValue).toArray());
            Bound.rules(translation, binding, program);
            return program.rules();
        }
    }

    @Override
    public BindingRules bindings(Context context, Plan plan, Part part) {
        return new Pair(part.translation(), Arrays.stream(tables).boxed().toList());
    }

    @Override
    public String how(Share share) {
        return Layout.how(PlacementText.of(share.method(), share.work()), share);
    }

    @Override
    public boolean probesAnyHost(Method method) {
        return true;
    }
}
