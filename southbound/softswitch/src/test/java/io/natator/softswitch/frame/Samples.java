package io.natator.softswitch.frame;

import io.natator.packet.Arp;
import io.natator.packet.Bytes;
import io.natator.packet.Decoded;
import io.natator.packet.Decoded.Malformed;
import io.natator.packet.Decoded.Ok;
import io.natator.packet.Ethernet;
import io.natator.packet.Ip6;
import io.natator.packet.Ipv4;
import io.natator.packet.Ipv6;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Frames of every kind, written with the records of the packet module, and the key that belongs to each. */
public final class Samples {
    private static final int[] EXTENSIONS = {0, 43, 44, 51, 60};

    private final Random random;
    private final int mostTags;
    private final boolean plain;
    private long[] key;
    private byte[] rest;
    private Optional<Ip6> finalDestination;
    private StringBuilder text;

    /** @param mostTags VLAN tags of a frame, at most */
    public Samples(Random random, int mostTags) {
        this(random, mostTags, false);
    }

    private Samples(Random random, int mostTags, boolean plain) {
        this.random = random;
        this.mostTags = mostTags;
        this.plain = plain;
    }

    /** Frames that Open vSwitch understands and changes as it should (docs/softswitch-vs-ovs.md). */
    public static Samples plain(Random random) {
        return new Samples(random, 1, true);
    }

    static <T> T ok(Decoded<T> decoded) {
        return switch (decoded) {
            case Ok<T> ok -> ok.value();
            case Malformed<T> malformed -> throw new AssertionError(malformed);
        };
    }

    /** A well-formed frame. */
    public Sample next() {
        return switch (random.nextInt(16)) {
            case 0 -> arp();
            case 1 -> mpls();
            case 2 -> plain ? arp() : pbb();
            case 3 -> other();
            case 4 -> plain ? mpls() : snap();
            case 5, 6, 7, 8, 9 -> ip(0x0800);
            default -> ip(0x86DD);
        };
    }

    private Sample arp() {
        begin("arp");
        Arp arp =
                new Arp(random.nextInt(1, plain ? 0x100 : 0x1_0000), mac(), random.nextInt(), mac(), random.nextInt());
        set(Field.ARP_OP, arp.op());
        set(Field.ARP_SHA, arp.sha());
        set(Field.ARP_THA, arp.tha());
        set(Field.ARP_SPA, arp.spa());
        set(Field.ARP_TPA, arp.tpa());
        return frame(0x0806, padded(arp.encode()));
    }

    private Sample mpls() {
        begin("mpls");
        int depth = plain ? 1 : 1 + random.nextInt(3);
        byte[] b = bytes(depth * 4 + random.nextInt(30));
        for (int i = 0; i < depth; i++) {
            b[i * 4 + 2] = (byte) ((b[i * 4 + 2] & ~1) | (i == depth - 1 ? 1 : 0));
        }
        set(Field.MPLS_LABEL, Bytes.i32(b, 0) >>> 12);
        set(Field.MPLS_TC, b[2] >>> 1 & 7);
        set(Field.MPLS_BOS, depth == 1 ? 1 : 0);
        return frame(random.nextBoolean() ? 0x8847 : 0x8848, b);
    }

    private Sample pbb() {
        begin("pbb");
        byte[] b = bytes(18 + random.nextInt(30));
        set(Field.PBB_ISID, Bytes.i32(b, 0) & 0xFF_FFFF);
        return frame(0x88E7, b);
    }

    private Sample other() {
        begin("other");
        return frame(0x9000 + random.nextInt(16), bytes(random.nextInt(60)));
    }

    /** IEEE 802.3: with SNAP, with SNAP of another organisation, or without. */
    private Sample snap() {
        begin("802.3");
        byte[] payload = bytes(3 + random.nextInt(40));
        if (random.nextBoolean()) {
            payload[0] = 0x42;
            set(Field.ETH_TYPE, Parser.NO_ETHERTYPE);
            return frame(payload.length, payload);
        }
        byte[] ip = Ipv4.of(random.nextInt(), random.nextInt(), 9, 99, bytes(8)).encode();
        set(Field.IPV4_SRC, Bytes.i32(ip, 12));
        set(Field.IPV4_DST, Bytes.i32(ip, 16));
        set(Field.IP_TTL, 9);
        set(Field.IP_PROTO, 99);
        byte[] b = new byte[8 + ip.length];
        Bytes.put48(b, 0, 0xAAAA_0300_0000L);
        Bytes.put16(b, 6, 0x0800);
        System.arraycopy(ip, 0, b, 8, ip.length);
        set(Field.ETH_TYPE, 0x0800);
        return frame(b.length, b);
    }

