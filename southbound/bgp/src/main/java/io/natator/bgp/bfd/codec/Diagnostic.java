package io.natator.bgp.bfd.codec;

/** Why a session left its last state (RFC 5880, section 4.1). */
public final class Diagnostic {
    public static final int NONE = 0;
    public static final int DETECTION_TIME_EXPIRED = 1;
    public static final int NEIGHBOR_SIGNALED_DOWN = 3;
    public static final int ADMINISTRATIVELY_DOWN = 7;

    private static final String[] WORDS = {
        "no diagnostic",
        "control detection time expired",
        "echo function failed",
        "neighbor signaled session down",
        "forwarding plane reset",
        "path down",
        "concatenated path down",
        "administratively down",
        "reverse concatenated path down"
    };

    private Diagnostic() {}

    public static String words(int diagnostic) {
        return diagnostic < WORDS.length ? WORDS[diagnostic] : "diagnostic " + diagnostic;
    }
}
