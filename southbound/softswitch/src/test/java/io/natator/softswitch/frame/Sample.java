package io.natator.softswitch.frame;

import io.natator.packet.Bytes;
import io.natator.packet.Checksum;
import io.natator.packet.Decoded.Ok;
import io.natator.packet.Ethernet;
import io.natator.packet.Ip6;
import io.natator.packet.Ipv4;
import io.natator.packet.Ipv6;
import io.natator.packet.Udp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A frame, and what a slow and obvious reader must find in it.
 *
 * @param octets the frame
 * @param key what the parser must find
 * @param rest of the transport segment, in other fragments
 * @param finalDestination what the pseudo-header holds instead of the destination, behind a routing header
 * @param text for messages
 */
public record Sample(byte[] octets, long[] key, byte[] rest, Optional<Ip6> finalDestination, String text) {
    /** Checksums that are wrong in {@code frame}, an edited {@link #octets}. */
    List<String> wrong(byte[] frame) {
        if (Ethernet.decode(frame) instanceof Ok<Ethernet>(Ethernet e)) {
            return switch (e.type()) {
                case 0x0800 -> ipv4(e.payload());
                case 0x86DD -> ipv6(e.payload());
                default -> List.of();
            };
        }
        return List.of(); // IEEE 802.3
    }

    private List<String> ipv4(byte[] packet) {
        Ipv4 ip = Samples.ok(Ipv4.decode(packet));
        List<String> wrong = new ArrayList<>();
        if (!ip.checksumOk()) {
            wrong.add("ipv4");
        }
        if (ip.fragmentOffset() == 0) {
            Ipv4 whole = new Ipv4(
                    0, 0, 0, 0, 1, ip.protocol(), ip.src(), ip.dst(), new byte[0], join(ip.payload(), rest), true);
            upper(wrong, ip.protocol(), whole.payload(), whole.pseudo(whole.payload().length), true);
        }
        return wrong;
    }

    private List<String> ipv6(byte[] packet) {
        Ipv6 ip = Samples.ok(Ipv6.decode(packet));
        List<String> wrong = new ArrayList<>();
        boolean later = ip.extensions().stream().anyMatch(x -> x.type() == 44 && Bytes.u16(x.octets(), 2) >>> 3 != 0);
        if (!later) {
            byte[] payload = join(ip.payload(), rest);
            Ipv6 whole = Ipv6.of(ip.src(), finalDestination.orElse(ip.dst()), 1, ip.protocol(), payload);
            upper(wrong, ip.protocol(), payload, whole.pseudo(payload.length), false);
        }
        return wrong;
    }

    private static void upper(List<String> wrong, int protocol, byte[] segment, long pseudo, boolean ipv4) {
        boolean right = switch (protocol) {
            case 6 -> segment.length < 20 || sumIsRight(pseudo, segment);
            case 17 -> segment.length < Udp.HEADER || Bytes.u16(segment, 6) == 0 || sumIsRight(pseudo, segment);
            case 33, 136 -> segment.length < 8 || sumIsRight(pseudo, segment);
            case 1 -> !ipv4 || segment.length < 8 || sumIsRight(0, segment);
            case 58 -> ipv4 || segment.length < 8 || sumIsRight(pseudo, segment);
            case 132 -> segment.length < 12 || Bytes.i32(segment, 8) == sctp(segment);
            default -> true;
        };
        if (!right) {
            wrong.add("protocol " + protocol);
        }
    }

    private static boolean sumIsRight(long pseudo, byte[] segment) {
        return Checksum.isRight(Checksum.sum(pseudo, segment, 0, segment.length));
    }

    /** The checksum field of an SCTP packet (RFC 9260, section 6.8), whatever is in it now. */
    static int sctp(byte[] segment) {
        byte[] zeroed = segment.clone();
        Bytes.put32(zeroed, 8, 0);
        CRC32C crc = new CRC32C();
        crc.update(zeroed);
        return Integer.reverseBytes((int) crc.getValue());
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
