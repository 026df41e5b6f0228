package io.natator.softswitch.agent.codec;

import io.natator.softswitch.flow.Refusal;

/** The errors that the agent itself decides on (ofp_error_type and its codes, section 7.4.4). */
public enum ErrorCode {
    HELLO_INCOMPATIBLE(0, 0),
    REQUEST_BAD_VERSION(1, 0),
    REQUEST_BAD_TYPE(1, 1),
    REQUEST_BAD_MULTIPART(1, 2),
    REQUEST_BAD_EXPERIMENTER(1, 3),
    REQUEST_BAD_EXP_TYPE(1, 4),
    REQUEST_BAD_LEN(1, 6),
    REQUEST_BUFFER_UNKNOWN(1, 8),
    REQUEST_BAD_TABLE_ID(1, 9),
    REQUEST_IS_SLAVE(1, 10),
    REQUEST_BAD_PORT(1, 11),
    REQUEST_BAD_PACKET(1, 12),
    REQUEST_MULTIPART_OVERFLOW(1, 13),
    ACTION_BAD_TYPE(2, 0),
    ACTION_BAD_LEN(2, 1),
    ACTION_BAD_EXPERIMENTER(2, 2),
    ACTION_BAD_EXP_TYPE(2, 3),
    ACTION_BAD_OUT_PORT(2, 4),
    ACTION_BAD_ARGUMENT(2, 5),
    ACTION_BAD_OUT_GROUP(2, 9),
    ACTION_MATCH_INCONSISTENT(2, 10),
    ACTION_BAD_SET_TYPE(2, 13),
    ACTION_BAD_SET_LEN(2, 14),
    ACTION_BAD_SET_ARGUMENT(2, 15),
    INSTRUCTION_UNKNOWN(3, 0),
    INSTRUCTION_UNSUPPORTED(3, 1),
    INSTRUCTION_BAD_TABLE_ID(3, 2),
    INSTRUCTION_UNSUPPORTED_METADATA(3, 3),
    INSTRUCTION_BAD_EXPERIMENTER(3, 5),
    INSTRUCTION_BAD_LEN(3, 7),
    INSTRUCTION_DUPLICATE(3, 9),
    MATCH_BAD_TYPE(4, 0),
    MATCH_BAD_LEN(4, 1),
    MATCH_BAD_WILDCARDS(4, 5),
    MATCH_BAD_FIELD(4, 6),
    MATCH_BAD_VALUE(4, 7),
    MATCH_BAD_MASK(4, 8),
    MATCH_BAD_PREREQUISITE(4, 9),
    MATCH_DUPLICATE_FIELD(4, 10),
    FLOW_BAD_TABLE_ID(5, 2),
    FLOW_BAD_COMMAND(5, 6),
    FLOW_BAD_FLAGS(5, 7),
    GROUP_INVALID(6, 1),
    GROUP_BAD_TYPE(6, 10),
    GROUP_BAD_COMMAND(6, 11),
    GROUP_BAD_BUCKET(6, 12),
    TABLE_BAD_TABLE(8, 0),
    TABLE_BAD_CONFIG(8, 1),
    QUEUE_BAD_PORT(9, 0),
    QUEUE_BAD_QUEUE(9, 1),
    CONFIG_BAD_FLAGS(10, 0),
    ROLE_STALE(11, 0),
    ROLE_BAD(11, 2),
    METER_INVALID(12, 2),
    METER_BAD_COMMAND(12, 4),
    METER_BAD_FLAGS(12, 5),
    METER_BAD_BAND(12, 8),
    TABLE_FEATURES_EPERM(13, 5),
    /** From here on as OpenFlow 1.4 numbers them; 1.3 wraps them as ONF extension 230 does. */
    BUNDLE_UNKNOWN(17, 0),
    BUNDLE_BAD_ID(17, 2),
    BUNDLE_EXISTS(17, 3),
    BUNDLE_CLOSED(17, 4),
    BUNDLE_OUT_OF_BUNDLES(17, 5),
    BUNDLE_BAD_TYPE(17, 6),
    BUNDLE_BAD_FLAGS(17, 7),
    BUNDLE_MSG_BAD_LEN(17, 8),
    BUNDLE_MSG_BAD_XID(17, 9),
    BUNDLE_MSG_UNSUPPORTED(17, 10),
    BUNDLE_MSG_TOO_MANY(17, 12),
    BUNDLE_MSG_FAILED(17, 13),
    /** Natator's own; its text is sent. */
    SHARES_REFUSED(Message.EXPERIMENTER_ERROR, 1);

    private final int type;
    private final int code;

    ErrorCode(int type, int code) {
        this.type = type;
        this.code = code;
    }

    /** The refusal with this code, and what it is about for people. */
    public Refusal because(String text) {
        return new Refusal(type, code, text);
    }
}
