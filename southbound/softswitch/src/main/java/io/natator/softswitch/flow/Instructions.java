package io.natator.softswitch.flow;

import java.util.List;

/**
 * What a rule does, in the order of OpenFlow 1.3.5, section 5.9.
 *
 * @param meter id; 0 if none
 * @param apply actions done at once, in order
 * @param clear empties the action set
 * @param write actions merged into the action set
 * @param metadata written under {@code metadataMask}
 * @param metadataMask 0 if nothing is written
 * @param gotoTable −1 if processing ends here
 */
public record Instructions(
        int meter,
        List<Action> apply,
        boolean clear,
        List<Action> write,
        long metadata,
        long metadataMask,
        int gotoTable) {
    /** Drops. */
    public static final Instructions NONE = new Instructions(0, List.of(), false, List.of(), 0, 0, -1);

    public Instructions {
        apply = List.copyOf(apply);
        write = List.copyOf(write);
    }
}
