package io.natator.softswitch.frame;

import io.natator.packet.Bytes;
import io.natator.packet.Checksum;
import io.natator.packet.Tcp;
import io.natator.softswitch.flow.Field;
import java.util.Arrays;
import java.util.Random;

/** What stands in IP packets: with right checksums, and told to {@code fields}. */
final class SegmentSamples {
    private static final int[] IPV4 = {6, 6, 17, 17, 132, 1, 33, 136, 50, 99, 58};
    private static final int[] PLAIN_IPV4 = {6, 6, 17, 17, 132, 1, 50, 99, 58};
    private static final int[] PLAIN_IPV6 = {6, 6, 17, 17, 132, 58, 58, 58, 50, 59, 99};
    private static final int[] IPV6 = {6, 6, 17, 17, 132, 58, 58, 58, 33, 136, 50, 59, 99, 1};

    private final Random random;
    private final Fields fields;
    private final boolean plain;

    /** Hears what was put where. */
    interface Fields {
        void set(Field field, long high, long value);
    }

    SegmentSamples(Random random, Fields fields, boolean plain) {
        this.plain = plain;
        this.random = random;
        this.fields = fields;
    }

    int protocol(boolean ipv4) {
        int[] all = plain ? (ipv4 ? PLAIN_IPV4 : PLAIN_IPV6) : ipv4 ? IPV4 : IPV6;
        return all[random.nextInt(all.length)];
    }

    byte[] segment(int protocol, boolean ipv4, Samples.Pseudo pseudo) {
        return switch (protocol) {
            case 6 -> tcp(pseudo);
            case 17 -> ports(Field.UDP_SRC, Field.UDP_DST, udp(pseudo));
            case 33, 136 -> summed(bytes(20 + random.nextInt(30)), 6, pseudo);
            case 132 -> ports(Field.SCTP_SRC, Field.SCTP_DST, sctp());
            case 1 -> ipv4 ? icmp() : bytes(20);
            case 58 -> ipv4 ? bytes(20) : icmp6(pseudo);
            default -> bytes(random.nextInt(60));
        };
    }

    private byte[] ports(Field src, Field dst, byte[] segment) {
        fields.set(src, 0, Bytes.u16(segment, 0));
        fields.set(dst, 0, Bytes.u16(segment, 2));
        return segment;
    }

    private byte[] tcp(Samples.Pseudo pseudo) {
        byte[] payload = bytes(random.nextInt(80));
        byte[] options = bytes(random.nextInt(3) * 4);
        return ports(
                Field.TCP_SRC,
                Field.TCP_DST,
                new Tcp(port(), port(), random.nextInt(), random.nextInt(), 16, 500, 0, options, payload, true)
                        .encode(pseudo.sum(0)));
    }

    private byte[] udp(Samples.Pseudo pseudo) {
        byte[] b = bytes(8 + random.nextInt(80));
        Bytes.put16(b, 4, b.length);
        if (random.nextInt(4) == 0) {
            Bytes.put16(b, 6, 0);
            return b;
        }
        summed(b, 6, pseudo);
        if (Bytes.u16(b, 6) == 0) {
            Bytes.put16(b, 6, 0xFFFF);
        }
        return b;
    }

    private byte[] sctp() {
        byte[] b = bytes(12 + random.nextInt(60));
        Bytes.put32(b, 8, Sample.sctp(b));
        return b;
    }

    private byte[] icmp() {
        byte[] b = summed(bytes(8 + random.nextInt(40)), 2, length -> 0);
        fields.set(Field.ICMPV4_TYPE, 0, b[0] & 0xFF);
        fields.set(Field.ICMPV4_CODE, 0, b[1] & 0xFF);
        return b;
    }

    private byte[] icmp6(Samples.Pseudo pseudo) {
        byte[] b = random.nextBoolean() ? discovery() : message();
        fields.set(Field.ICMPV6_TYPE, 0, b[0] & 0xFF);
        fields.set(Field.ICMPV6_CODE, 0, b[1] & 0xFF);
        return summed(b, 2, pseudo);
    }

    /** Anything but discovery, which has a code of 0. */
    private byte[] message() {
        byte[] b = bytes(8 + random.nextInt(40));
        int type = b[0] & 0xFF;
        if (type == 135 || type == 136) {
            b[1] |= 1;
        }
        return b;
    }

    /** A solicitation or advertisement with options: unknown ones, its own, and that of the other. */
    private byte[] discovery() {
        byte[] b = bytes(24);
        b[0] = (byte) (135 + random.nextInt(2));
        b[1] = 0;
        int own = b[0] == (byte) 135 ? 1 : 2;
        boolean found = false;
        int options = random.nextInt(4);
        for (int i = 0; i < options; i++) {
            int kind = plain ? i == 0 ? own : 3 : random.nextInt(4);
            int length = kind == own || kind == 3 - own ? 1 : 1 + random.nextInt(3);
            int at = b.length;
            b = Arrays.copyOf(b, at + length * 8);
            Bytes.put48(b, at + 2, random.nextLong() & 0xFFFF_FFFF_FFFFL);
            b[at] = (byte) kind;
            b[at + 1] = (byte) length;
            if (kind == own && !found) {
                found = true;
                fields.set(own == 1 ? Field.IPV6_ND_SLL : Field.IPV6_ND_TLL, 0, Bytes.u48(b, at + 2));
            }
        }
        fields.set(Field.IPV6_ND_TARGET, Bytes.i64(b, 8), Bytes.i64(b, 16));
        return b;
    }

    private static byte[] summed(byte[] b, int at, Samples.Pseudo pseudo) {
        Bytes.put16(b, at, 0);
        Bytes.put16(b, at, Checksum.finish(Checksum.sum(pseudo.sum(b.length), b, 0, b.length)));
        return b;
    }

    private int port() {
        return random.nextInt(0x1_0000);
    }

    private byte[] bytes(int length) {
        byte[] b = new byte[length];
        random.nextBytes(b);
        return b;
    }
}
