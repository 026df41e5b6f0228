package io.natator.nat;

import io.natator.model.device.Capabilities;
import io.natator.model.rule.Rule;
import java.util.List;
import java.util.Map;

/** How the stages lie in a device's tables. */
interface Layout {
    /**
     * What became of one translation.
     *
     * @param how for people
     * @param degraded why not all is translated; empty if all is
     */
    record Done(Work work, String how, String degraded) {}

    /**
     * @param rules all of them, in order
     * @param done by translation id
     * @param problem why there are none; empty if there are
     */
    record Result(List<Rule> rules, Map<String, Done> done, String problem) {}

    Result place(Context context, List<Method> methods);

    static Layout of(Capabilities capabilities, Abilities abilities) {
        return new PipelineLayout(capabilities);
    }
}
