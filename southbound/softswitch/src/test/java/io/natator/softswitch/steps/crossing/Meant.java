package io.natator.softswitch.steps.crossing;

import io.natator.packet.Bytes;
import io.natator.packet.Checksum;
import io.natator.packet.Ip6;
import io.natator.packet.Ipv4;
import io.natator.packet.Ipv6;
import io.natator.packet.Ipv6.Extension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.onlab.packet.IpAddress;

/**
 * A packet as its sender means it; all checksums are right.
 *
 * @param id of IPv4 and of fragments
 * @param options of IPv4
 * @param extensions of IPv6, but the fragment header
 * @param cut which part of the datagram it is; null: all of it
 * @param fragmentHeader true if it has one of IPv6, also if it is all of the datagram
 */
public record Meant(
        int tos,
        int hopLimit,
        int id,
        boolean dontFragment,
        IpAddress src,
        IpAddress dst,
        byte[] options,
        List<Extension> extensions,
        Cut cut,
        boolean fragmentHeader,
        Upper upper) {
    private static final int FRAGMENT = 44;

    /** Octets {@code from} (a multiple of eight) to {@code to} of a datagram's payload. */
    public record Cut(int from, int to, boolean more) {}

    /** What the datagram carries. */
    public sealed interface Upper {
        int protocol();

        /** Octets with right checksums. */
        byte[] encode(IpAddress src, IpAddress dst);
    }

    /**
     * Of any protocol but ICMP.
     *
     * @param checksumAt where the checksum stands, that covers the addresses; −1: there is none
     */
    public record Plain(int protocol, byte[] octets, int checksumAt) implements Upper {
        @Override
        public byte[] encode(IpAddress src, IpAddress dst) {
            return sealed(octets.clone(), checksumAt, protocol, src, dst);
        }
    }

    /** ICMP or ICMPv6 that is no error. */
    public record Query(int protocol, int type, int code, byte[] rest) implements Upper {
        @Override
        public byte[] encode(IpAddress src, IpAddress dst) {
            byte[] octets = new byte[4 + rest.length];
            octets[0] = (byte) type;
            octets[1] = (byte) code;
            System.arraycopy(rest, 0, octets, 4, rest.length);
            return sealed(octets, 2, protocol, src, dst);
        }
    }

    /**
     * An error of ICMP or ICMPv6.
     *
     * @param word second one of the header, but for the length of what is quoted
     * @param quoted the packet that it is about
     * @param octets of that
     * @param padded with zeroes behind them
     * @param extension behind it; null: none
     */
    public record Problem(
            int protocol, int type, int code, int word, Meant quoted, int octets, int padded, byte[] extension)
            implements Upper {
        @Override
        public byte[] encode(IpAddress src, IpAddress dst) {
            byte[] about = Arrays.copyOf(Arrays.copyOf(quoted.encode(), octets), padded);
            byte[] all = Arrays.copyOf(new byte[] {(byte) type, (byte) code}, 8 + padded);
            Bytes.put32(all, 4, word);
            System.arraycopy(about, 0, all, 8, padded);
            if (extension != null) {
                all[protocol == 1 ? 5 : 4] = (byte) (padded / (protocol == 1 ? 4 : 8));
                int at = all.length;
                all = Arrays.copyOf(all, at + extension.length);
                System.arraycopy(extension, 0, all, at, extension.length);
            }
            return sealed(all, 2, protocol, src, dst);
        }
    }

    private static byte[] sealed(byte[] octets, int checksumAt, int protocol, IpAddress src, IpAddress dst) {
        if (checksumAt >= 0) {
            Bytes.put16(octets, checksumAt, 0);
            long pseudo = protocol == 1 ? 0 : pseudo(src, dst, protocol, octets.length);
            int sum = Checksum.finish(Checksum.sum(pseudo, octets, 0, octets.length));
            Bytes.put16(octets, checksumAt, sum == 0 && (protocol == 17 || protocol == 136) ? 0xFFFF : sum);
        }
        return octets;
    }

    /** Sum of the pseudo-header. */
    public static long pseudo(IpAddress src, IpAddress dst, int protocol, int length) {
        byte[] from = src.toOctets();
        byte[] to = dst.toOctets();
        return Checksum.sum(Checksum.sum(protocol + length, from, 0, from.length), to, 0, to.length);
    }

    boolean isIpv4() {
        return src.isIp4();
    }

    /** Octets of its headers. */
    int header() {
        return encode().length - payload().length;
    }

    byte[] payload() {
        byte[] all = upper.encode(src, dst);
        return cut == null ? all : Arrays.copyOfRange(all, cut.from, cut.to);
    }

    /** The octets. */
    public byte[] encode() {
        byte[] payload = payload();
        int offset = cut == null ? 0 : cut.from / 8;
        int more = cut != null && cut.more ? 1 : 0;
        if (isIpv4()) {
            return new Ipv4(
                            tos,
                            id & 0xFFFF,
                            more | (dontFragment ? Ipv4.DF : 0),
                            offset,
                            hopLimit,
                            upper.protocol(),
                            Bytes.i32(src.toOctets(), 0),
                            Bytes.i32(dst.toOctets(), 0),
                            options,
                            payload,
                            true)
                    .encode();
        }
        List<Extension> all = new ArrayList<>(extensions);
        if (fragmentHeader || cut != null) {
            byte[] fragment = new byte[8];
            Bytes.put16(fragment, 2, offset << 3 | more);
            Bytes.put32(fragment, 4, id);
            all.add(new Extension(FRAGMENT, fragment));
        }
        return new Ipv6(
                        tos,
                        0,
                        hopLimit,
                        Ip6.read(src.toOctets(), 0),
                        Ip6.read(dst.toOctets(), 0),
                        all,
                        upper.protocol(),
                        payload)
                .encode();
    }
}
