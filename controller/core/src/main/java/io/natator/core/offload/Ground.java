package io.natator.core.offload;

import io.natator.model.compile.Offer;
import io.natator.model.device.Capabilities;
import io.natator.model.intent.Device;
import java.util.List;
import java.util.Map;

/**
 * What is to be known of a device to which bindings may go.
 *
 * @param offers none while its translations drain: their rules count what still comes
 * @param settled its rules are as they should be
 * @param tableRules how many rules each table is told to hold
 */
public record Ground(
        Device device,
        Capabilities capabilities,
        boolean connected,
        boolean settled,
        List<Offer> offers,
        Map<Integer, Integer> tableRules) {

    /** True if it is the very same but for {@link #settled}. */
    @SuppressWarnings("ReferenceEquality") // asked at every step; who changes something replaces it
    public boolean isSame(Ground before) {
        return before != null
                && device == before.device
                && capabilities == before.capabilities
                && connected == before.connected
                && offers == before.offers
                && tableRules == before.tableRules;
    }
}
