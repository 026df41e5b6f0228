package io.natator.openflow.codec;

import com.google.common.collect.ImmutableSet;
import io.natator.model.device.Capabilities.Feature;

/** Things a rule uses that not every device can do, and what a refusal teaches. */
public enum Trait {
    MASKED_SET_FIELD(Feature.MASKED_SET_FIELD, Wire.BAD_ACTION, 0, 2, 3, 13, 14, 15),
    MOVE(Feature.MOVE, Wire.BAD_ACTION, 0, 2, 3, 13),
    SET_ARP(Feature.SET_ARP, Wire.BAD_ACTION, 13, 14, 15),
    SET_ND(Feature.SET_ND, Wire.BAD_ACTION, 13, 14, 15),
    NORMAL(Feature.NORMAL, Wire.BAD_ACTION, 4),
    SET_IN_PORT(Feature.SET_IN_PORT, Wire.BAD_ACTION, 13, 14, 15),
    MASKED_ARP_ND_MATCH(Feature.MASKED_ARP_ND_MATCH, Wire.BAD_MATCH, 4, 5, 6, 8),
    MATCH_TTL(Feature.MATCH_TTL, Wire.BAD_MATCH, 0, 5, 6),
    METADATA_MATCH(Feature.METADATA, Wire.BAD_MATCH, 5, 6),
    METADATA_WRITE(Feature.METADATA, Wire.BAD_INSTRUCTION, 0, 1, 3, 4),
    TRANSLATE(Feature.TRANSLATE, Wire.BAD_ACTION, 0, 2, 3);

    private final Feature feature;
    private final int errorType;
    private final ImmutableSet<Integer> errorCodes;

    Trait(Feature feature, int errorType, Integer... errorCodes) {
        this.feature = feature;
        this.errorType = errorType;
        this.errorCodes = ImmutableSet.copyOf(errorCodes);
    }

    /** What the device lacks if it refuses. */
    public Feature feature() {
        return feature;
    }

    /** True if this is how a device refuses it; other errors are about the rule, not about the device. */
    public boolean isRefusedBy(ErrorMessage error) {
        return error.type() == errorType && errorCodes.contains(error.code());
    }

    @SuppressWarnings("EnumOrdinal") // bits live in memory only
    int bit() {
        return 1 << ordinal();
    }
}