    private Sample ip(int type) {
        begin(type == 0x0800 ? "ipv4" : "ipv6");
        int fragment = random.nextInt(5) == 0 ? 1 + random.nextInt(2) : 0; // 1 first, 2 later
        int protocol = segments().protocol(type == 0x0800);
        if (plain
                && fragment != 0
                && (type == 0x86DD
                        ? fragment == 1
                        : protocol == 6 || protocol == 17 || protocol == 132 || protocol == 1)) {
            fragment = 0;
        }
        byte[] packet = type == 0x0800 ? ipv4(protocol, fragment) : ipv6(protocol, fragment);
        return frame(type, padded(packet));
    }

    private byte[] ipv4(int protocol, int fragment) {
        int src = random.nextInt();
        int dst = random.nextInt();
        int tos = random.nextInt(256);
        int ttl = random.nextInt(256);
        byte[] segment = segment(
                protocol,
                fragment,
                true,
                length -> Ipv4.of(src, dst, 1, protocol, new byte[0]).pseudo(length));
        network(protocol, tos, ttl, fragment);
        set(Field.IPV4_SRC, src);
        set(Field.IPV4_DST, dst);
        int flags = fragment == 1 ? Ipv4.MF : fragment == 2 ? random.nextInt(2) : random.nextInt(2) * Ipv4.DF;
        int offset = fragment == 2 ? random.nextInt(1, 0x2000) : 0;
        byte[] options = bytes(random.nextInt(4) == 0 ? random.nextInt(11) * 4 : 0);
        return new Ipv4(tos, random.nextInt(0x1_0000), flags, offset, ttl, protocol, src, dst, options, segment, true)
                .encode();
    }

    private byte[] ipv6(int protocol, int fragment) {
        Ip6 src = new Ip6(random.nextLong(), random.nextLong());
        Ip6 dst = new Ip6(random.nextLong(), random.nextLong());
        List<Ipv6.Extension> extensions = extensions(fragment);
        finalDestination = extensions.stream().anyMatch(x -> x.type() == 43 && x.octets()[3] != 0)
                ? Optional.of(new Ip6(random.nextLong(), random.nextLong()))
                : Optional.empty();
        int tos = random.nextInt(256);
        int ttl = random.nextInt(256);
        int label = random.nextInt(1 << 20);
        byte[] segment = segment(
                protocol,
                fragment,
                false,
                length -> Ipv6.of(src, finalDestination.orElse(dst), 1, protocol, new byte[0])
                        .pseudo(length));
        network(fragment == 2 ? 44 : protocol, tos, ttl, fragment);
        Key.set(key, Field.IPV6_SRC, src.high(), src.low());
        Key.set(key, Field.IPV6_DST, dst.high(), dst.low());
        set(Field.IPV6_FLABEL, label);
        List<Integer> chain =
                new ArrayList<>(extensions.stream().map(Ipv6.Extension::type).toList());
        if (fragment != 2) {
            chain.add(protocol);
        }
        set(Field.IPV6_EXTHDR, ExtensionReference.flags(chain));
        return new Ipv6(tos, label, ttl, src, dst, extensions, protocol, segment).encode();
    }

    /** Any chain, in any order; a fragment has its header once, and if it is a later one nothing behind it. */
    private List<Ipv6.Extension> extensions(int fragment) {
        List<Ipv6.Extension> chain = new ArrayList<>();
        if (plain) {
            plainExtensions(chain);
        }
        int count = !plain && random.nextInt(3) == 0 ? random.nextInt(5) : 0;
        for (int i = 0; i < count; i++) {
            int type = EXTENSIONS[random.nextInt(EXTENSIONS.length)];
            if (type == 44) {
                chain.add(new Ipv6.Extension(44, new byte[8])); // atomic: no fragment
                continue;
            }
            byte[] octets = bytes(8 * (1 + random.nextInt(3)));
            octets[1] = (byte) (type == 51 ? octets.length / 4 - 2 : octets.length / 8 - 1);
            octets[3] = random.nextBoolean() ? 0 : octets[3];
            chain.add(new Ipv6.Extension(type, octets));
        }
        if (fragment != 0) {
            byte[] octets = bytes(8);
            Bytes.put16(octets, 2, fragment == 1 ? 1 : (random.nextInt(1, 0x2000) << 3) | random.nextInt(2));
            chain.add(fragment == 2 ? chain.size() : random.nextInt(chain.size() + 1), new Ipv6.Extension(44, octets));
        }
        text.append(' ').append(chain.stream().map(Ipv6.Extension::type).toList());
        return chain;
    }

