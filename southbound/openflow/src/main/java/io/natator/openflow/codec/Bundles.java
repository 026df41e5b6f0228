package io.natator.openflow.codec;

import io.netty.buffer.ByteBuf;

/** Reads bundle control messages of 1.4, and of 1.3 with ONF extension 230. */
public final class Bundles {
    private static final int CONTROL_TYPE = 4;
    private static final int EXPERIMENTER_HEADER = 8;

    private Bundles() {}

    /** ofp_bundle_ctrl_type, or -1 if this is not a bundle control message. */
    public static int controlType(ByteBuf m) {
        int at = m.readerIndex() + Header.SIZE;
        if (Header.type(m) == Wire.EXPERIMENTER && m.readableBytes() >= Header.SIZE + EXPERIMENTER_HEADER + 8) {
            boolean control = m.getInt(at) == Wire.ONF && m.getInt(at + 4) == Wire.ONF_BUNDLE_CONTROL;
            return control ? m.getUnsignedShort(at + EXPERIMENTER_HEADER + CONTROL_TYPE) : -1;
        }
        if (Header.type(m) == Wire.BUNDLE_CONTROL && m.readableBytes() >= Header.SIZE + 8) {
            return m.getUnsignedShort(at + CONTROL_TYPE);
        }
        return -1;
    }
}
