package io.natator.softswitch.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.packet.Bytes;
import io.natator.packet.Checksum;
import io.natator.packet.Ip6;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.flow.Prerequisite;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Random changes of random frames: every checksum is what a computation from scratch gives. */
class EditsTest {
    private static final int FRAMES = 10_000;
    private static final int CHANGES = 8;
    private static final List<Field> ALL = List.of(Field.values());
    private static final List<Field> FIELDS = Arrays.stream(Field.values())
            .filter(Editor::settable)
            .filter(f -> f != Field.ETH_TYPE && f != Field.IP_PROTO)
            .toList();

    private final long seed = Long.getLong("natator.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void setThenGet() {
        Samples samples = new Samples(random, 2);
        for (int i = 0; i < FRAMES; i++) {
            Sample sample = samples.next();
            try (Place p = new Place(sample.octets())) {
                for (int j = 0; j < CHANGES; j++) {
                    Field field = FIELDS.get(random.nextInt(FIELDS.size()));
                    setAndLook(sample, p, field);
                }
            }
        }
    }

    private void setAndLook(Sample sample, Place p, Field field) {
        Supplier<String> text = () -> "%s of %s, seed %d".formatted(field, sample.text(), seed);
        byte[] before = p.octets();
        long[] old = p.key.clone();
        long high = random.nextLong();
        long value = random.nextLong();
        long maskHigh = random.nextInt(3) == 0 ? random.nextLong() : -1;
        long mask = random.nextInt(3) == 0 ? random.nextLong() & field.ones() : field.ones();
        int done = Editor.set(p.frame, p.headers, p.key, field, high, value, maskHigh, mask);
        p.check();
        if (done != Reason.FINE) {
            boolean split = field == Field.SCTP_SRC || field == Field.SCTP_DST;
            assertThat(done).as(text).isIn(Reason.ABSENT, split ? Reason.CHECKSUM_ELSEWHERE : Reason.ABSENT);
            assertThat(p.octets()).as(text).isEqualTo(before);
            assertThat(p.key).as(text).isEqualTo(old);
            return;
        }
        long[] wanted = old.clone();
        if (field.wide()) {
            long oldHigh = Key.high(old, field);
            Key.set(
                    wanted,
                    field,
                    (oldHigh & ~maskHigh) | (high & maskHigh),
                    (Key.get(old, field) & ~mask) | (value & mask));
        } else {
            Key.set(wanted, field, (Key.get(old, field) & ~mask) | (value & mask));
        }
        if (field == Field.VLAN_VID) {
            Key.set(wanted, field, Key.get(wanted, field) | 0x1000);
        }
        if (field != Field.ICMPV6_TYPE && field != Field.ICMPV6_CODE) { // they say whether this is neighbour discovery
            assertThat(p.key).as(text).isEqualTo(wanted);
        }
        assertThat(p.get(field)).as(text).isEqualTo(Key.get(wanted, field));
        assertThat(sample.wrong(p.octets())).as(text).isEmpty();
        byte[] after = p.octets();
        Editor.set(p.frame, p.headers, p.key, field, Key.high(old, field), Key.get(old, field), -1, field.ones());
        assertThat(p.octets()).as(text).isEqualTo(before);
        assertThat(p.key).as(text).isEqualTo(old);
        if (random.nextBoolean()) {
            Editor.set(p.frame, p.headers, p.key, field, high, value, maskHigh, mask);
            assertThat(p.octets()).as(text).isEqualTo(after);
        }
    }

    /** NX reg_move against the same with strings of bits. */
    @Test
    void moves() {
        Samples samples = new Samples(random, 2);
        for (int i = 0; i < FRAMES; i++) {
            Sample sample = samples.next();
            try (Place p = new Place(sample.octets())) {
                Field from = ALL.get(random.nextInt(ALL.size()));
                Field to = FIELDS.get(random.nextInt(FIELDS.size()));
                int bits = 1 + random.nextInt(Math.min(from.bits(), to.bits()));
                int fromOffset = random.nextInt(from.bits() - bits + 1);
                int toOffset = random.nextInt(to.bits() - bits + 1);
                String source = bits(p.key, from);
                String target = bits(p.key, to);
                int done = Editor.move(p.frame, p.headers, p.key, from, fromOffset, to, toOffset, bits);
                p.check();
                if (done == Reason.FINE && to != Field.VLAN_VID) {
                    String moved = source.substring(source.length() - fromOffset - bits, source.length() - fromOffset);
                    String wanted = target.substring(0, target.length() - toOffset - bits)
                            + moved
                            + target.substring(target.length() - toOffset);
                    assertThat(bits(p.key, to))
                            .as("%d bits %s[%d] to %s[%d], seed %d", bits, from, fromOffset, to, toOffset, seed)
                            .isEqualTo(wanted);
                    assertThat(sample.wrong(p.octets())).as("seed %d", seed).isEmpty();
                }
            }
        }
    }

    private static String bits(long[] key, Field field) {
        String high = field.wide() ? binary(Key.high(key, field)) : "";
        String all = high + binary(Key.get(key, field));
        return all.substring(all.length() - field.bits());
    }

