package io.natator.model.compile;

import io.natator.model.rule.Rule;
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
 * @param problem why nothing can be translated (a port that is missing …); empty if all is well
 */
public record Compilation(List<Rule> rules, Map<String, Placement> placements, Set<IpAddress> wanted, String problem) {}
