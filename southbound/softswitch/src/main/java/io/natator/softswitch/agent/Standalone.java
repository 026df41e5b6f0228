package io.natator.softswitch.agent;

import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Instructions;
import io.natator.softswitch.flow.Match;
import io.natator.softswitch.flow.Modification;
import io.natator.softswitch.flow.Modification.FlowCommand;
import io.natator.softswitch.flow.Modification.FlowMod;
import io.natator.softswitch.flow.Ports;
import io.natator.softswitch.flow.Request;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fail standalone mode (section 6.3.2): one rule above all others gives packets to NORMAL while no controller is there.
 * Rules of controllers stay, and are in force again when one is back.
 */
final class Standalone {
    private static final Logger LOG = LoggerFactory.getLogger(Standalone.class);
    private static final long COOKIE = 0x7374_616E_6461_6C6FL; // "standalo"
    private static final int ABOVE_ALL = 0xFFFF;

    private final Requests requests;
    private final long patienceNanos;
    private long connectedAt;
    private boolean alone;

    /** @param patienceNanos how long a controller may be away */
    Standalone(Requests requests, long patienceNanos, long now) {
        this.requests = requests;
        this.patienceNanos = patienceNanos;
        this.connectedAt = now;
    }

    void tick(boolean connected, long now) {
        if (connected) {
            connectedAt = now;
        }
        boolean wanted = !connected && now - connectedAt >= patienceNanos;
        if (wanted != alone) {
            alone = wanted;
            LOG.warn("event=fail-standalone active={}", alone);
            change(alone ? FlowCommand.ADD : FlowCommand.DELETE_STRICT);
        }
    }

    private void change(FlowCommand command) {
        Instructions normal =
                new Instructions(0, List.of(new Action.Output(Ports.NORMAL, 0)), false, List.of(), 0, 0, -1);
        FlowMod mod = new FlowMod(
                command,
                0,
                COOKIE,
                command == FlowCommand.ADD ? 0 : -1L,
                0,
                0,
                ABOVE_ALL,
                Ports.ANY,
                Ports.GROUP_ANY,
                0,
                Match.ANY,
                normal);
        requests.askOnce(new Request.Modify(List.<Modification>of(mod)), _ -> {});
    }
}
