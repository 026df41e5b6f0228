package io.natator.softswitch.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.packet.Bytes;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.flow.Match;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParserTest {
    private static final int FRAMES = 50_000;

    /** What was put into a frame is what is found there. */
    @Test
    void everyFieldOfEveryKindOfFrame() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        Samples samples = new Samples(new Random(seed), Parser.MAX_TAGS);
        for (int i = 0; i < FRAMES; i++) {
            Sample sample = samples.next();
            try (Place p = new Place(sample.octets())) {
                for (Field field : Field.values()) {
                    assertThat(p.get(field))
                            .as("%s of %s, seed %d", field, sample.text(), seed)
                            .isEqualTo(Key.get(sample.key(), field));
                }
                assertThat(p.key).as("%s, seed %d", sample.text(), seed).isEqualTo(sample.key());
                assertThat(p.reason).as("%s, seed %d", sample.text(), seed).isEqualTo(Reason.FINE);
                p.check();
            }
        }
    }

    private static Place hex(String hex) {
        return new Place(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private static final String MACS = "020000000001 020000000002";
    private static final String IPV4 = "0800 4500001c 12344000 4011%s c0a8020a c0a80201";
    private static final String UDP = "0001 0002 0008 0000";

    @Test
    void whatIsWrongIsNamed() {
        String ip = IPV4.formatted("a341");
        assertReason(hex(MACS + ip + UDP), Reason.FINE);
        assertReason(hex(MACS + IPV4.formatted("a342") + UDP), Reason.IPV4_CHECKSUM);
        assertReason(hex(MACS), Reason.RUNT);
        assertReason(hex(""), Reason.RUNT);
        assertReason(hex(MACS + "8100 0001 08"), Reason.VLAN_MALFORMED);
        assertReason(hex(MACS + "8100 0001".repeat(5) + "0800"), Reason.VLAN_MALFORMED);
        assertReason(hex(MACS + "8847 000001"), Reason.MPLS_MALFORMED);
        assertReason(hex(MACS + "88e7 00000001 0200000000010200000000020" + "8"), Reason.PBB_MALFORMED);
        assertReason(hex(MACS + "0806 0001 0800 0604 0001"), Reason.ARP_MALFORMED);
        assertReason(hex(MACS + "0806 0006 0800 0604 0001" + "00".repeat(20)), Reason.ARP_MALFORMED);
        assertReason(hex(MACS + ip), Reason.IPV4_MALFORMED);
        assertReason(hex(MACS + ip.replace("4500", "6500") + UDP), Reason.IPV4_MALFORMED);
        assertReason(hex(MACS + ip.replace("4500", "4400") + UDP), Reason.IPV4_MALFORMED);
        assertReason(hex(MACS + ip.replace("4500001c", "45000013") + UDP), Reason.IPV4_MALFORMED);
        assertReason(hex(MACS + ip.replace("001c", "001b") + UDP), Reason.TRANSPORT_TRUNCATED);
    }

    private static void assertReason(Place place, int reason) {
        try (place) {
            assertThat(Reason.name(place.reason)).isEqualTo(Reason.name(reason));
            place.check();
        }
    }

    /** OpenFlow 1.3.5, section 7.3.2.1: a field that is not present is not matched, not even as zero. */
    @Test
    void whatIsNotThereIsNotMatched() {
        long[] value = new long[Key.WORDS];
        long[] mask = new long[Key.WORDS];
        Key.set(value, Field.IP_PROTO, 17);
        Key.set(mask, Field.IP_PROTO, -1);
        Key.set(mask, Field.UDP_DST, -1);
        Match zero = new Match(value, mask);
        byte[] whole =
                HexFormat.of().parseHex((MACS + IPV4.formatted("a341") + "0001 0000 0008 0000").replace(" ", ""));
        try (Place p = new Place(whole)) {
            assertThat(zero.takes(p.key)).isTrue();
        }
        byte[] later = whole.clone();
        Bytes.put16(later, 20, 1);
        try (Place p = new Place(later)) {
            assertThat(p.get(Field.IP_PROTO)).isEqualTo(17);
            assertThat(zero.takes(p.key)).isFalse();
        }
        byte[] cut = Arrays.copyOf(whole, whole.length - 1);
        Bytes.put16(cut, 16, 27);
        try (Place p = new Place(cut)) {
            assertThat(p.get(Field.IP_PROTO)).isEqualTo(17);
            assertThat(zero.takes(p.key)).isFalse();
        }
    }
}
