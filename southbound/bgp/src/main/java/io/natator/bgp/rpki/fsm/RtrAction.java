package io.natator.bgp.rpki.fsm;

import io.natator.model.rpki.Vrp;
import java.util.Set;

/** What the machine wants done, in order. */
public sealed interface RtrAction {
    record Send(byte[] pdu) implements RtrAction {}

    /** Close the connection; nothing more is heard of it. */
    record Close() implements RtrAction {}

    /**
     * The complete set; empty once it has expired.
     *
     * @param has false: nothing is known, not even that there are none
     */
    record Publish(boolean has, Set<Vrp> vrps) implements RtrAction {
        public Publish {
            vrps = Set.copyOf(vrps);
        }
    }

    /** Whether the cache answers; {@code reason} in words if not. */
    record Reached(boolean up, String reason) implements RtrAction {}
}
