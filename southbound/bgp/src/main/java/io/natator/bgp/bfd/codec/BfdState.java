package io.natator.bgp.bfd.codec;

/** RFC 5880, section 4.1. */
public enum BfdState {
    ADMIN_DOWN(0),
    DOWN(1),
    INIT(2),
    UP(3);

    private static final BfdState[] BY_CODE = {ADMIN_DOWN, DOWN, INIT, UP};

    private final int code;

    BfdState(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** @param code 0 to 3 */
    static BfdState of(int code) {
        return BY_CODE[code];
    }
}
