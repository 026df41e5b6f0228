package io.natator.softswitch.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.packet.Bytes;
import io.natator.softswitch.flow.Field;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TagsTest {
    private final long seed = Long.getLong("natator.seed", System.nanoTime());
    private final Random random = new Random(seed);

    /** Whatever is pushed and popped again leaves the frame as it was, with its offload words. */
    @Test
    void pushThenPop() {
        Samples samples = new Samples(random, 4);
        for (int i = 0; i < 10_000; i++) {
            Sample sample = samples.next();
            try (Place p = new Place(sample.octets())) {
                p.frame.flags = Frame.NEEDS_CSUM;
                p.frame.csumStart = 34;
                p.frame.gsoType = 1;
                p.frame.headerLength = 54;
                nest(p, 1 + random.nextInt(5));
                assertThat(p.octets()).as("%s, seed %d", sample.text(), seed).isEqualTo(sample.octets());
                assertThat(p.key).isEqualTo(sample.key());
                assertThat(p.frame.csumStart).isEqualTo(34);
                assertThat(p.frame.headerLength).isEqualTo(54);
            }
        }
    }

    private void nest(Place p, int depth) {
        if (depth == 0) {
            return;
        }
        byte[] before = p.octets();
        int type = (int) p.get(Field.ETH_TYPE);
        int typeAt = p.headers.type;
        boolean tagged = p.headers.tags != 0;
        switch (random.nextInt(3)) {
            case 0 -> {
                int tpid = random.nextBoolean() ? 0x8100 : 0x88A8;
                done(p, Tags.pushVlan(p.frame, p.headers, p.key, tpid));
                byte[] tag = tagged
                        ? new byte[] {(byte) (tpid >>> 8), (byte) tpid, (byte) (before[14] & 0xEF), before[15]}
                        : new byte[] {(byte) (tpid >>> 8), (byte) tpid, 0, 0};
                assertThat(p.octets()).isEqualTo(inserted(before, 12, tag));
                nest(p, depth - 1);
                done(p, Tags.popVlan(p.frame, p.headers, p.key));
            }
            case 1 -> {
                done(p, Tags.pushMpls(p.frame, p.headers, p.key, 0x8848));
                assertThat(p.frame.length).isEqualTo(before.length + 4);
                assertThat(p.get(Field.ETH_TYPE)).isEqualTo(0x8848);
                nest(p, depth - 1);
                done(p, Tags.popMpls(p.frame, p.headers, p.key, Bytes.u16(before, typeAt)));
            }
            default -> {
                done(p, Tags.pushPbb(p.frame, p.headers, p.key, 0x88E7));
                assertThat(Arrays.copyOfRange(p.octets(), 18, p.frame.length)).isEqualTo(before);
                assertThat(Arrays.copyOf(p.octets(), 12)).isEqualTo(Arrays.copyOf(before, 12));
                nest(p, depth - 1);
                done(p, Tags.popPbb(p.frame, p.headers, p.key));
            }
        }
        assertThat(p.octets()).as("type %x, seed %d", type, seed).isEqualTo(before);
    }

    private static byte[] inserted(byte[] b, int at, byte[] more) {
        byte[] all = new byte[b.length + more.length];
        System.arraycopy(b, 0, all, 0, at);
        System.arraycopy(more, 0, all, at, more.length);
        System.arraycopy(b, at, all, at + more.length, b.length - at);
        return all;
    }

    private static void done(Place p, int reason) {
        assertThat(Reason.name(reason)).isEqualTo("fine");
        p.check();
    }

    private static final String MACS = "020000000001020000000002";
    private static final String IPV4 = "45000014000000004063f52bc0a8020ac0a80201"; // ttl 64, protocol 99

    private static Place hex(String hex) {
        return new Place(HexFormat.of().parseHex(hex));
    }

    /** OpenFlow 1.3.5, table 6: values of new fields. */
    @Test
    void valuesOfNewHeaders() {
        try (Place p = hex(MACS + "8100" + "b007" + "0800" + IPV4)) { // priority 5, drop eligible, vlan 7
            done(p, Tags.pushMpls(p.frame, p.headers, p.key, 0x8847));
            assertThat(p.hex()).isEqualTo(MACS + "8100b0078847" + "00000140" + IPV4);
            p.set(Field.MPLS_LABEL, 0xABCDE);
            p.set(Field.MPLS_TC, 5);
            done(p, Tags.pushMpls(p.frame, p.headers, p.key, 0x8848));
            assertThat(p.hex()).isEqualTo(MACS + "8100b0078848" + "abcdea40" + "abcdeb40" + IPV4);
            done(p, Tags.pushVlan(p.frame, p.headers, p.key, 0x88A8));
            assertThat(p.hex()).startsWith(MACS + "88a8a0078100b0078848");
            done(p, Tags.pushPbb(p.frame, p.headers, p.key, 0x88E7));
            assertThat(p.hex()).startsWith(MACS + "88e7a0000000" + MACS + "88a8a007");
            p.set(Field.PBB_ISID, 0x123456);
            done(p, Tags.pushPbb(p.frame, p.headers, p.key, 0x88E7));
            assertThat(p.hex()).startsWith(MACS + "88e700123456" + MACS + "88e7a0123456");
        }
    }

    @Test
    void whatCannotBeDoneChangesNothing() {
        try (Place p = hex(MACS + "0800" + IPV4)) {
            byte[] before = p.octets();
            assertThat(Tags.popVlan(p.frame, p.headers, p.key)).isEqualTo(Reason.ABSENT);
            assertThat(Tags.popMpls(p.frame, p.headers, p.key, 0x0800)).isEqualTo(Reason.ABSENT);
            assertThat(Tags.popPbb(p.frame, p.headers, p.key)).isEqualTo(Reason.ABSENT);
            assertThat(Ttl.setMpls(p.frame, p.headers, 1)).isEqualTo(Reason.ABSENT);
            assertThat(Ttl.decrementMpls(p.frame, p.headers)).isEqualTo(Reason.ABSENT);
            assertThat(Ttl.copyIn(p.frame, p.headers, p.key)).isEqualTo(Reason.ABSENT);
            assertThat(p.set(Field.IN_PORT, 1)).isEqualTo(Reason.NOT_SETTABLE);
            p.frame.headroom = 3;
            assertThat(Tags.pushVlan(p.frame, p.headers, p.key, 0x8100)).isEqualTo(Reason.NO_ROOM);
            assertThat(Tags.pushMpls(p.frame, p.headers, p.key, 0x8847)).isEqualTo(Reason.NO_ROOM);
            p.frame.headroom = 17;
            assertThat(Tags.pushPbb(p.frame, p.headers, p.key, 0x88E7)).isEqualTo(Reason.NO_ROOM);
            p.frame.headroom = Place.HEADROOM;
            assertThat(p.octets()).isEqualTo(before);
            p.check();
        }
        try (Place runt = hex(MACS + "08")) {
            assertThat(Tags.pushVlan(runt.frame, runt.headers, runt.key, 0x8100))
                    .isEqualTo(Reason.ABSENT);
            assertThat(runt.set(Field.ETH_DST, 1)).isEqualTo(Reason.ABSENT);
            runt.check();
        }
        try (Place tagged = hex(MACS + "8100000188e7" + "00000001" + MACS + "0800")) {
            assertThat(Tags.popPbb(tagged.frame, tagged.headers, tagged.key)).isEqualTo(Reason.ABSENT);
        }
    }

    @Test
    void ttl() {
        try (Place p = hex(MACS + "0800" + IPV4)) {
            assertThat(Ttl.decrement(p.frame, p.headers, p.key)).isEqualTo(Reason.FINE);
            assertThat(p.hex()).endsWith("3f63f62bc0a8020ac0a80201");
            done(p, Ttl.set(p.frame, p.headers, p.key, 1));
            assertThat(Ttl.decrement(p.frame, p.headers, p.key)).isEqualTo(Reason.INVALID_TTL);
            assertThat(p.get(Field.IP_TTL)).isEqualTo(1);
            done(p, Ttl.set(p.frame, p.headers, p.key, 64));
            done(p, Tags.pushMpls(p.frame, p.headers, p.key, 0x8847));
            done(p, Ttl.setMpls(p.frame, p.headers, 9));
            done(p, Ttl.decrementMpls(p.frame, p.headers));
            done(p, Ttl.copyIn(p.frame, p.headers, p.key));
            assertThat(p.hex()).endsWith("00000108" + "45000014000000000863" + "2d2c" + "c0a8020ac0a80201");
            done(p, Tags.pushMpls(p.frame, p.headers, p.key, 0x8847));
            done(p, Ttl.setMpls(p.frame, p.headers, 77));
            done(p, Ttl.copyIn(p.frame, p.headers, p.key));
            assertThat(p.hex()).contains("0000004d0000014d");
            done(p, Ttl.setMpls(p.frame, p.headers, 1));
            assertThat(Ttl.decrementMpls(p.frame, p.headers)).isEqualTo(Reason.INVALID_TTL);
            done(p, Ttl.copyOut(p.frame, p.headers, p.key));
            done(p, Tags.popMpls(p.frame, p.headers, p.key, 0x8847));
            done(p, Ttl.copyOut(p.frame, p.headers, p.key));
            assertThat(p.hex()).contains("00000108");
        }
    }

    /** IP in IP, and IPv4 in IPv6 (OpenFlow 1.3.5, section 5.12: copies may be from IP to IP). */
    @Test
    void ttlOfTunnels() {
        String inner = IPV4;
        try (Place p = hex(MACS + "0800" + "450000280000000009040000c0a8020ac0a80201" + inner)) {
            done(p, Ttl.copyIn(p.frame, p.headers, p.key));
            assertThat(p.hex()).endsWith("45000014000000000963" + "2c2c" + "c0a8020ac0a80201");
            done(p, Ttl.set(p.frame, p.headers, p.key, 200));
            done(p, Ttl.copyOut(p.frame, p.headers, p.key));
            assertThat(p.get(Field.IP_TTL)).isEqualTo(9);
        }
        try (Place p = hex(MACS + "86dd" + "6000000000140440" + "00".repeat(32) + inner)) {
            done(p, Ttl.set(p.frame, p.headers, p.key, 9));
            done(p, Ttl.copyIn(p.frame, p.headers, p.key));
            assertThat(p.hex()).endsWith("45000014000000000963" + "2c2c" + "c0a8020ac0a80201");
        }
    }
}
