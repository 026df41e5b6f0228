package io.natator.model.rule;

import org.onosproject.net.flow.criteria.ExtensionSelector;
import org.onosproject.net.flow.criteria.ExtensionSelectorType;

/** Matches IPv4 TTL or IPv6 hop limit exactly (NXM_NX_IP_TTL). */
public record TtlMatch(int ttl) implements ExtensionSelector, LocalExtension {
    private static final ExtensionSelectorType TYPE = new ExtensionSelectorType(0x4E41_0002);

    @Override
    public ExtensionSelectorType type() {
        return TYPE;
    }
}
