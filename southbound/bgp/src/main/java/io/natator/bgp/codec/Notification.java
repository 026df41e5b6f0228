package io.natator.bgp.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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
    private static final int MAX_TEXT = 255;

    public static Notification of(ErrorCode error) {
        return new Notification(error.code(), error.subcode(), NONE);
    }

    public static Notification of(ErrorCode error, byte... data) {
        return new Notification(error.code(), error.subcode(), data);
    }

    /** Administrative Shutdown or Reset with a text (RFC 9003), cut to 255 octets of UTF-8 between characters. */
    public static Notification shutdown(ErrorCode error, String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(octets.length, MAX_TEXT);
        while (length < octets.length && length > 0 && (octets[length] & 0xc0) == 0x80) {
            length--;
        }
        byte[] data = new byte[length + 1];
        data[0] = (byte) length;
        System.arraycopy(octets, 0, data, 1, length);
        return Notification.of(error, length == 0 ? NONE : data);
    }

    /** The same as a Hard Reset: after this one, no routes are kept (RFC 8538, section 3.1). */
    public Notification hard() {
        byte[] inner = new byte[data.length + 2];
        inner[0] = (byte) code;
        inner[1] = (byte) subcode;
        System.arraycopy(data, 0, inner, 2, data.length);
        return Notification.of(ErrorCode.HARD_RESET, inner);
    }

    private boolean isHard() {
        return code == ErrorCode.HARD_RESET.code() && subcode == ErrorCode.HARD_RESET.subcode() && data.length >= 2;
    }

    /** Code and subcode in words, with the neighbour's shutdown text (RFC 9003) where it sent one. */
    public String words() {
        String words = ErrorCode.words(code, subcode);
        if (isHard()) {
            Notification inner =
                    new Notification(data[0] & 0xff, data[1] & 0xff, Arrays.copyOfRange(data, 2, data.length));
            // Once: one within another would be the neighbour's joke.
            return words + " (" + (inner.isHard() ? ErrorCode.words(inner.code, inner.subcode) : inner.words()) + ")";
        }
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
