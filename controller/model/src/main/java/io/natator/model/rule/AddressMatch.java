package io.natator.model.rule;

import org.onlab.packet.IpPrefix;
import org.onosproject.net.flow.criteria.ExtensionSelector;
import org.onosproject.net.flow.criteria.ExtensionSelectorType;

/**
 * Matches {@code field} against a prefix where ONOS has no criterion with a mask: {@code ARP_SPA},
 * {@code ARP_TPA}, {@code ND_TARGET}. (IP source and destination use ONOS's own.)
 */
public record AddressMatch(AddressField field, IpPrefix prefix) implements ExtensionSelector, LocalExtension {
    private static final ExtensionSelectorType TYPE = new ExtensionSelectorType(0x4E41_0001);

    @Override
    public ExtensionSelectorType type() {
        return TYPE;
    }
}
