package io.natator.bgp.bfd.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.peering.Bfd;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ControlPacketTest {
    private static final HexFormat HEX = HexFormat.of();

    private static final ControlPacket PACKET = new ControlPacket(
            Diagnostic.DETECTION_TIME_EXPIRED,
            BfdState.INIT,
            true,
            false,
            true,
            false,
            3,
            0x01020304,
            0x0a0b0c0d,
            50_000,
            60_000,
            0);

    private static Bfd.Authentication key(Bfd.AuthenticationType type) {
        return new Bfd.Authentication(type, 7, "a secret");
    }

    private static byte[] sealed(Bfd.AuthenticationType type) {
        return Authentication.seal(PACKET, key(type), 0x11223344);
    }

    /** Laid out by hand from the figure of RFC 5880, section 4.1. */
    @Test
    void isLaidOutAsTheRfcDraws() {
        assertThat(HEX.formatHex(PACKET.encode()))
                .isEqualTo("21" + "a8" + "03" + "18" + "01020304" + "0a0b0c0d" + "0000c350" + "0000ea60" + "00000000");
        assertThat(ControlPacket.parse(PACKET.encode())).isEqualTo(new Parsed.Ok(PACKET, false, 24));
    }

    /** Digests made with {@code openssl dgst} over the packet with the key, filled up, in the digest's place. */
    @Test
    void authenticatesAsTheRfcDraws() {
        assertThat(HEX.formatHex(sealed(Bfd.AuthenticationType.SIMPLE_PASSWORD)))
                .isEqualTo("21ac0323" + "010203040a0b0c0d0000c3500000ea6000000000" + "010b07" + "6120736563726574");
        assertThat(HEX.formatHex(sealed(Bfd.AuthenticationType.METICULOUS_KEYED_MD5)))
                .isEqualTo("21ac0330" + "010203040a0b0c0d0000c3500000ea6000000000" + "0318070011223344"
                        + "955f82691bbced05f6844f399b257168");
        assertThat(HEX.formatHex(sealed(Bfd.AuthenticationType.KEYED_SHA1)))
                .isEqualTo("21ac0334" + "010203040a0b0c0d0000c3500000ea6000000000" + "041c070011223344"
                        + "8c4423cce3f7f39de66f9faca43261638828ffa1");
    }

    @Test
    void refusesWhatTheRfcSaysToDiscard() {
        assertMalformed("is of version 0", packet -> packet[0] = 0x01);
        assertMalformed("says that it has 23 octets", packet -> packet[3] = 23);
        assertMalformed("has 24 of 25 octets", packet -> packet[3] = 25);
        assertMalformed("has no detection multiplier", packet -> packet[2] = 0);
        assertMalformed("is multipoint", packet -> packet[1] |= 1);
        assertMalformed("has no discriminator", packet -> Arrays.fill(packet, 4, 8, (byte) 0));
        assertMalformed("is of no session and yet INIT", packet -> Arrays.fill(packet, 8, 12, (byte) 0));
        assertMalformed("says that it has 24 octets", packet -> packet[1] |= 4);
        for (int length = 0; length < 24; length++) {
            assertThat(ControlPacket.parse(Arrays.copyOf(PACKET.encode(), length)))
                    .isInstanceOf(Parsed.Malformed.class);
        }
    }

    private interface Change {
        void apply(byte[] packet);
    }

    private static void assertMalformed(String reason, Change change) {
        byte[] packet = PACKET.encode();
        change.apply(packet);
        assertThat(ControlPacket.parse(packet)).isEqualTo(new Parsed.Malformed(reason));
    }

    /** No octet of an authenticated packet can be changed, and none be left out. */
    @ParameterizedTest
    @EnumSource(
            value = Bfd.AuthenticationType.class,
            names = {"KEYED_MD5", "METICULOUS_KEYED_MD5", "KEYED_SHA1", "METICULOUS_KEYED_SHA1"})
    void noticesEachFlippedBitAndEachMissingOctet(Bfd.AuthenticationType type) {
        byte[] good = sealed(type);
        assertThat(genuine(good, type)).isTrue();
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(genuine(bad, type)).as("bit %d", bit).isFalse();
        }
        for (int length = 0; length < good.length; length++) {
            assertThat(genuine(Arrays.copyOf(good, length), type)).isFalse();
        }
    }

    @Test
    void wantsThePasswordAndItsId() {
        Bfd.AuthenticationType type = Bfd.AuthenticationType.SIMPLE_PASSWORD;
        byte[] good = sealed(type);
        assertThat(genuine(good, type)).isTrue();
        for (int bit = 24 * 8; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(genuine(bad, type)).as("bit %d", bit).isFalse();
        }
    }

    private static boolean genuine(byte[] payload, Bfd.AuthenticationType type) {
        return ControlPacket.parse(payload) instanceof Parsed.Ok ok
                && ok.authenticated()
                && Authentication.genuine(payload, ok.length(), key(type));
    }
}
