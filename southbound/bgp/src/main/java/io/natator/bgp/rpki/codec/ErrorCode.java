package io.natator.bgp.rpki.codec;

/** RFC 8210, section 12. */
public final class ErrorCode {
    public static final int CORRUPT_DATA = 0;
    public static final int INTERNAL_ERROR = 1;
    public static final int NO_DATA_AVAILABLE = 2;
    public static final int INVALID_REQUEST = 3;
    public static final int UNSUPPORTED_VERSION = 4;
    public static final int UNSUPPORTED_PDU_TYPE = 5;
    public static final int WITHDRAWAL_OF_UNKNOWN = 6;
    public static final int DUPLICATE_ANNOUNCEMENT = 7;
    public static final int UNEXPECTED_VERSION = 8;

    private static final String[] WORDS = {
        "corrupt data",
        "internal error",
        "no data available",
        "invalid request",
        "unsupported protocol version",
        "unsupported PDU type",
        "withdrawal of unknown record",
        "duplicate announcement received",
        "unexpected protocol version"
    };

    private ErrorCode() {}

    public static String words(int code) {
        return code < WORDS.length ? WORDS[code] : "error " + code;
    }
}
