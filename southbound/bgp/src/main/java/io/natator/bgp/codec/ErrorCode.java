package io.natator.bgp.codec;

/** Error codes and subcodes of NOTIFICATION (RFC 4271, section 4.5; RFC 4486, 5492, 6608, 7313, 8538, 9384, 9687). */
public enum ErrorCode {
    NOT_SYNCHRONIZED(1, 1, "connection not synchronized"),
    BAD_MESSAGE_LENGTH(1, 2, "bad message length"),
    BAD_MESSAGE_TYPE(1, 3, "bad message type"),
    OPEN_UNSPECIFIC(2, 0, "unspecific"),
    UNSUPPORTED_VERSION(2, 1, "unsupported version number"),
    BAD_PEER_AS(2, 2, "bad peer AS"),
    BAD_IDENTIFIER(2, 3, "bad BGP identifier"),
    UNSUPPORTED_OPTIONAL_PARAMETER(2, 4, "unsupported optional parameter"),
    UNACCEPTABLE_HOLD_TIME(2, 6, "unacceptable hold time"),
    UNSUPPORTED_CAPABILITY(2, 7, "unsupported capability"),
    ROLE_MISMATCH(2, 11, "role mismatch"),
    MALFORMED_ATTRIBUTE_LIST(3, 1, "malformed attribute list"),
    UNRECOGNIZED_WELL_KNOWN(3, 2, "unrecognized well-known attribute"),
    MISSING_WELL_KNOWN(3, 3, "missing well-known attribute"),
    ATTRIBUTE_FLAGS(3, 4, "attribute flags error"),
    ATTRIBUTE_LENGTH(3, 5, "attribute length error"),
    INVALID_ORIGIN(3, 6, "invalid ORIGIN attribute"),
    INVALID_NEXT_HOP(3, 8, "invalid NEXT_HOP attribute"),
    OPTIONAL_ATTRIBUTE(3, 9, "optional attribute error"),
    INVALID_NETWORK_FIELD(3, 10, "invalid network field"),
    MALFORMED_AS_PATH(3, 11, "malformed AS_PATH"),
    HOLD_TIMER_EXPIRED(4, 0, ""),
    FSM_UNSPECIFIC(5, 0, "unspecific"),
    FSM_IN_OPEN_SENT(5, 1, "unexpected message in OpenSent"),
    FSM_IN_OPEN_CONFIRM(5, 2, "unexpected message in OpenConfirm"),
    FSM_IN_ESTABLISHED(5, 3, "unexpected message in Established"),
    CEASE_UNSPECIFIC(6, 0, "unspecific"),
    MAXIMUM_PREFIXES(6, 1, "maximum number of prefixes reached"),
    ADMINISTRATIVE_SHUTDOWN(6, 2, "administrative shutdown"),
    PEER_DECONFIGURED(6, 3, "peer de-configured"),
    ADMINISTRATIVE_RESET(6, 4, "administrative reset"),
    CONNECTION_REJECTED(6, 5, "connection rejected"),
    CONFIGURATION_CHANGE(6, 6, "other configuration change"),
    CONNECTION_COLLISION(6, 7, "connection collision resolution"),
    OUT_OF_RESOURCES(6, 8, "out of resources"),
    HARD_RESET(6, 9, "hard reset"),
    BFD_DOWN(6, 10, "BFD down"),
    ROUTE_REFRESH_LENGTH(7, 1, "invalid message length"),
    SEND_HOLD_TIMER_EXPIRED(8, 0, "");

    private static final String[] CODES = {
        "message header error",
        "OPEN message error",
        "UPDATE message error",
        "hold timer expired",
        "state machine error",
        "cease",
        "ROUTE-REFRESH message error",
        "send hold timer expired"
    };

    private final int code;
    private final int subcode;
    private final String words;

    ErrorCode(int code, int subcode, String words) {
        this.code = code;
        this.subcode = subcode;
        this.words = words;
    }

    public int code() {
        return code;
    }

    public int subcode() {
        return subcode;
    }

    /** Any code and subcode in words; numbers where IANA has none. */
    public static String words(int code, int subcode) {
        String first = code >= 1 && code <= CODES.length ? CODES[code - 1] : "error code " + code;
        for (ErrorCode error : values()) {
            if (error.code == code && error.subcode == subcode) {
                return error.words.isEmpty() ? first : first + ", " + error.words;
            }
        }
        return subcode == 0 ? first : first + ", subcode " + subcode;
    }
}
