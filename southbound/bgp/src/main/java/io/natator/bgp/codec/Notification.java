package io.natator.bgp.codec;

import java.nio.charset.StandardCharsets;

/**
 * NOTIFICATION (RFC 4271, section 4.5): why a session ends.
 *
 * @param code error code, 0 to 255
 * @param subcode 0 to 255
 * @param data depends on code and subcode; never null
 */
public record Notification(int code, int subcode, byte[] data) implements Message {
    private static final byte[] NONE = {};
    private static final int MAX_SHOWN = 16;

    public static Notification of(ErrorCode error) {
        return new Notification(error.code(), error.subcode(), NONE);
    }

    public static Notification of(ErrorCode error, byte... data) {
        return new Notification(error.code(), error.subcode(), data);
    }

    /** Code and subcode in words, with the neighbour's shutdown text (RFC 9003) where it sent one. */
    public String words() {
        String words = ErrorCode.words(code, subcode);
        String text = shutdownText();
        if (!text.isEmpty()) {
            return words + ": \"" + text + "\"";
        }
        return data.length == 0 ? words : words + " (data " + hex() + ")";
    }

    private boolean isShutdown() {
        return code == ErrorCode.ADMINISTRATIVE_SHUTDOWN.code()
                && (subcode == ErrorCode.ADMINISTRATIVE_SHUTDOWN.subcode()
                        || subcode == ErrorCode.ADMINISTRATIVE_RESET.subcode());
    }

    private String shutdownText() {
        if (!isShutdown() || data.length == 0) {
            return "";
        }
        int length = data[0] & 0xff;
        if (length > data.length - 1) {
            return "";
        }
        // It is text from the network that ends up in logs and on terminals.
        return new String(data, 1, length, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ");
    }

    private String hex() {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < data.length && i < MAX_SHOWN; i++) {
            hex.append(String.format("%02x", data[i]));
        }
        return data.length > MAX_SHOWN ? hex + "…" : hex.toString();
    }
}
