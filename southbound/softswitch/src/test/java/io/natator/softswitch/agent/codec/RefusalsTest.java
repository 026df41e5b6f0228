package io.natator.softswitch.agent.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.softswitch.flow.Modification;
import io.natator.softswitch.flow.Profile;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a rule is told by the code that the specification has for it. */
class RefusalsTest {

    @ParameterizedTest
    @CsvSource({
        // match, instructions, error
        "0001000400000000, , ", // any packet, drop
        "0000000400000000, , MATCH_BAD_TYPE",
        "0001000300000000, , MATCH_BAD_LEN",
        "0001000a80000a0108000000000000, , MATCH_BAD_LEN", // ethertype of one octet
        "0001000a80005602080000000000000, , MATCH_BAD_FIELD", // field 43
        "0001000c800014010680000a020800000000, , MATCH_BAD_LEN", // protocol, then more than the match has room for
        "0001000980001401060000000000000, , MATCH_BAD_PREREQUISITE", // protocol of no IP packet
        "0001001080000a02080080000a02080000, , MATCH_DUPLICATE_FIELD",
        "0001000980000e0108000000000000, , MATCH_BAD_VALUE", // priority 8
        "0001000c80000b040800ff0000000000, , MATCH_BAD_MASK", // ethertype under a mask
        "0001001480000708020000000001ffffffffff00, , MATCH_BAD_LEN", // mask of a destination of 4 octets
        "0001000400000000, 00630008 00000000, INSTRUCTION_UNKNOWN",
        "0001000400000000, 00010008 00000000, INSTRUCTION_BAD_TABLE_ID", // back to table 0
        "0001000400000000, 00010008 01000000 00010008 02000000, INSTRUCTION_DUPLICATE",
        "0001000400000000, 00010010 01000000, INSTRUCTION_BAD_LEN",
        "0001000400000000, ffff0008 00000000, INSTRUCTION_BAD_EXPERIMENTER",
        "0001000400000000, 00040010 00000000 00630008 00000000, ACTION_BAD_TYPE",
        "0001000400000000, 00040010 00000000 00000008 00000001, ACTION_BAD_LEN",
        "0001000400000000, 00040018 00000000 00000010 fffffffe 0000000000000000, ACTION_BAD_OUT_PORT",
        "0001000400000000, 00040018 00000000 00000010 fffffff9 0000000000000000, ACTION_BAD_OUT_PORT",
        "0001000400000000, 00040010 00000000 00110008 08000000, ACTION_BAD_ARGUMENT", // push_vlan 0x0800
        "0001000400000000, 00040010 00000000 00180008 00000000, ACTION_MATCH_INCONSISTENT", // TTL of any packet
        "0001000400000000, 00040018 00000000 00190010 80000004 00000001 00000000, ACTION_BAD_SET_TYPE", // in_port
        "0001000400000000, 00040018 00000000 00190010 80001804 0a000001 00000000, ACTION_MATCH_INCONSISTENT",
        "0001000400000000, 00040018 00000000 00190010 80001802 0a000001 00000000, ACTION_BAD_SET_LEN",
        "0001000400000000, 00040018 00000000 ffff0010 00000001 00000000 00000000, ACTION_BAD_EXPERIMENTER",
        "0001000400000000, 00040018 00000000 ffff0010 00002320 00630000 00000000, ACTION_BAD_EXP_TYPE",
        "0001000400000000, 00060008 00000000, METER_INVALID",
    })
    void namesWhatIsWrong(String match, String instructions, String expected) {
        String text = "0000000000000000" + "0000000000000000" + "0000" + "00000000" + "0001" + "ffffffff" + "ffffffff"
                + "ffffffff" + "0000" + "0000";
        String hex = "040e000000000001" + text + padded(match) + (instructions == null ? "" : instructions);
        byte[] b = HexFormat.of().parseHex(hex.replace(" ", ""));
        Decoded<Modification> decoded =
                new RequestDecoder(Profile.FULL).modification(b, 0, b.length, MessageType.FLOW_MOD);
        if (expected == null) {
            assertThat(decoded).isInstanceOf(Decoded.Ok.class);
        } else {
            var code = ErrorCode.valueOf(expected).because("");
            assertThat(decoded)
                    .isInstanceOfSatisfying(
                            Decoded.Refused.class,
                            r -> assertThat(r.refusal().type() + "."
                                            + r.refusal().code())
                                    .as(r.refusal().text())
                                    .isEqualTo(code.type() + "." + code.code()));
        }
    }

    /** To a multiple of eight octets. */
    private static String padded(String match) {
        return match + "0".repeat(Math.floorMod(-match.length(), 16));
    }
}
