package io.natator.model.rule;

import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType;

/**
 * Makes the packet one that came by another port: what follows, output to NORMAL above all, learns and avoids that one. Needs
 * {@code Feature.SET_IN_PORT}: OpenFlow 1.3 leaves the field out of those that may be set (1.3.5, section 7.2.5), Nicira's
 * extensions do not (NXM_OF_IN_PORT).
 *
 * @param port OpenFlow number, of 16 bits
 */
public record SetInPort(int port) implements ExtensionTreatment, LocalExtension {
    private static final ExtensionTreatmentType TYPE = new ExtensionTreatmentType(0x4E41_0004);

    @Override
    public ExtensionTreatmentType type() {
        return TYPE;
    }
}
