package io.natator.softswitch.steps;

import io.natator.packet.Bytes;
import io.natator.packet.Checksum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.onlab.packet.IpAddress;

/** Reads frames slowly: in a line for people, and with all checksums computed anew. */
public final class Reading {
    private Reading() {}

    /** {@code udp 10.0.0.1:53 > 192.0.2.1:1024}; ICMP errors with what they quote in brackets. */
    public static String of(byte[] frame) {
        return packet(Arrays.copyOfRange(frame, Packets.ETHERNET, frame.length));
    }

    private static String packet(byte[] p) {
        boolean ipv4 = (p[0] & 0xF0) == 0x40;
        boolean fragment6 = !ipv4 && p[6] == 44 && p.length >= 48;
        int transport = ipv4 ? (p[0] & 15) * 4 : fragment6 ? 48 : 40;
        int protocol = p[ipv4 ? 9 : fragment6 ? 40 : 6] & 0xFF;
        int offset = ipv4 ? Bytes.u16(p, 6) & 0x1FFF : fragment6 ? Bytes.u16(p, 42) >>> 3 : 0;
        String src = address(p, ipv4 ? 12 : 8, ipv4);
        String dst = address(p, ipv4 ? 16 : 24, ipv4);
        boolean isFragment = ipv4 ? (Bytes.u16(p, 6) & 0x3FFF) != 0 : fragment6 && (Bytes.u16(p, 42) & 0xFFF9) != 0;
        String fragment = isFragment ? " frag " + offset * 8 : "";
        if (offset != 0 || p.length < transport + 8) {
            return protocol + " " + src + " > " + dst + fragment;
        }
        int first = p[transport] & 0xFF;
        return switch (protocol) {
            case 6, 17 ->
                (protocol == 6 ? "tcp " : "udp ") + src + ":" + Bytes.u16(p, transport) + " > " + dst + ":"
                        + Bytes.u16(p, transport + 2) + fragment;
            case 1, 58 ->
                isError(protocol, first)
                        ? "error " + first + "/" + p[transport + 1] + " " + src + " > " + dst + " ["
                                + quoted(p, transport) + "]"
                        : "icmp " + first + " " + src + " > " + dst + " id " + Bytes.u16(p, transport + 4) + fragment;
            default -> protocol + " " + src + " > " + dst + fragment;
        };
    }

    private static String quoted(byte[] p, int transport) {
        byte[] quote = Arrays.copyOfRange(p, transport + 8, p.length);
        return quote.length < 20 ? "" : packet(quote);
    }

    private static boolean isError(int protocol, int type) {
        return protocol == 58 ? type < 128 : type == 3 || type == 4 || type == 5 || type == 11 || type == 12;
    }

    private static String address(byte[] p, int at, boolean ipv4) {
        byte[] octets = Arrays.copyOfRange(p, at, at + (ipv4 ? 4 : 16));
        return IpAddress.valueOf(ipv4 ? IpAddress.Version.INET : IpAddress.Version.INET6, octets)
                .toString();
    }

    /** Checksums of a frame that are wrong: of the packet and of what it quotes, as far as all that they cover is there. */
    public static List<String> wrong(byte[] frame) {
        List<String> wrong = new ArrayList<>();
        check(Arrays.copyOfRange(frame, Packets.ETHERNET, frame.length), "", wrong);
        return wrong;
    }

    private static void check(byte[] p, String where, List<String> wrong) {
        boolean ipv4 = (p[0] & 0xF0) == 0x40;
        int transport = ipv4 ? (p[0] & 15) * 4 : 40;
        if (p.length < transport) {
            return;
        }
        int length = ipv4 ? Bytes.u16(p, 2) : 40 + Bytes.u16(p, 4);
        int protocol = (ipv4 ? p[9] : p[6]) & 0xFF;
        if (ipv4 && !Checksum.isRight(Checksum.sum(0, p, 0, transport))) {
            wrong.add(where + "ipv4");
        }
        if (length > p.length || (ipv4 && (Bytes.u16(p, 6) & 0x3FFF) != 0)) {
            return; // not all of it is here
        }
        int octets = length - transport;
        long pseudo = protocol == 1 ? 0 : Checksum.sum(protocol + octets, p, ipv4 ? 12 : 8, ipv4 ? 8 : 32);
        boolean checked = protocol == 6
                || protocol == 1
                || protocol == 58
                || (protocol == 17 && octets >= 8 && Bytes.u16(p, transport + 6) != 0);
        if (checked && !Checksum.isRight(Checksum.sum(pseudo, p, transport, octets))) {
            wrong.add(where + "transport");
        }
        boolean icmp = protocol == 1 || protocol == 58;
        if (icmp && octets >= 28 && isError(protocol, p[transport] & 0xFF)) {
            check(Arrays.copyOfRange(p, transport + 8, length), where + "quoted ", wrong);
        }
    }
}
