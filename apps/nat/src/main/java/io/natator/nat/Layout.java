package io.natator.nat;

import io.natator.model.compile.BindingRules;
import io.natator.model.device.Capabilities;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.packet.Addresses;
import io.natator.model.rule.Rule;
import java.util.List;

/** How the stages lie in a device's tables. */
sealed interface Layout permits PipelineLayout, FlatLayout {
    /**
     * What becomes of one translation.
     *
     * @param leftovers what is not done is kept from passing untranslated
     * @param degraded why not all is translated; empty if all is
     */
    record Share(Method method, Work work, boolean leftovers, String degraded) {}

    /**
     * What becomes of all of them.
     *
     * @param shares in order of ids
     * @param problem why there are no rules at all; empty if there are
     */
    record Plan(List<Share> shares, String problem) {
        static Plan nothing(List<Method> methods, String problem) {
            return new Plan(
                    methods.stream()
                            .map(m -> new Share(m, m.work(0), false, problem))
                            .toList(),
                    problem);
        }
    }

    /** There is room for what serves the device as a whole, and some is left for translations. */
    boolean holds(Context context, List<Method> methods);

    /** Hands out the room in the tables. */
    Plan plan(Context context, List<Method> methods);

    /** The rules of a plan without a problem. */
    List<Rule> rules(Context context, Plan plan);

    /** Rules that do the work of bindings, beside those of a plan without a problem. */
    BindingRules bindings(Context context, Plan plan, Part part);

    /** For people. */
    String how(Share share);

    /** Addresses beside the first and the last of what is translated can be probed. */
    boolean probesAnyHost(Method method);

    static Layout of(Capabilities capabilities, Abilities abilities) {
        return capabilities.tables().size() >= Stage.COUNT && abilities.can(Feature.METADATA)
                ? new PipelineLayout(capabilities)
                : new FlatLayout(capabilities);
    }

    /** For people: how the rest is done, and bindings. */
    static String how(String how, Share share) {
        boolean bound = Bound.offered(share.work().translation())
                && share.work().parts().stream().anyMatch(p -> !p.client().equals(p.device()));
        return bound ? how + "; rules for bindings used most" : how;
    }

    /** Emits what serves the device, then every translation. */
    static Program program(Context context, Plan plan, int[] tables) {
        Program program = new Program(tables);
        context.everywhere(program);
        for (Share share : plan.shares()) {
            if (share.leftovers() || !share.work().partial()) {
                Method.emit(context, share.work(), program);
            }
        }
        return program;
    }

    /** Why not all is done, in numbers. */
    static String degraded(Method method, Work work, String limit) {
        if (!work.parts().isEmpty()) {
            return "";
        }
        if (!method.obstacle().isEmpty()) {
            return method.obstacle();
        }
        String shared = method.sharing().reason();
        if (!shared.isEmpty()) {
            return "needs a software switch: " + shared + ": " + work.count() + " of " + Addresses.size(work.inside())
                    + " addresses are translated" + method.nobody();
        }
        return work.partial()
                ? "needs a software switch: " + work.count() + " of " + Addresses.size(work.inside())
                        + " addresses are translated (" + limit + ")" + method.nobody()
                : "";
    }
}
