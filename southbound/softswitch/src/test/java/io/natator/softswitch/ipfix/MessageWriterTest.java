package io.natator.softswitch.ipfix;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.softswitch.ipfix.codec.MessageWriter;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;

class MessageWriterTest {
    private static final int INSIDE = Ip4Address.valueOf("10.0.0.5").toInt();
    private static final int OUTSIDE = Ip4Address.valueOf("203.0.113.7").toInt();
    private static final int REMOTE = Ip4Address.valueOf("198.51.100.1").toInt();
    private static final long MILLIS = 0x0000_019C_AB12_3456L;

    private static String hex(ByteBuffer message) {
        byte[] octets = new byte[message.remaining()];
        message.duplicate().get(octets);
        return HexFormat.of().formatHex(octets);
    }

    private static String octets(String text) {
        return text.replaceAll("#.*", "").replaceAll("\\s", "");
    }

    /** As laid out by hand from RFC 7011, section 3, and the elements of RFC 8158. */
    @Test
    void eventsToTheOctet() {
        MessageWriter writer = new MessageWriter(0x2A);
        assertThat(writer.isEmpty()).isTrue();
        writer.session(MILLIS, true, 6, 0, INSIDE, 40000, OUTSIDE, 50000, 0, 0, REMOTE, 443, 0, 0);
        writer.session(MILLIS, false, 6, 0, INSIDE, 40000, OUTSIDE, 50000, 0, 0, REMOTE, 443, 12, 3400);
        writer.binding(MILLIS, true, INSIDE, OUTSIDE);
        writer.portBlock(MILLIS, false, 0, INSIDE, OUTSIDE, 1024, 1087);
        writer.addressesExhausted(MILLIS, 7);
        writer.portsExhausted(MILLIS, 7, 17);
        writer.tableFull(MILLIS);
        writer.quotaExceeded(MILLIS, 500, 0, INSIDE);
        writer.mapping(MILLIS, true, 17, 0, INSIDE, 40000, OUTSIDE, 50000);
        writer.mapping(MILLIS, false, 17, 0, INSIDE, 40000, OUTSIDE, 50000);
        writer.addressesThreshold(MILLIS, true, 7, 90);
        writer.addressesThreshold(MILLIS, false, 7, 70);
        writer.portsThreshold(MILLIS, 7, 58061, 17);
        assertThat(writer.records()).isEqualTo(13);
        assertThat(hex(writer.take(0x69B2_0000L))).isEqualTo(octets("""
                        000a 016f 69b20000 00000000 0000002a      # version, length, time, sequence, domain
                        0100 0068                                 # set of sessions
                        0000019cab123456 04 0a000005 cb007107 06 9c40 c350 c6336401 c6336401 01bb 01bb
                        0000000000000000 0000000000000000
                        0000019cab123456 05 0a000005 cb007107 06 9c40 c350 c6336401 c6336401 01bb 01bb
                        000000000000000c 0000000000000d48
                        0101 0015 0000019cab123456 0e 0a000005 cb007107
                        0102 0019 0000019cab123456 11 0a000005 cb007107 0400 043f
                        0103 0011 0000019cab123456 03 00000007
                        0104 0012 0000019cab123456 0c 00000007 11
                        0105 0011 0000019cab123456 0d 00000001
                        0106 0019 0000019cab123456 0d 00000003 000001f4 0a000005
                        0107 0030
                        0000019cab123456 08 0a000005 cb007107 11 9c40 c350
                        0000019cab123456 09 0a000005 cb007107 11 9c40 c350
                        0108 0019 0000019cab123456 12 00000001 00000007 0000005a
                        0109 0019 0000019cab123456 12 00000002 00000007 00000046
                        010a 001a 0000019cab123456 12 00000003 00000007 0000e2cd 11
                        """));
        writer.clear();
        writer.addressesExhausted(MILLIS, 7);
        assertThat(hex(writer.take(1))).startsWith("000a" + "0021" + "00000001" + "0000000d");
    }

