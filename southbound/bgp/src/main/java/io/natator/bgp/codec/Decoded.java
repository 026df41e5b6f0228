package io.natator.bgp.codec;

/** What came of the bytes of one message. */
public sealed interface Decoded {
    record Ok(Message message) implements Decoded {}

    /**
     * The session must end.
     *
     * @param notification what RFC 4271, section 6 says to send
     * @param reason what was wrong, with the numbers
     */
    record Malformed(Notification notification, String reason) implements Decoded {}

    static Decoded malformed(ErrorCode error, String reason, byte... data) {
        return new Malformed(Notification.of(error, data), reason);
    }
}
