package io.natator.bgp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every message, cut short at every octet and with every octet set to every value: a verdict, never an exception. */
class DamagedTest {
    private static final int HEADER_ERROR = 1;

    /** What a NOTIFICATION about a message of this type may say, besides that its header is wrong. */
    private static int errorCode(byte[] message) {
        if (message.length < Header.LENGTH) {
            return HEADER_ERROR;
        }
        return switch (message[Header.TYPE_OFFSET]) {
            case Header.OPEN -> 2;
            case Header.UPDATE -> 3;
            case Header.ROUTE_REFRESH -> 7;
            default -> HEADER_ERROR;
        };
    }

    private static void check(byte[] damaged, String what) {
        for (UpdateContext context :
                List.of(Recorded.CONTEXT, new UpdateContext(false, true), new UpdateContext(true, true, true, true))) {
            switch (Decoder.decode(damaged, context)) {
                case Decoded.Ok(var message) -> assertThat(message).isNotNull();
                case Decoded.Malformed(Notification notification, String reason) -> {
                    assertThat(notification.code()).as(what).isIn(List.of(HEADER_ERROR, errorCode(damaged)));
                    assertThat(ErrorCode.words(notification.code(), notification.subcode()))
                            .as(what)
                            .doesNotContain("subcode");
                    assertThat(reason).isNotEmpty();
                    assertThat(Encoder.encode(notification)).hasSizeLessThanOrEqualTo(Header.MAX_MESSAGE);
                }
            }
        }
    }

    @Test
    void readsBackEveryCapability() {
        Open open = new Open(65000, 90, 1, Samples.CAPABILITIES);
        assertThat(Decoder.decode(Encoder.encode(open), Recorded.CONTEXT)).isEqualTo(new Decoded.Ok(open));
    }

    @Test
    void survivesTruncation() {
        for (byte[] message : Samples.messages()) {
            for (int length = 0; length < message.length; length++) {
                check(Samples.cut(message, length), "cut to " + length);
                if (length >= Header.LENGTH) {
                    check(Samples.shortened(message, length), "shortened to " + length);
                }
            }
        }
    }

    @Test
    void survivesEveryValueOfEveryOctet() {
        for (byte[] message : Samples.messages()) {
            for (int at = 0; at < message.length; at++) {
                byte[] damaged = message.clone();
                for (int value = 0; value < 256; value++) {
                    damaged[at] = (byte) value;
                    check(damaged, "octet " + at + " set to " + value);
                }
            }
        }
    }

    @Test
    void namesTheErrorInTheHeader() {
        byte[] keepalive = Encoder.encode(new Keepalive());
        assertThat(verdicts(
                        with(keepalive, 0, 0),
                        with(keepalive, 17, 18),
                        with(keepalive, 17, 20),
                        with(keepalive, 16, 17),
                        with(keepalive, 18, 0),
                        with(keepalive, 18, 6)))
                .containsExactly(
                        "message header error, connection not synchronized: the marker is not all ones",
                        "message header error, bad message length: message of 18 octets",
                        "message header error, bad message length: message type 4 of 20 octets",
                        "message header error, bad message length: message of 4371 octets",
                        "message header error, bad message type: message type 0",
                        "message header error, bad message type: message type 6");
    }

    @Test
    void namesTheErrorInAnOpen() {
        byte[] open = Encoder.encode(new Open(65000, 90, 1, List.of(new Capability.FourOctetAs(65000))));
        assertThat(verdicts(
                        with(open, 19, 3),
                        with(open, 22, 0, 2),
                        with(open, 24, 0, 0, 0, 0),
                        with(open, 28, 7),
                        with(open, 29, 1),
                        with(open, 32, 3),
                        with(open, 33, 0, 0, 0, 0)))
                .containsExactly(
                        "OPEN message error, unsupported version number: version 3",
                        "OPEN message error, unacceptable hold time: hold time of 2 s",
                        "OPEN message error, bad BGP identifier: BGP identifier 0.0.0.0",
                        "OPEN message error, unspecific: optional parameters of 7 octets in 8",
                        "OPEN message error, unsupported optional parameter: optional parameter 1",
                        "OPEN message error, unspecific: a capability is malformed",
                        "OPEN message error, bad peer AS: AS 0");
    }

    @Test
    void readsExtendedOptionalParameters() {
        // RFC 9072: 255, 255, two octets of length; then each parameter has two octets of length, too.
        byte[] open = Encoder.encode(new Open(65000, 90, 1, List.of(new Capability.FourOctetAs(70000))));
        byte[] extended = new byte[open.length + 4];
        System.arraycopy(open, 0, extended, 0, 28);
        byte[] parameters = {(byte) 255, (byte) 255, 0, 9, 2, 0, 6, 65, 4, 0, 1, 0x11, 0x70};
        System.arraycopy(parameters, 0, extended, 28, parameters.length);
        extended = Arrays.copyOf(extended, 28 + parameters.length);
        extended[17] = (byte) extended.length;
        assertThat(Decoder.decode(extended, Recorded.CONTEXT))
                .isEqualTo(new Decoded.Ok(new Open(70000, 90, 1, List.of(new Capability.FourOctetAs(70000)))));
    }

    private static byte[] with(byte[] message, int at, int... values) {
        byte[] changed = message.clone();
        for (int i = 0; i < values.length; i++) {
            changed[at + i] = (byte) values[i];
        }
        return changed;
    }

    private static List<String> verdicts(byte[]... messages) {
        return Stream.of(messages)
                .map(message -> (Decoded.Malformed) Decoder.decode(message, Recorded.CONTEXT))
                .map(bad -> ErrorCode.words(
                                bad.notification().code(), bad.notification().subcode())
                        + ": " + bad.reason())
                .toList();
    }
}
