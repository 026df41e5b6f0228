package io.natator.model.rule;

import org.onlab.packet.IpPrefix;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType;

/**
 * Rewrites the network part of an address field and keeps the host part:
 * {@code field = to.address | (field & ~to.mask)}. A full-length prefix sets the whole field. The only
 * way in which rules rewrite addresses.
 */
public record SetAddress(AddressField field, IpPrefix to) implements ExtensionTreatment, LocalExtension {
    private static final ExtensionTreatmentType TYPE = new ExtensionTreatmentType(0x4E41_0001);

    @Override
    public ExtensionTreatmentType type() {
        return TYPE;
    }
}
