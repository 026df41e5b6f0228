package io.natator.model.compile;

import io.natator.model.rule.Rule;
import io.natator.model.session.Share;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.onlab.packet.IpAddress;

/**
 * What a device is to do.
 *
 * @param rules no two of one identity, deterministic order
 * @param placements by translation id
 * @param wanted ROUTED: next hops that are not resolved yet (of routes); on-link hosts are resolved on demand
 * @param shares what a software switch is told before it gets rules that name them, in order of their ids
 * @param served ids of the devices for which the shares are, by id of the share
 * @param offers of which bindings rules of this device may do the work, by translation and share
 * @param problem why nothing can be translated (a port that is missing …); empty if all is well
 */
public record Compilation(
        List<Rule> rules,
        Map<String, Placement> placements,
        Set<IpAddress> wanted,
        List<Share> shares,
        Map<Integer, String> served,
        List<Offer> offers,
        String problem) {
    /** Nothing is to be done. */
    public static final Compilation NOTHING =
            new Compilation(List.of(), Map.of(), Set.of(), List.of(), Map.of(), List.of(), "");
}
