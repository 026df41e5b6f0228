package io.natator.softswitch.differential;

import io.natator.softswitch.flow.Modification;
import io.natator.softswitch.trace.Arrival;
import java.util.List;

/**
 * Rules and the packets that meet them.
 *
 * @param changes groups before the rules that use them
 * @param packets each ends with four octets behind all that is parsed, which tell it apart
 */
record Scenario(List<Modification> changes, List<Packet> packets) {
    /** @param key what the parser finds in it */
    record Packet(Arrival arrival, long[] key) {}
}