    @Test
    void eventsOfIpv6HostsToTheOctet() {
        long high = 0x2001_0db8_0001_0000L;
        long remote = 0x0064_ff9b_0000_0000L;
        MessageWriter writer = new MessageWriter(0x2A);
        writer.session(MILLIS, true, 6, high, 5, 40000, OUTSIDE, 50000, remote, 0xC633_6401L, REMOTE, 443, 0, 0);
        writer.session(MILLIS, false, 6, high, 5, 40000, OUTSIDE, 50000, remote, 0xC633_6401L, REMOTE, 443, 12, 3400);
        writer.mapping(MILLIS, true, 17, high, 5, 40000, OUTSIDE, 50000);
        writer.mapping(MILLIS, false, 17, high, 5, 40000, OUTSIDE, 50000);
        writer.portBlock(MILLIS, true, high, 5, OUTSIDE, 1024, 1087);
        writer.quotaExceeded(MILLIS, 500, high, 5);
        assertThat(hex(writer.take(0x69B2_0000L))).isEqualTo(octets("""
                        000a 013a 69b20000 00000000 0000002a      # version, length, time, sequence, domain
                        010b 0098
                        0000019cab123456 06 20010db8000100000000000000000005 cb007107 06 9c40 c350
                        0064ff9b0000000000000000c6336401 c6336401 01bb 01bb 0000000000000000 0000000000000000
                        0000019cab123456 07 20010db8000100000000000000000005 cb007107 06 9c40 c350
                        0064ff9b0000000000000000c6336401 c6336401 01bb 01bb 000000000000000c 0000000000000d48
                        010c 0048
                        0000019cab123456 0a 20010db8000100000000000000000005 cb007107 11 9c40 c350
                        0000019cab123456 0b 20010db8000100000000000000000005 cb007107 11 9c40 c350
                        010d 0025 0000019cab123456 10 20010db8000100000000000000000005 cb007107 0400 043f
                        010e 0025 0000019cab123456 0d 00000003 000001f4 20010db8000100000000000000000005
                        """));
    }

    @Test
    void templatesToTheOctet() {
        MessageWriter writer = new MessageWriter(1);
        writer.templates();
        assertThat(writer.records()).isZero();
        assertThat(hex(writer.take(0))).isEqualTo(octets("""
                        000a 01c0 00000000 00000000 00000001
                        0002 01b0
                        0100 000d 0143 0008 00e6 0001 0008 0004 00e1 0004 0004 0001 0007 0002 00e3 0002
                                  000c 0004 00e2 0004 000b 0002 00e4 0002 0056 0008 0055 0008
                        0101 0004 0143 0008 00e6 0001 0008 0004 00e1 0004
                        0102 0006 0143 0008 00e6 0001 0008 0004 00e1 0004 0169 0002 016a 0002
                        0103 0003 0143 0008 00e6 0001 011b 0004
                        0104 0004 0143 0008 00e6 0001 011b 0004 0004 0001
                        0105 0003 0143 0008 00e6 0001 01d2 0004
                        0106 0005 0143 0008 00e6 0001 01d2 0004 01d9 0004 0008 0004
                        0107 0007 0143 0008 00e6 0001 0008 0004 00e1 0004 0004 0001 0007 0002 00e3 0002
                        0108 0005 0143 0008 00e6 0001 01d3 0004 011b 0004 01dc 0004
                        0109 0005 0143 0008 00e6 0001 01d3 0004 011b 0004 01dd 0004
                        010a 0006 0143 0008 00e6 0001 01d3 0004 011b 0004 01de 0004 0004 0001
                        010b 000d 0143 0008 00e6 0001 001b 0010 00e1 0004 0004 0001 0007 0002 00e3 0002
                                  001c 0010 00e2 0004 000b 0002 00e4 0002 0056 0008 0055 0008
                        010c 0007 0143 0008 00e6 0001 001b 0010 00e1 0004 0004 0001 0007 0002 00e3 0002
                        010d 0006 0143 0008 00e6 0001 001b 0010 00e1 0004 0169 0002 016a 0002
                        010e 0005 0143 0008 00e6 0001 01d2 0004 01d9 0004 001b 0010
                        """));
    }

    @Test
    void aFullMessageTakesNoMoreAndIsNeverTooLong() {
        MessageWriter writer = new MessageWriter(1);
        int count = 0;
        while (writer.session(MILLIS, true, 6, 0, INSIDE, 1, OUTSIDE, 2, 0, 0, REMOTE, 3, 0, 0)) {
            count++;
        }
        assertThat(writer.records()).isEqualTo(count).isEqualTo((MessageWriter.LARGEST - 20) / 50);
        assertThat(writer.take(0).remaining()).isEqualTo(20 + count * 50);
        writer.clear();
        assertThat(writer.session(MILLIS, true, 6, 0, INSIDE, 1, OUTSIDE, 2, 0, 0, REMOTE, 3, 0, 0))
                .isTrue();
    }
}
