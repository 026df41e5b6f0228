package io.natator.openflow.codec;

import io.natator.model.device.Capabilities.Feature;

/** Things a rule uses that not every device can do, and what a refusal teaches. */
public enum Trait {
    MASKED_SET_FIELD(Feature.MASKED_SET_FIELD, Wire.BAD_ACTION),
    SET_ARP(Feature.SET_ARP, Wire.BAD_ACTION),
    SET_ND(Feature.SET_ND, Wire.BAD_ACTION),
    MOVE(Feature.MOVE, Wire.BAD_ACTION),
    NORMAL(Feature.NORMAL, Wire.BAD_ACTION),
    MASKED_ARP_ND_MATCH(Feature.MASKED_ARP_ND_MATCH, Wire.BAD_MATCH),
    MATCH_TTL(Feature.MATCH_TTL, Wire.BAD_MATCH),
    METADATA_MATCH(Feature.METADATA, Wire.BAD_MATCH),
    METADATA_WRITE(Feature.METADATA, Wire.BAD_INSTRUCTION);

    private final Feature feature;
    private final int errorType;

    Trait(Feature feature, int errorType) {
        this.feature = feature;
        this.errorType = errorType;
    }

    /** What the device lacks if it refuses. */
    public Feature feature() {
        return feature;
    }

    /** The type of the error by which a device refuses it. */
    public int errorType() {
        return errorType;
    }

    @SuppressWarnings("EnumOrdinal") // bits live in memory only
    int bit() {
        return 1 << ordinal();
    }
}
