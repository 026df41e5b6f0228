package io.natator.openflow.codec;

/** Numbers of the OpenFlow switch specification 1.3.5 and 1.4.1, and of Nicira's extensions. */
public final class Wire {
    public static final int VERSION_13 = 4;
    public static final int VERSION_14 = 5;

    // ofp_type (section 7.1)
    public static final int HELLO = 0;
    public static final int ERROR = 1;
    public static final int ECHO_REQUEST = 2;
    public static final int ECHO_REPLY = 3;
    public static final int EXPERIMENTER = 4;
    public static final int FEATURES_REQUEST = 5;
    public static final int FEATURES_REPLY = 6;
    public static final int GET_CONFIG_REPLY = 8;
    public static final int SET_CONFIG = 9;
    public static final int PACKET_IN = 10;
    public static final int FLOW_REMOVED = 11;
    public static final int PORT_STATUS = 12;
    public static final int PACKET_OUT = 13;
    public static final int FLOW_MOD = 14;
    public static final int MULTIPART_REQUEST = 18;
    public static final int MULTIPART_REPLY = 19;
    public static final int BARRIER_REQUEST = 20;
    public static final int BARRIER_REPLY = 21;
    public static final int ROLE_REQUEST = 24;
    public static final int ROLE_REPLY = 25;
    public static final int SET_ASYNC = 28;
    public static final int ROLE_STATUS = 30;
    public static final int BUNDLE_CONTROL = 33;
    public static final int BUNDLE_ADD = 34;

    // ofp_multipart_type
    public static final int MP_DESC = 0;
    public static final int MP_FLOW = 1;
    public static final int MP_AGGREGATE = 2;
    public static final int MP_TABLE = 3;
    public static final int MP_PORT_STATS = 4;
    public static final int MP_TABLE_FEATURES = 12;
    public static final int MP_PORT_DESC = 13;
    public static final int MP_FLOW_MONITOR = 16;
    public static final int MP_EXPERIMENTER = 0xFFFF;

    /** OFPMPF_REPLY_MORE. */
    public static final int MORE = 1;

    // ofp_port_no
    public static final int PORT_MAX = 0xFFFFFF00;
    public static final int PORT_IN_PORT = 0xFFFFFFF8;
    public static final int PORT_TABLE = 0xFFFFFFF9;
    public static final int PORT_NORMAL = 0xFFFFFFFA;
    public static final int PORT_CONTROLLER = 0xFFFFFFFD;
    public static final int PORT_LOCAL = 0xFFFFFFFE;
    public static final int ANY = 0xFFFFFFFF;

    public static final int TABLE_MAX = 253;
    public static final int TABLE_ALL = 255;
    public static final int NO_BUFFER = 0xFFFFFFFF;

    /** OFPCML_NO_BUFFER: the whole packet to the controller. */
    public static final int WHOLE_PACKET = 0xFFFF;

    // ofp_flow_mod_command
    public static final int ADD = 0;
    public static final int DELETE = 3;
    public static final int DELETE_STRICT = 4;

    /** OFPVID_PRESENT. */
    public static final int VLAN_PRESENT = 0x1000;

    /** OFPFF_SEND_FLOW_REM. */
    public static final int SEND_FLOW_REMOVED = 1;

    // ofp_flow_removed_reason
    public static final int REASON_DELETE = 2;

    // ofp_instruction_type
    public static final int GOTO_TABLE = 1;
    public static final int WRITE_METADATA = 2;
    public static final int APPLY_ACTIONS = 4;

    // ofp_action_type
    public static final int OUTPUT = 0;
    public static final int PUSH_VLAN = 17;
    public static final int POP_VLAN = 18;
    public static final int DEC_TTL = 24;
    public static final int SET_FIELD = 25;
    public static final int ACTION_EXPERIMENTER = 0xFFFF;

    /** Nicira's experimenter id. */
    public static final int NICIRA = 0x00002320;

    public static final int NX_REG_MOVE = 6;
    public static final int NX_REG_LOAD = 7;

    /** Natator's own experimenter id, made as the ONF's is ("NAT"); not registered. */
    public static final int NATATOR = 0x4E415400;

    public static final int NATATOR_TRANSLATE = 1;

    /** The Open Networking Foundation's experimenter id (EXT-230: bundles for 1.3). */
    public static final int ONF = 0x4F4E4600;

    public static final int ONF_BUNDLE_CONTROL = 2300;
    public static final int ONF_BUNDLE_ADD = 2301;

    // ofp_bundle_ctrl_type
    public static final int BUNDLE_OPEN = 0;
    public static final int BUNDLE_OPENED = 1;
    public static final int BUNDLE_COMMIT = 4;
    public static final int BUNDLE_COMMITTED = 5;
    public static final int BUNDLE_DISCARD = 6;

    /** OFPBF_ATOMIC | OFPBF_ORDERED. */
    public static final int BUNDLE_FLAGS = 3;

    // ofp_controller_role
    public static final int ROLE_SLAVE = 3;

    // ofp_error_type
    public static final int HELLO_FAILED = 0;
    public static final int BAD_REQUEST = 1;
    public static final int BAD_ACTION = 2;
    public static final int BAD_INSTRUCTION = 3;
    public static final int BAD_MATCH = 4;
    public static final int FLOW_MOD_FAILED = 5;
    public static final int ROLE_REQUEST_FAILED = 11;
    public static final int BUNDLE_FAILED = 17;

    // codes
    public static final int HELLO_INCOMPATIBLE = 0;
    public static final int BAD_TYPE = 1;
    public static final int IS_SLAVE = 10;
    public static final int FLOW_MOD_TABLE_FULL = 1;

    private Wire() {}

    /** True for the versions that Natator speaks. */
    public static boolean speaks(int version) {
        return version == VERSION_13 || version == VERSION_14;
    }
}
