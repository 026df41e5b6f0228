package io.natator.model.rule;

import io.natator.model.session.Share;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType;

/**
 * Translates by a {@link Share} that the software switch was told of: Natator's own action. The packet goes on with the rule's
 * goto as it then is; if it gets no session it ends there.
 *
 * @param share id, 1 to 2³¹−1
 */
public record Translate(int share, Share.Direction direction) implements ExtensionTreatment, LocalExtension {
    private static final ExtensionTreatmentType TYPE = new ExtensionTreatmentType(0x4E41_0003);

    @Override
    public ExtensionTreatmentType type() {
        return TYPE;
    }
}
