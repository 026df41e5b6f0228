package io.natator.model.peering;

import java.time.Duration;
import java.util.Optional;

/**
 * BFD beside the session (RFC 5880), asynchronous, without echo.
 *
 * @param minTx DesiredMinTxInterval, 50 ms to 60 s
 * @param minRx RequiredMinRxInterval, 50 ms to 60 s
 * @param multiplier DetectMult, 1 to 255
 * @param multihop UDP port 4784, any TTL (RFC 5883), else port 3784 with TTL 255 (RFC 5881)
 * @param strict the session is established only once BFD is up (draft-ietf-idr-bgp-bfd-strict-mode)
 */
public record Bfd(
        boolean enabled,
        Duration minTx,
        Duration minRx,
        int multiplier,
        boolean multihop,
        boolean strict,
        Optional<Authentication> authentication) {
    /** Off; if turned on, a dead neighbour is noticed within 0.9 s. */
    public static final Bfd DEFAULT =
            new Bfd(false, Duration.ofMillis(300), Duration.ofMillis(300), 3, false, false, Optional.empty());

    /** RFC 5880, section 4.1 (Auth Type). */
    public enum AuthenticationType {
        SIMPLE_PASSWORD,
        KEYED_MD5,
        METICULOUS_KEYED_MD5,
        KEYED_SHA1,
        METICULOUS_KEYED_SHA1;

        /** Most octets of a key (RFC 5880, sections 4.2 to 4.4). */
        public int maxKey() {
            return switch (this) {
                case SIMPLE_PASSWORD, KEYED_MD5, METICULOUS_KEYED_MD5 -> 16;
                case KEYED_SHA1, METICULOUS_KEYED_SHA1 -> 20;
            };
        }
    }

    /**
     * @param keyId 0 to 255
     * @param key 1 to {@link AuthenticationType#maxKey} octets, UTF-8
     */
    public record Authentication(AuthenticationType type, int keyId, String key) {}
}
