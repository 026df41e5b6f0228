package io.natator.bgp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpPrefix;

/** RFC 7606, case by case: reset, treat as withdraw, or discard. */
class UpdateErrorsTest {
    private static final String ORIGIN = "40010100";
    private static final String AS_PATH = "4002060201fa56ea01";
    private static final String NEXT_HOP = "400304c0000209";
    private static final String GOOD = ORIGIN + AS_PATH + NEXT_HOP;
    private static final String NLRI = "20cb007107";
    private static final IpPrefix PREFIX = IpPrefix.valueOf("203.0.113.7/32");

    private static Decoded decode(String attributes, String nlri, UpdateContext context) {
        String body = "0000" + HexFormat.of().toHexDigits((short) (attributes.length() / 2)) + attributes + nlri;
        String message = "ff".repeat(16) + HexFormat.of().toHexDigits((short) (19 + body.length() / 2)) + "02" + body;
        return Decoder.decode(HexFormat.of().parseHex(message), context);
    }

    private static Update update(String attributes) {
        return (Update) ((Decoded.Ok) decode(attributes, NLRI, Recorded.CONTEXT)).message();
    }

    private static void treatedAsWithdraw(String attributes, String because) {
        Update update = update(attributes);
        assertThat(update.announced()).isEmpty();
        assertThat(update.withdrawn()).containsExactly(PREFIX);
        assertThat(update.withdrawnBecause()).isEqualTo(because);
    }

    private static void reset(String attributes, String nlri, ErrorCode error) {
        Decoded.Malformed malformed = (Decoded.Malformed) decode(attributes, nlri, Recorded.CONTEXT);
        assertThat(ErrorCode.words(
                        malformed.notification().code(),
                        malformed.notification().subcode()))
                .isEqualTo(ErrorCode.words(error.code(), error.subcode()));
    }

    @Test
    void acceptsWhatIsGood() {
        assertThat(update(GOOD).announced()).containsExactly(PREFIX);
        assertThat(update(GOOD + "e0630101").announced()).as("unknown optional").containsExactly(PREFIX);
    }

    @Test
    void treatsAsWithdraw() {
        treatedAsWithdraw(AS_PATH + NEXT_HOP, "ORIGIN is missing");
        treatedAsWithdraw(ORIGIN + NEXT_HOP, "AS_PATH is missing");
        treatedAsWithdraw(ORIGIN + AS_PATH, "NEXT_HOP is missing");
        treatedAsWithdraw("40010103" + AS_PATH + NEXT_HOP, "attribute 1 is malformed");
        treatedAsWithdraw("4001020000" + AS_PATH + NEXT_HOP, "attribute 1 is malformed");
        treatedAsWithdraw("c0010100" + AS_PATH + NEXT_HOP, "flags of attribute 1");
        treatedAsWithdraw(ORIGIN + "4002060202fa56ea01" + NEXT_HOP, "attribute 2 is malformed");
        treatedAsWithdraw(ORIGIN + "4002060501fa56ea01" + NEXT_HOP, "attribute 2 is malformed");
        treatedAsWithdraw(ORIGIN + "40020102" + NEXT_HOP, "attribute 2 is malformed");
        treatedAsWithdraw(ORIGIN + AS_PATH + "400303c00002", "attribute 3 is malformed");
        treatedAsWithdraw(GOOD + "80040100", "attribute 4 is malformed");
        treatedAsWithdraw(GOOD + "c00800", "attribute 8 is malformed");
        treatedAsWithdraw(GOOD + "c00803fde900", "attribute 8 is malformed");
        treatedAsWithdraw(GOOD + "c02000", "attribute 32 is malformed");
        treatedAsWithdraw(GOOD + "c01004fde90064", "attribute 16 is malformed");
        treatedAsWithdraw(GOOD + "c0", "an attribute is cut short");
        treatedAsWithdraw(GOOD + "d00800", "an attribute is cut short");
        treatedAsWithdraw(GOOD + "c00808fde90064", "attribute 8 of 8 octets is cut short");
    }

    @Test
    void discards() {
        assertThat(update(GOOD + "40060100").discarded()).isEqualTo(1);
        assertThat(update(GOOD + "c00701ff").discarded()).isEqualTo(1);
        assertThat(update(GOOD + "400504000000c8").discarded())
                .as("LOCAL_PREF from outside")
                .isEqualTo(1);
        assertThat(update(GOOD + "40010101").discarded()).as("ORIGIN twice").isEqualTo(1);
        assertThat(update(GOOD + "40060100").announced()).containsExactly(PREFIX);
    }

    @Test
    void takesLocalPreferenceFromInsideOnly() {
        UpdateContext inside = new UpdateContext(true, true);
        Update good = (Update) ((Decoded.Ok) decode(GOOD + "400504000000c8", NLRI, inside)).message();
        assertThat(good.attributes().orElseThrow().localPref()).hasValue(200);
        Update bad = (Update) ((Decoded.Ok) decode(GOOD + "400503000000", NLRI, inside)).message();
        assertThat(bad.withdrawnBecause()).isEqualTo("attribute 5 is malformed");
    }

    @Test
    void resets() {
        reset(GOOD, "21cb00710700", ErrorCode.INVALID_NETWORK_FIELD);
        reset(GOOD, "20cb0071", ErrorCode.INVALID_NETWORK_FIELD);
        reset(GOOD + "40630101", NLRI, ErrorCode.UNRECOGNIZED_WELL_KNOWN);
        reset(GOOD + "800f03000201" + "800f03000201", NLRI, ErrorCode.MALFORMED_ATTRIBUTE_LIST);
        reset(GOOD + "800e04000201ff", NLRI, ErrorCode.OPTIONAL_ATTRIBUTE);
        reset(GOOD + "800e0600020104c000", NLRI, ErrorCode.OPTIONAL_ATTRIBUTE);
        reset(GOOD + "800f05000201ff00", NLRI, ErrorCode.INVALID_NETWORK_FIELD);
        byte[] lengths = HexFormat.of().parseHex("ff".repeat(16) + "001702" + "0005" + "0000");
        assertThat(Decoder.decode(lengths, Recorded.CONTEXT))
                .isInstanceOfSatisfying(
                        Decoded.Malformed.class,
                        bad -> assertThat(List.of(
                                        bad.notification().code(),
                                        bad.notification().subcode()))
                                .containsExactly(3, 1));
    }

    @Test
    void ignoresFamiliesThatItDoesNotKnow() {
        assertThat(update(GOOD + "800e0500194604ff").announced()).containsExactly(PREFIX);
    }
}
