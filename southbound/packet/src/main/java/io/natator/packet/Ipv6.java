package io.natator.packet;

import io.natator.packet.Decoded.Malformed;
import io.natator.packet.Decoded.Ok;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An IPv6 packet with the extension headers that stand before the upper layer (RFC 8200).
 *
 * @param trafficClass 8 bits
 * @param flowLabel 20 bits
 * @param hopLimit 0 to 255
 * @param src source address
 * @param dst destination address
 * @param extensions in order, at most {@link #MAX_EXTENSIONS}
 * @param protocol next header after the last extension
 * @param payload cut to the payload length: without Ethernet padding
 */
public record Ipv6(
        int trafficClass,
        int flowLabel,
        int hopLimit,
        Ip6 src,
        Ip6 dst,
        List<Extension> extensions,
        int protocol,
        byte[] payload) {
    /** Octets of the fixed header. */
    public static final int HEADER = 40;

    /** More than any sane packet has. */
    public static final int MAX_EXTENSIONS = 8;

    static final int VERSION_CLASS_LABEL = 0;
    static final int PAYLOAD_LENGTH = 4;
    static final int NEXT_HEADER = 6;
    static final int HOP_LIMIT = 7;
    static final int SRC = 8;
    static final int DST = 24;

    /**
     * One extension header.
     *
     * @param type its number, see {@link IpProtocol}
     * @param octets all of it; the next-header octet is set when it is written
     */
    public record Extension(int type, byte[] octets) {}

    public Ipv6 {
        extensions = List.copyOf(extensions);
    }

    /** A packet without extension headers. */
    public static Ipv6 of(Ip6 src, Ip6 dst, int hopLimit, int protocol, byte[] payload) {
        return new Ipv6(0, 0, hopLimit, src, dst, List.of(), protocol, payload);
    }

    /** Decodes an Ethernet payload. */
    public static Decoded<Ipv6> decode(byte[] b) {
        if (b.length < HEADER) {
            return new Malformed<>("ipv6: " + b.length + " octets, shorter than a header");
        }
        int first = Bytes.i32(b, VERSION_CLASS_LABEL);
        if (first >>> 28 != 6) {
            return new Malformed<>("ipv6: version " + (first >>> 28));
        }
        int end = HEADER + Bytes.u16(b, PAYLOAD_LENGTH);
        if (end > b.length) {
            return new Malformed<>("ipv6: payload length " + (end - HEADER) + " of " + (b.length - HEADER) + " octets");
        }
        List<Extension> extensions = new ArrayList<>(0);
        int next = Bytes.u8(b, NEXT_HEADER);
        int at = HEADER;
        while (isExtension(next)) {
            int length = extensionLength(next, b, at, end);
            if (length < 0 || extensions.size() == MAX_EXTENSIONS) {
                return new Malformed<>(
                        length < 0 ? "ipv6: cut short in extension " + next : "ipv6: too many extensions");
            }
            extensions.add(new Extension(next, Arrays.copyOfRange(b, at, at + length)));
            boolean laterFragment = next == IpProtocol.FRAGMENT && Bytes.u16(b, at + 2) >>> 3 != 0;
            next = Bytes.u8(b, at);
            at += length;
            if (laterFragment) {
                break; // what follows is the middle of a payload, not a header
            }
        }
        return new Ok<>(new Ipv6(
                first >>> 20 & 0xFF,
                first & 0xF_FFFF,
                Bytes.u8(b, HOP_LIMIT),
                Ip6.read(b, SRC),
                Ip6.read(b, DST),
                extensions,
                next,
                Arrays.copyOfRange(b, at, end)));
    }

    private static boolean isExtension(int type) {
        return type == IpProtocol.HOP_BY_HOP
                || type == IpProtocol.ROUTING
                || type == IpProtocol.FRAGMENT
                || type == IpProtocol.AUTHENTICATION
                || type == IpProtocol.DESTINATION_OPTIONS;
    }

    /** Octets of the extension at {@code at}, or -1 if it does not fit. */
    private static int extensionLength(int type, byte[] b, int at, int end) {
        if (at + 8 > end) {
            return -1;
        }
        int length = switch (type) {
            case IpProtocol.FRAGMENT -> 8;
            case IpProtocol.AUTHENTICATION -> (Bytes.u8(b, at + 1) + 2) * 4; // RFC 4302, section 2.2
            default -> (Bytes.u8(b, at + 1) + 1) * 8;
        };
        return at + length > end ? -1 : length;
    }

    /** The octets. */
    public byte[] encode() {
        int extra = extensions.stream().mapToInt(e -> e.octets().length).sum();
        byte[] b = new byte[HEADER + extra + payload.length];
        Bytes.put32(b, VERSION_CLASS_LABEL, 6 << 28 | trafficClass << 20 | flowLabel);
        Bytes.put16(b, PAYLOAD_LENGTH, b.length - HEADER);
        Bytes.put8(b, HOP_LIMIT, hopLimit);
        src.write(b, SRC);
        dst.write(b, DST);
        int nextAt = NEXT_HEADER;
        int at = HEADER;
        for (Extension extension : extensions) {
            Bytes.put8(b, nextAt, extension.type());
            System.arraycopy(extension.octets(), 0, b, at, extension.octets().length);
            nextAt = at;
            at += extension.octets().length;
        }
        Bytes.put8(b, nextAt, protocol);
        System.arraycopy(payload, 0, b, at, payload.length);
        return b;
    }

    /** True for any fragment, the first one too. */
    public boolean isFragment() {
        return extensions.stream().anyMatch(e -> e.type() == IpProtocol.FRAGMENT);
    }

    /** Sum of the pseudo-header for {@code length} octets of payload. */
    public long pseudo(int length) {
        return Checksum.pseudo(src, dst, protocol, length);
    }
}