    private static String binary(long value) {
        return String.format("%64s", Long.toBinaryString(value)).replace(' ', '0');
    }

    /** A partial checksum is the sum of the pseudo-header, whatever becomes of the ports. */
    @Test
    void partialChecksums() {
        Samples samples = new Samples(random, 1);
        int seen = 0;
        while (seen < FRAMES / 4) {
            Sample sample = samples.next();
            try (Place p = new Place(sample.octets())) {
                Headers h = p.headers;
                if (!h.pseudo || h.fragment) {
                    continue;
                }
                seen++;
                p.frame.flags = Frame.NEEDS_CSUM;
                p.frame.csumStart = h.upper;
                p.frame.csumOffset = h.checksum - h.upper;
                Memory.put16(p.frame.address + h.checksum, pseudo(sample, p));
                for (int j = 0; j < CHANGES; j++) {
                    change(p);
                    assertThat(p.frame.csumStart + p.frame.csumOffset).isEqualTo(h.checksum);
                    assertThat(Memory.u16(p.frame.address + h.checksum))
                            .as("%s, seed %d", sample.text(), seed)
                            .isEqualTo(pseudo(sample, p));
                }
                p.check();
            }
        }
    }

    /** Copies for controllers hold the whole checksum. */
    @Test
    void completesPartialChecksums() {
        Samples samples = new Samples(random, 2);
        int seen = 0;
        while (seen < FRAMES / 4) {
            Sample sample = samples.next();
            byte[] octets = sample.octets();
            try (Place p = new Place(octets)) {
                Headers h = p.headers;
                boolean sctp = h.has(Prerequisite.SCTP);
                int at = sctp ? h.transport + 8 : h.checksum;
                if (h.fragment || h.ipEnd != octets.length || !(sctp || h.pseudo) || Bytes.u16(octets, at) == 0) {
                    continue;
                }
                seen++;
                p.frame.flags = Frame.NEEDS_CSUM;
                p.frame.csumStart = h.upper;
                p.frame.csumOffset = at - h.upper;
                if (sctp) {
                    Memory.put32(p.frame.address + at, random.nextInt());
                } else {
                    Memory.put16(p.frame.address + at, pseudo(sample, p));
                }
                byte[] whole = p.octets();
                PartialChecksum.complete(p.frame, whole);
                assertThat(whole).as("%s, seed %d", sample.text(), seed).isEqualTo(octets);
                byte[] cut = Arrays.copyOf(p.octets(), at + (sctp ? 4 : 2));
                PartialChecksum.complete(p.frame, cut);
                assertThat(cut).isEqualTo(Arrays.copyOf(octets, cut.length));
                byte[] shorter = Arrays.copyOf(p.octets(), at + 1);
                byte[] before = shorter.clone();
                PartialChecksum.complete(p.frame, shorter);
                assertThat(shorter).isEqualTo(before);
            }
        }
    }

    private void change(Place p) {
        Field field = FIELDS.get(random.nextInt(FIELDS.size()));
        p.set(field, random.nextLong(), random.nextLong());
        if (random.nextInt(4) == 0 && p.headers.tags < 2) {
            Tags.pushVlan(p.frame, p.headers, p.key, 0x8100);
        } else if (random.nextInt(4) == 0) {
            Tags.popVlan(p.frame, p.headers, p.key);
        }
    }

    private static int pseudo(Sample sample, Place p) {
        byte[] b = p.octets();
        Headers h = p.headers;
        int length = h.ipEnd - h.upper;
        long sum = h.ipVersion == 4
                ? Checksum.pseudo(Bytes.i32(b, h.ip + 12), Bytes.i32(b, h.ip + 16), h.protocol, length)
                : Checksum.pseudo(
                        Ip6.read(b, h.ip + 8),
                        sample.finalDestination().orElse(Ip6.read(b, h.ip + 24)),
                        h.protocol,
                        length);
        return ~Checksum.finish(sum) & 0xFFFF;
    }

    @Test
    void etherTypeAndProtocol() {
        Samples samples = new Samples(random, 2);
        for (int i = 0; i < FRAMES; i++) {
            Sample sample = samples.next();
            try (Place p = new Place(sample.octets())) {
                int type = 0x0600 + random.nextInt(0xFA00);
                int protocol = random.nextInt(256);
                if (p.set(Field.IP_PROTO, protocol) == Reason.FINE) {
                    assertThat(
                                    p.headers.protocolAt == 0
                                            ? p.get(Field.IP_PROTO)
                                            : Memory.u8(p.frame.address + p.headers.protocolAt))
                            .isEqualTo(p.get(Field.IP_PROTO));
                }
                p.check();
                assertThat(p.set(Field.ETH_TYPE, type)).isEqualTo(Reason.FINE);
                if (!Parser.isVlan(type)) {
                    assertThat(p.get(Field.ETH_TYPE)).isEqualTo(type);
                }
                p.check();
            }
        }
    }
}
