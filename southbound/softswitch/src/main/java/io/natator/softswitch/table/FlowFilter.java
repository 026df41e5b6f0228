package io.natator.softswitch.table;

import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Instructions;
import io.natator.softswitch.flow.Ports;
import java.util.List;
import java.util.function.Predicate;

/**
 * Restrictions beyond the match (OpenFlow 1.3.5, section 6.4: cookie mask, out_port, out_group).
 *
 * @param cookieMask 0 restricts nothing
 */
record FlowFilter(int outPort, int outGroup, long cookie, long cookieMask) implements Predicate<Rule> {
    @Override
    public boolean test(Rule rule) {
        return ((rule.cookie() ^ cookie) & cookieMask) == 0
                && (outPort == Ports.ANY || sendsToPort(rule.instructions(), outPort))
                && (outGroup == Ports.GROUP_ANY || sendsToGroup(rule.instructions(), outGroup));
    }

    private static boolean sendsToPort(Instructions instructions, int port) {
        return sendsToPort(instructions.apply(), port) || sendsToPort(instructions.write(), port);
    }

    private static boolean sendsToPort(List<Action> actions, int port) {
        return actions.stream().anyMatch(action -> action instanceof Action.Output output && output.port() == port);
    }

    static boolean sendsToGroup(Instructions instructions, int group) {
        return sendsToGroup(instructions.apply(), group) || sendsToGroup(instructions.write(), group);
    }

    private static boolean sendsToGroup(List<Action> actions, int group) {
        return actions.stream().anyMatch(action -> action instanceof Action.Group to && to.group() == group);
    }
}
