package io.natator.softswitch.flow;

/** OFPET_* and their codes, as far as the datapath gives them (OpenFlow 1.3.5, section 7.4.4). */
public enum ErrorType {
    BAD_PACKET(1, 12),
    BAD_ACTION_BAD_TYPE(2, 0),
    BAD_ACTION_BAD_OUT_PORT(2, 4),
    BAD_ACTION_BAD_ARGUMENT(2, 5),
    BAD_ACTION_TOO_MANY(2, 7),
    BAD_ACTION_BAD_QUEUE(2, 8),
    BAD_ACTION_BAD_OUT_GROUP(2, 9),
    BAD_ACTION_MATCH_INCONSISTENT(2, 10),
    BAD_ACTION_UNSUPPORTED_ORDER(2, 11),
    BAD_ACTION_BAD_SET_TYPE(2, 13),
    BAD_ACTION_BAD_SET_ARGUMENT(2, 15),
    BAD_INSTRUCTION_BAD_TABLE_ID(3, 2),
    BAD_MATCH_BAD_WILDCARDS(4, 5),
    BAD_MATCH_BAD_FIELD(4, 6),
    BAD_MATCH_BAD_MASK(4, 8),
    BAD_MATCH_BAD_PREREQ(4, 9),
    FLOW_MOD_FAILED_TABLE_FULL(5, 1),
    FLOW_MOD_FAILED_BAD_TABLE_ID(5, 2),
    FLOW_MOD_FAILED_OVERLAP(5, 3),
    FLOW_MOD_FAILED_BAD_FLAGS(5, 7),
    GROUP_MOD_FAILED_GROUP_EXISTS(6, 0),
    GROUP_MOD_FAILED_INVALID_GROUP(6, 1),
    GROUP_MOD_FAILED_OUT_OF_GROUPS(6, 3),
    GROUP_MOD_FAILED_OUT_OF_BUCKETS(6, 4),
    GROUP_MOD_FAILED_CHAINING_UNSUPPORTED(6, 5),
    GROUP_MOD_FAILED_LOOP(6, 7),
    GROUP_MOD_FAILED_UNKNOWN_GROUP(6, 8),
    GROUP_MOD_FAILED_CHAINED_GROUP(6, 9),
    GROUP_MOD_FAILED_BAD_WATCH(6, 13),
    PORT_MOD_FAILED_BAD_PORT(7, 0),
    PORT_MOD_FAILED_BAD_HW_ADDR(7, 1),
    PORT_MOD_FAILED_BAD_CONFIG(7, 2),
    METER_MOD_FAILED_METER_EXISTS(12, 1),
    METER_MOD_FAILED_INVALID_METER(12, 2),
    METER_MOD_FAILED_UNKNOWN_METER(12, 3),
    METER_MOD_FAILED_BAD_FLAGS(12, 5),
    METER_MOD_FAILED_BAD_RATE(12, 6),
    METER_MOD_FAILED_BAD_BAND_VALUE(12, 9),
    METER_MOD_FAILED_OUT_OF_METERS(12, 10),
    METER_MOD_FAILED_OUT_OF_BANDS(12, 11),
    /** Natator's own: an experimenter error, with the text on the wire. */
    SHARES_REFUSED(0xFFFF, 1);

    private final int type;
    private final int code;

    ErrorType(int type, int code) {
        this.type = type;
        this.code = code;
    }

    /** The error with a text for people. */
    public Refusal because(String text) {
        return new Refusal(type, code, text);
    }
}
