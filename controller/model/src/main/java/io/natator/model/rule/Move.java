package io.natator.model.rule;

import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType;

/** Copies the whole of one field into another of the same width (NX reg_move). */
public record Move(Field from, Field to) implements ExtensionTreatment, LocalExtension {
    private static final ExtensionTreatmentType TYPE = new ExtensionTreatmentType(0x4E41_0002);

    /** Fields that can be copied. */
    public enum Field {
        ETH_SRC,
        ETH_DST,
        ARP_SHA,
        ARP_THA,
        ARP_SPA,
        ARP_TPA
    }

    @Override
    public ExtensionTreatmentType type() {
        return TYPE;
    }
}
