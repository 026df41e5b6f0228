package io.natator.core.status;

import io.natator.model.device.Capabilities;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;

/**
 * Where a device stands.
 *
 * @param since when it connected, or was lost
 * @param peer remote address of the OpenFlow connection; the last one if it is not connected
 * @param capabilities as last told; empty if it never connected
 * @param inSync true if it holds exactly the rules that it should
 * @param tableRules desired rules by table
 * @param rulesAdded since the daemon's start
 * @param rulesRemoved since the daemon's start
 * @param rulesRestored since the daemon's start
 * @param problem in words; empty if all is well
 */
public record DeviceStatus(
        String device,
        boolean connected,
        Instant since,
        String peer,
        Optional<Capabilities> capabilities,
        boolean inSync,
        SortedMap<Integer, Integer> tableRules,
        long rulesAdded,
        long rulesRemoved,
        long rulesRestored,
        List<NextHop> nextHops,
        String problem) {

    /**
     * A next hop or on-link host.
     *
     * @param port that leads to it; empty if no gateway's prefix contains it
     * @param mac empty while unresolved
     */
    public record NextHop(IpAddress address, String port, Optional<MacAddress> mac) {}

    /** Rules that it should hold. */
    public long rules() {
        return tableRules.values().stream().mapToLong(Integer::longValue).sum();
    }
}