    /** Hop-by-hop options, destination options, a routing header: each or not, in this order. */
    private void plainExtensions(List<Ipv6.Extension> chain) {
        for (int type : new int[] {0, 60, 43}) {
            if (random.nextInt(6) == 0) {
                byte[] octets = bytes(8);
                octets[1] = 0;
                octets[3] = 0;
                chain.add(new Ipv6.Extension(type, octets));
            }
        }
    }

    /** Pseudo-header sum of a segment of that many octets. */
    interface Pseudo {
        long sum(int length);
    }

    private byte[] segment(int protocol, int fragment, boolean ipv4, Pseudo pseudo) {
        text.append(" protocol ").append(protocol).append(fragment == 0 ? "" : fragment == 1 ? " first" : " later");
        if (fragment == 2) {
            return bytes(random.nextInt(100));
        }
        byte[] whole = segments().segment(protocol, ipv4, pseudo);
        if (fragment == 0) {
            return whole;
        }
        int header = Math.min(whole.length, 96 + random.nextInt(20));
        rest = Arrays.copyOfRange(whole, header, whole.length);
        return Arrays.copyOf(whole, header);
    }

    private void network(int protocol, int tos, int ttl, int fragment) {
        set(Field.IP_PROTO, protocol);
        set(Field.IP_DSCP, tos >>> 2);
        set(Field.IP_ECN, tos & 3);
        set(Field.IP_TTL, ttl);
        key[Key.FRAGMENT] |= (fragment == 2 ? 3L : fragment) << Key.FRAGMENT_SHIFT;
    }

    private SegmentSamples segments() {
        return new SegmentSamples(random, this::set, plain);
    }

    private void begin(String kind) {
        key = new long[Key.WORDS];
        rest = new byte[0];
        finalDestination = Optional.empty();
        text = new StringBuilder(kind);
    }

    private Sample frame(int type, byte[] payload) {
        List<Ethernet.Tag> tags = new ArrayList<>();
        int count = random.nextInt(3) == 0 ? random.nextInt(mostTags + 1) : 0;
        for (int i = 0; i < count; i++) {
            tags.add(new Ethernet.Tag(
                    random.nextBoolean() ? 0x8100 : 0x88A8, random.nextInt(0x1_0000) & (plain ? ~0x1000 : -1)));
        }
        long dst = mac();
        long src = mac();
        set(Field.ETH_DST, dst);
        set(Field.ETH_SRC, src);
        if (type >= 0x0600) {
            set(Field.ETH_TYPE, type);
        }
        set(Field.IN_PORT, 7);
        set(Field.IN_PHY_PORT, 7);
        if (count > 0) {
            set(Field.VLAN_VID, (tags.getFirst().tci() & 0x0FFF) | 0x1000);
            set(Field.VLAN_PCP, tags.getFirst().tci() >>> 13);
        }
        text.append(" tags ").append(tags);
        return new Sample(
                new Ethernet(dst, src, tags, type, payload).encode(), key, rest, finalDestination, text.toString());
    }

    private void set(Field field, long value) {
        Key.set(key, field, value);
    }

    private void set(Field field, long high, long value) {
        if (field.wide()) {
            Key.set(key, field, high, value);
        } else {
            Key.set(key, field, value);
        }
    }

    private byte[] padded(byte[] b) {
        return random.nextInt(3) == 0 ? Arrays.copyOf(b, b.length + random.nextInt(30)) : b;
    }

    private long mac() {
        return random.nextLong() & 0xFFFF_FFFF_FFFFL;
    }

    private byte[] bytes(int length) {
        byte[] b = new byte[length];
        random.nextBytes(b);
        return b;
    }
}
