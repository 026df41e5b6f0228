package io.natator.bgp.bmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.bgp.bmp.codec.BmpMessages;
import io.natator.bgp.bmp.codec.PeerHeader;
import java.net.InetAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Octets by hand from the figures of RFC 7854, section 4. */
class BmpMessagesTest {
    private static final long MICROS = 0x0102_0304L * 1_000_000 + 5;
    private static final String PEER =
            "0000000000000000" + "000000000000000000000000c0000201" + "0000fde9" + "0a000001" + "01020304" + "00000005";

    private static InetAddress address(String text) throws Exception {
        return InetAddress.getByName(text);
    }

    private static PeerHeader peer() throws Exception {
        return new PeerHeader(address("192.0.2.1"), 65001, 0x0a000001, true);
    }

    private static String hex(byte[] message) {
        return HexFormat.of().formatHex(message);
    }

    @Test
    void introducesItselfAndTakesLeave() {
        assertThat(hex(BmpMessages.initiation("r1", "Natator")))
                .isEqualTo("03" + "00000017" + "04" + "00010007" + "4e617461746f72" + "00020002" + "7231");
        assertThat(hex(BmpMessages.termination())).isEqualTo("03" + "0000000c" + "05" + "00010002" + "0000");
    }

    @Test
    void tellsOfPeersUpAndDown() throws Exception {
        byte[] open = {1, 2};
        assertThat(hex(BmpMessages.peerUp(peer(), MICROS, address("192.0.2.2"), 179, 40000, open, new byte[] {3})))
                .isEqualTo("03" + "00000047" + "03" + "0000" + PEER + "000000000000000000000000c0000202" + "00b3"
                        + "9c40" + "0102" + "03");
        assertThat(hex(BmpMessages.peerDown(peer(), MICROS, BmpMessages.REMOTE_NO_NOTIFICATION, new byte[0])))
                .isEqualTo("03" + "00000031" + "02" + "0000" + PEER + "04");
    }

    @Test
    void marksTheDirectionAndTheFamilyOfThePeer() throws Exception {
        byte[] update = {(byte) 0xff};
        assertThat(hex(BmpMessages.routeMonitoring(peer(), false, MICROS, update)))
                .isEqualTo("03" + "00000031" + "00" + "0000" + PEER + "ff");
        // Adj-RIB-Out, post-policy (RFC 8671, section 4).
        assertThat(hex(BmpMessages.routeMonitoring(peer(), true, MICROS, update)))
                .isEqualTo("03" + "00000031" + "00" + "0050" + PEER + "ff");
        PeerHeader old = new PeerHeader(address("2001:db8::1"), 65001, 0x0a000001, false);
        assertThat(hex(BmpMessages.routeMonitoring(old, false, MICROS, update)))
                .startsWith(
                        "03" + "00000031" + "00" + "00a0" + "0000000000000000" + "20010db8000000000000000000000001");
    }

    @Test
    void countsRoutes() throws Exception {
        assertThat(hex(BmpMessages.statistics(peer(), MICROS, 3, 100_000)))
                .isEqualTo("03" + "0000004c" + "01" + "0000" + PEER + "00000002" + "00070008" + "0000000000000003"
                        + "000f0008" + "00000000000186a0");
    }
}
