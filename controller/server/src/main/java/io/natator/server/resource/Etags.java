package io.natator.server.resource;

import com.google.protobuf.Message;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** Names of versions. */
final class Etags {
    private Etags() {}

    /** Of a message as it was stored at a time: differs for each version, whatever it holds. */
    static String of(Message message, Instant updated) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(message.toByteArray());
            digest.update(updated.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
