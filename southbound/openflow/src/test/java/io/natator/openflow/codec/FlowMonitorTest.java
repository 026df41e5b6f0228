package io.natator.openflow.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The messages are what ovs-vswitchd 3.1.0 says to OFPMP_FLOW_MONITOR of OpenFlow 1.4. */
class FlowMonitorTest {
    private static final String NONE_YET = "05130010000000090010000000000000";
    private static final String ADDED = "0513004000000000001000000000000000300001010000000000000500000000"
            + "4e410000000000010001001680000a020800800017080a000000ff0000000000";
    private static final String MODIFIED = "0513005800000000001000000000000000480003010000000000000500000000"
            + "4e410000000000010001001680000a020800800017080a000000ff0000000000"
            + "000400180000000000000010000000010000000000000000";
    private static final String OUR_OWN = "05130018000000000010000000000000000800040000004d";

    private final List<EncodedRule> read = new ArrayList<>();

    private String read(String message) {
        return FlowMonitor.read(Unpooled.wrappedBuffer(HexFormat.of().parseHex(message)), read);
    }

    @Test
    void entriesOfOthersAreReadAsTheyAreNow() {
        assertThat(read(ADDED)).isEmpty();
        assertThat(read(MODIFIED)).isEmpty();
        assertThat(read)
                .extracting(EncodedRule::toString)
                .containsExactly(
                        "table=1,priority=5,eth_type=0x800,ip_src=10.0.0.0/8 actions=drop",
                        "table=1,priority=5,eth_type=0x800,ip_src=10.0.0.0/8 actions=output:1");
        assertThat(read).extracting(EncodedRule::cookie).containsOnly(0x4e41000000000001L);
        assertThat(read.getFirst()).isEqualTo(read.getLast());
        assertThat(read.getFirst().sameEffect(read.getLast())).isFalse();
    }

    @Test
    void whatWeDidOurselvesIsNoNews() {
        assertThat(read(NONE_YET)).isEmpty();
        assertThat(read(OUR_OWN)).isEmpty();
        assertThat(read).isEmpty();
    }

    @Test
    void whatIsCutShortIsSaidAndNotRead() {
        for (int octets = 17; octets < MODIFIED.length() / 2; octets++) {
            read.clear();
            assertThat(read(MODIFIED.substring(0, 2 * octets)))
                    .as("%d octets", octets)
                    .isNotEmpty();
            assertThat(read).isEmpty();
        }
        assertThat(read(OUR_OWN.replace("00080004", "00080009"))).contains("flow update");
        assertThat(read(ADDED.replace("00010016", "0001ffff"))).contains("match of 65535");
    }

    @Test
    void asksForAdditionsAndChangesWithTheirInstructions() {
        ByteBuf b = Unpooled.buffer();
        FlowMonitor.request(b, Wire.VERSION_14, 9);
        assertThat(ByteBufUtil.hexDump(b))
                .isEqualTo("0512002800000009" + "0010000000000000" + "00000009ffffffffffffffff" + "001aff00"
                        + "0001000400000000");
    }
}
