package io.natator.softswitch.agent.codec;

import io.natator.openflow.codec.Wire;

/** ofp_action_type (section 7.2.5) and the subtypes of Nicira's actions. */
final class ActionType {
    static final int OUTPUT = 0;
    static final int COPY_TTL_OUT = 11;
    static final int COPY_TTL_IN = 12;
    static final int SET_MPLS_TTL = 15;
    static final int DEC_MPLS_TTL = 16;
    static final int PUSH_VLAN = 17;
    static final int POP_VLAN = 18;
    static final int PUSH_MPLS = 19;
    static final int POP_MPLS = 20;
    static final int SET_QUEUE = 21;
    static final int GROUP = 22;
    static final int SET_NW_TTL = 23;
    static final int DEC_NW_TTL = 24;
    static final int SET_FIELD = 25;
    static final int PUSH_PBB = 26;
    static final int POP_PBB = 27;
    static final int EXPERIMENTER = 0xFFFF;

    /** Nicira's experimenter id, and the subtypes of its actions. */
    static final int NICIRA = 0x2320;

    static final int NX_REG_MOVE = 6;
    static final int NX_REG_LOAD = 7;
    static final int NX_REG_LOAD2 = 33;

    /** Natator's own experimenter id and action. */
    static final int NATATOR = Wire.NATATOR;

    static final int NATATOR_TRANSLATE = Wire.NATATOR_TRANSLATE;

    private ActionType() {}
}
